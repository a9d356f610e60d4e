/** One tick of a bake: read, judge, keep, and either beat the heart or conclude. */

import { type BakeEvent, startBake, stepBake } from '../bake.ts';
import { phaseOf } from '../checklist.ts';
import { WaitClosed } from '../errors.ts';
import type { Fact } from '../facts.ts';
import type { Wait } from '../wait.ts';
import { commit } from './commit.ts';
import { openIncident } from './incidents.ts';
import type { Reviewing } from './powers.ts';
import { readChecks } from './readings.ts';
import { cancelWaits, settle } from './waits.ts';

const actor = 'system:bake';

export async function watchBake(ports: Reviewing, wait: Wait): Promise<void> {
  const { releaseId, phase: phaseId, attempt } = wait;
  const { observation } = phaseOf(ports.plan, phaseId);
  if (!observation) return;
  const release = await ports.releases.load(releaseId);
  const observed = release.phases[phaseId]?.observed;
  if (observed) {
    await settle(ports, wait, observed);
    return;
  }
  const key = { releaseId, waitId: wait.waitId, epoch: wait.epoch };
  const stored = await ports.bakes.get(releaseId, wait.waitId, wait.epoch);
  const before = stored ?? startBake(Date.parse(wait.armedAt));
  const nowMs = ports.clock.nowMs();
  // Two ticks in one period are one tick delivered twice, or an alarm beside a tick.
  if (nowMs - before.lastTickMs < 30_000) return;
  const readings = await readChecks(ports, release, observation.checks, observation.tickMinutes);
  const step = stepBake(before, observation, ports.plan.checks, readings, nowMs);
  if (!(await ports.bakes.put(key, stored, step.state))) return;

  const facts = step.events.flatMap((event): readonly Fact[] => toFact(event, phaseId, attempt));
  const { concluded } = step;
  if (concluded) {
    const healthyMinutes = Math.round(step.state.healthyMinutes);
    facts.push({ type: 'observation.concluded', phase: phaseId, attempt, healthyMinutes, ...concluded });
  }
  if (facts.length > 0) {
    await commit(ports, releaseId, actor, (current) => (current.phases[phaseId]?.observed ? [] : facts));
  }
  const outage = step.events.find((event) => event.type === 'escalate');
  if (outage) {
    const title = `blind: ${outage.text}`;
    await openIncident(ports, releaseId, actor, {
      phase: phaseId,
      attempt,
      cause: 'metrics',
      severity: 'technical',
      title,
    });
  }
  if (concluded) await settle(ports, wait, concluded);
  else await beat(ports, wait);
}

/** The task may be gone (stopped in the console): then its ticks must stop too. */
async function beat(ports: Reviewing, wait: Wait): Promise<void> {
  try {
    await ports.workflow.heartbeat(wait.token);
  } catch (error) {
    if (!(error instanceof WaitClosed)) throw error;
    ports.log.write('WAIT_ALREADY_CLOSED', { releaseId: wait.releaseId, waitId: wait.waitId });
    await cancelWaits(ports, wait.releaseId, ({ waitId }) => waitId === wait.waitId);
  }
}

function toFact(event: BakeEvent, phase: string, attempt: number): readonly Fact[] {
  switch (event.type) {
    case 'breached':
      return [breach(event, phase, attempt)];
    case 'frozen':
      return [{ type: 'observation.frozen', phase, attempt, text: event.text }];
    case 'unfrozen':
      return [{ type: 'observation.unfrozen', phase, attempt, minutes: event.minutes }];
    case 'escalate':
      return [];
  }
}

const breach = (
  { type: _type, ...event }: Extract<BakeEvent, { type: 'breached' }>,
  phase: string,
  attempt: number,
): Fact => ({
  type: 'observation.breached',
  phase,
  attempt,
  ...event,
});
