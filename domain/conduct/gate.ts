/** The wait for a gate: gather the values, decide (`domain/gate.ts`), record the decision, then let the machine go on. */

import { openItems, phaseOf } from '../checklist.ts';
import { phaseEndMs } from '../communications.ts';
import type { CriterionReading, Fact } from '../facts.ts';
import { decideGate, type GateDecision } from '../gate.ts';
import type { Phase } from '../plan.ts';
import { gateKey, type Release } from '../release.ts';
import type { Wait } from '../wait.ts';
import { verifyItems } from './checklist.ts';
import { commit } from './commit.ts';
import { openIncident } from './incidents.ts';
import type { Deciding } from './powers.ts';
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
  } else if (gate?.escalated) await callSomebody(ports, wait, phase);
}

/** Criteria that a check decides. One bound to an approval holds when its role has approved: see `decideGate`. */
async function readCriteria(
  ports: Deciding,
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

function judge(
  { plan, clock }: Deciding,
  release: Release,
  phase: Phase,
  wait: Wait,
  readings: readonly CriterionReading[],
): GateDecision {
  const record = release.gates[gateKey(phase.id, wait.attempt)];
  const nowMs = clock.nowMs();
  const endMs = phaseEndMs(plan, release.launchDay, phase);
  const openedMs = Date.parse(record?.openedAt ?? wait.armedAt);
  const sinceMs = phase.gate.notBefore === 'end' ? Math.max(openedMs, endMs) : openedMs;
  return decideGate({
    gate: phase.gate,
    checks: plan.checks,
    readings,
    openItems: openItems(phase, release, 'gate').length,
    approvals: record?.approvals ?? [],
    startedBy: release.startedBy,
    paused: release.paused,
    ended: nowMs >= endMs,
    late: nowMs >= sinceMs + phase.gate.timeoutHours * 3_600_000 && record?.escalated !== true,
  });
}

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
    return record?.escalated ? [] : [{ type: 'gate.late', phase, attempt, waitsFor: decision.for }];
  }
  return [{ type: 'gate.decided', phase, attempt, readings, ...decision }];
}

async function callSomebody(ports: Deciding, wait: Wait, phase: Phase): Promise<void> {
  await openIncident(ports, wait.releaseId, actor, {
    phase: wait.phase,
    attempt: wait.attempt,
    cause: 'gate',
    severity: 'user',
    title: `${phase.name}: the gate has waited too long`,
  });
}
