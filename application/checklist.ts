/** The wait for a phase's checklist: people tick, the system ticks what it sees, lateness is told and then escalated. */

import type { ItemEvidence } from '#domain/ledger/causes.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { openItems, phaseOf, systemTicks } from '#domain/plan/checklist.ts';
import type { Phase } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { blockingOf } from '#domain/rules/blockers.ts';
import { phaseDueMs } from '#domain/rules/progress.ts';
import type { Wait } from '#domain/rules/wait.ts';
import { commit } from './commit.ts';
import { openIncident } from './incidents.ts';
import { notify } from './notify.ts';
import type { Judging, With } from './port-groups.ts';
import { judgeChecks } from './readings.ts';
import { settleUnlessBlocked } from './waits.ts';

const actor = 'system:checklist';
/** People have a day after the reminder before somebody is called. */
const escalateAfterMs = 24 * 3_600_000;

export async function reviewChecklist(ports: Judging, wait: Wait): Promise<void> {
  const phase = phaseOf(ports.plan, wait.phase);
  const release = await verifyItems(ports, wait.releaseId, phase);
  const open = openItems(phase, release, 'checklist');
  if (open.length === 0) {
    // What follows gives users access.
    const blocking =
      phase.exposure === undefined
        ? undefined
        : blockingOf(ports.plan, release, phase.id, ports.clock.nowMs());
    await settleUnlessBlocked(ports, wait, blocking, { outcome: 'complete' });
    return;
  }
  await remind(ports, wait, phase, release, open.length);
}

/** Ticks what the system can see to be so now: checks that are healthy, messages that have gone. */
export async function verifyItems(
  ports: With<'releases' | 'metrics'>,
  releaseId: string,
  phase: Phase,
): Promise<Release> {
  const release = await ports.releases.load(releaseId);
  const verifications = openItems(phase, release, 'gate').map(({ verified }) => verified);
  const checks = verifications.flatMap((one) =>
    typeof one === 'object' && 'check' in one ? [one.check] : [],
  );
  const messages = verifications.flatMap((one) =>
    typeof one === 'object' && 'message' in one ? [one.message] : [],
  );
  if (checks.length + messages.length === 0) return release;
  const judged = await judgeChecks(ports, release, checks);
  return commit(ports, releaseId, actor, (current): readonly Fact[] => [
    ...Object.entries(judged).flatMap(([check, { verdict, value }]) =>
      verdict === 'healthy' ? systemTicks(ports.plan, current, { check }, evidenceOf(check, value)) : [],
    ),
    ...messages.flatMap((message) => messageTicks(ports, current, message)),
  ]);
}

const evidenceOf = (check: string, value: number | undefined): ItemEvidence => ({
  code: 'check',
  params: value === undefined ? { check } : { check, value },
});

const messageTicks = ({ plan }: With<never>, release: Release, message: string): readonly Fact[] => {
  const record = release.messages[message];
  if (record?.status !== 'sent') return [];
  const evidence = { code: 'message', params: { message, recipients: record.sent } } as const;
  return systemTicks(plan, release, { message }, evidence);
};

async function remind(
  ports: Judging,
  wait: Wait,
  phase: Phase,
  release: Release,
  open: number,
): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const endMs = phaseDueMs(ports.plan, release, phase);
  if (nowMs < endMs) return;
  const { phase: id, attempt } = wait;
  const late = release.phases[id]?.late === true;
  if (!late) {
    // Told before it is recorded: nobody comes again once it is.
    const owners = openItems(phase, release, 'checklist').map(({ owner }) => owner);
    await notify(ports, await ports.alerts.checklistLate(ports.plan, wait, owners, open));
    await commit(ports, wait.releaseId, actor, (current) =>
      current.phases[id]?.late === false ? [{ type: 'phase.late', phase: id, attempt, open }] : [],
    );
  } else if (nowMs >= endMs + escalateAfterMs) {
    await openIncident(ports, wait.releaseId, actor, {
      phase: id,
      attempt,
      cause: 'checklist',
      ...present({ since: release.phases[id]?.openedAt }),
      severity: 'user',
      title: { code: 'checklist-late', params: { phase: id, open } },
    });
  }
}
