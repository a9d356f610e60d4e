/** The wait for a gate: gather the values, decide (`domain/rules/gate.ts`), record the decision, then let the machine go on. */

import type { CriterionReading, Fact } from '#domain/ledger/facts.ts';
import { gateKey, lastAttempt, type Release } from '#domain/ledger/records.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import { openItems, phaseOf } from '#domain/plan/checklist.ts';
import { phaseEndMs } from '#domain/plan/message-dates.ts';
import type { Phase } from '#domain/plan/plan.ts';
import { blockingOf } from '#domain/rules/blockers.ts';
import { decideGate, type GateDecision, gateRules, missingRoles } from '#domain/rules/gate.ts';
import { orderFor, reasonOf } from '#domain/rules/interventions.ts';
import type { Wait } from '#domain/rules/wait.ts';
import { verifyItems } from './checklist.ts';
import { commit } from './commit.ts';
import { openIncident } from './incidents.ts';
import { notify } from './notify.ts';
import type { Deciding, Judging, With } from './port-groups.ts';
import { judgeChecks } from './readings.ts';
import { settle } from './waits.ts';

const actor = 'system:gate';

export async function reviewGate(ports: Deciding, wait: Wait): Promise<void> {
  const phase = phaseOf(ports.plan, wait.phase);
  const before = await verifyItems(ports, wait.releaseId, phase);
  const readings = await readCriteria(ports, before, phase);
  const release = await commit(ports, wait.releaseId, actor, (current) =>
    decided(wait, readings, judge(ports, current, phase, wait, readings), current),
  );
  const gate = release.gates[gateKey(wait.phase, wait.attempt)];
  if (gate?.decided) {
    const { outcome, reason } = gate.decided;
    await settle(ports, wait, { outcome, reason });
  } else if (gate?.escalated) await callSomebody(ports, wait, phase, gate.openedAt);
}

/** Criteria that a check decides. One bound to an approval holds when its role has approved: see `decideGate`. */
async function readCriteria(
  ports: With<'metrics'>,
  release: Release,
  phase: Phase,
): Promise<readonly CriterionReading[]> {
  const bound = phase.gate.criteria.flatMap(({ id, check }) => (check === undefined ? [] : [{ id, check }]));
  const judged = await judgeChecks(
    ports,
    release,
    bound.map(({ check }) => check),
  );
  return bound.map(({ id, check }) => ({ criterion: id, ...(judged[check] ?? { verdict: 'unknown' }) }));
}

/** Half of the time that the gate may wait is over: those who have not approved are asked once more. */
export async function remindGate(ports: Judging, wait: Wait): Promise<void> {
  const { releaseId, phase: id, attempt } = wait;
  const phase = phaseOf(ports.plan, id);
  const release = await ports.releases.load(releaseId);
  const record = release.gates[gateKey(id, attempt)];
  if (!record || record.decided || record.escalated || record.reminded || release.paused) return;
  const halfMs = (phase.gate.timeoutHours * 3_600_000) / 2;
  if (ports.clock.nowMs() < waitingSinceMs(ports, release, phase, wait) + halfMs) return;
  // Told before it is recorded: nobody comes again once it is.
  const missing = missingRoles(phase.gate, record.approvals);
  await notify(ports, await ports.alerts.gateReminder(ports.plan, wait, missing));
  await commit(ports, releaseId, actor, ({ gates }) =>
    gates[gateKey(id, attempt)]?.reminded ? [] : [{ type: 'gate.reminded', phase: id, attempt }],
  );
}

/** When a gate began to wait for people: since it opened, but not before it may decide. Epoch milliseconds. */
function waitingSinceMs({ plan }: With<never>, release: Release, phase: Phase, wait: Gated): number {
  const openedAt = release.gates[gateKey(phase.id, wait.attempt)]?.openedAt ?? wait.armedAt;
  const openedMs = Date.parse(openedAt);
  return phase.gate.notBefore === 'end'
    ? Math.max(openedMs, phaseEndMs(plan, release.launchDay, phase))
    : openedMs;
}

/** How the gate of a phase would decide now, and what its criteria read. */
export async function foreseeGate(
  ports: With<'metrics'>,
  release: Release,
  phase: Phase,
): Promise<{ readonly readings: readonly CriterionReading[]; readonly decision: GateDecision }> {
  const readings = await readCriteria(ports, release, phase);
  const at = { phase: phase.id, attempt: lastAttempt(release, phase.id) };
  const armedAt = toInstant(ports.clock.nowMs());
  return { readings, decision: judge(ports, release, phase, { ...at, armedAt }, readings) };
}

type Gated = Pick<Wait, 'phase' | 'attempt' | 'armedAt'>;

function judge(
  ports: With<never>,
  release: Release,
  phase: Phase,
  wait: Gated,
  readings: readonly CriterionReading[],
): GateDecision {
  const record = release.gates[gateKey(phase.id, wait.attempt)];
  const { plan } = ports;
  const nowMs = ports.clock.nowMs();
  const endMs = phaseEndMs(plan, release.launchDay, phase);
  const sinceMs = waitingSinceMs(ports, release, phase, wait);
  return decideGate({
    gate: phase.gate,
    checks: plan.checks,
    readings,
    openItems: openItems(phase, release, 'gate').length,
    approvals: record?.approvals ?? [],
    startedBy: release.startedBy,
    ...orderedWay(ports, release, wait),
    overridden: overriddenIn(release, phase.id),
    blocking: blockingOf(plan, release, phase.id, nowMs),
    ended: nowMs >= endMs || orderFor(release, wait, 'skip-wait', 'promote') !== undefined,
    late: nowMs >= sinceMs + phase.gate.timeoutHours * 3_600_000 && record?.escalated !== true,
  });
}

function orderedWay(ports: With<never>, release: Release, wait: Gated) {
  const order = orderFor(release, wait, 'hold', 'correct', 'roll-back');
  return order ? { ordered: { outcome: order.order, reason: reasonOf(ports.plan, order) } } : {};
}

/** Criteria of a phase's gate that one person asked to leave out and another one granted. */
const overriddenIn = ({ phases }: Release, phase: string): readonly string[] =>
  Object.entries(phases[phase]?.overrides ?? {}).flatMap(([criterion, { grantedBy }]) =>
    grantedBy === undefined ? [] : [criterion],
  );

function decided(
  wait: Wait,
  readings: readonly CriterionReading[],
  decision: GateDecision,
  release: Release,
): readonly Fact[] {
  const { phase, attempt } = wait;
  const record = release.gates[gateKey(phase, attempt)];
  if (record?.decided || decision.outcome === 'wait') return [];
  if (decision.outcome === 'escalate') {
    return record?.escalated ? [] : [{ type: 'gate.late', phase, attempt, waitsFor: decision.need }];
  }
  const overridden = overriddenIn(release, phase);
  return [
    {
      type: 'gate.decided',
      phase,
      attempt,
      readings,
      ...decision,
      rules: gateRules,
      ...(overridden.length === 0 ? {} : { overridden }),
    },
  ];
}

async function callSomebody(ports: Deciding, wait: Wait, phase: Phase, since: string): Promise<void> {
  await openIncident(ports, wait.releaseId, actor, {
    phase: wait.phase,
    attempt: wait.attempt,
    cause: 'gate',
    since,
    severity: 'user',
    title: { code: 'gate-late', params: { phase: phase.id } },
  });
}
