/** One tick of a bake: read, judge, keep, and either beat the heart or conclude. */

import { type BakeEvent, type BakeState, startBake, stepBake } from '../bake.ts';
import { phaseOf } from '../checklist.ts';
import { WaitClosed } from '../errors.ts';
import type { Fact } from '../facts.ts';
import type { Wait } from '../wait.ts';
import { commit } from './commit.ts';
import { openIncident } from './incidents.ts';
import type { Watching } from './powers.ts';
import { readChecks } from './readings.ts';
import { cancelWaits, settle } from './waits.ts';

const actor = 'system:bake';

export async function watchBake(ports: Watching, wait: Wait): Promise<void> {
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
  // A handler died between the verdict and its fact.
  if (stored?.concluded) {
    await conclude(ports, wait, stored, stored.concluded, []);
    return;
  }
  // A tick delivered twice, or alarms beside ticks, read the same minutes: they count once.
  if (nowMs - before.lastTickMs < (observation.tickMinutes * 60_000) / 2) return;
  const readings = await readChecks(ports, release, observation.checks, observation.tickMinutes);
  const step = stepBake(before, observation, ports.plan.checks, readings, nowMs);
  const { concluded } = step;
  // Called before it is remembered that somebody was: the same incident twice is one.
  const outage = step.events.find((event) => event.type === 'escalate');
  if (outage) await callForOutage(ports, wait, outage.text);
  const state = concluded ? { ...step.state, concluded } : step.state;
  if (!(await ports.bakes.put(key, stored, state))) return;
  const facts = step.events.flatMap((event): readonly Fact[] => toFact(event, phaseId, attempt));
  if (concluded) {
    await conclude(ports, wait, state, concluded, facts);
    return;
  }
  if (facts.length > 0) await note(ports, wait, facts);
  await beat(ports, wait);
}

/** The verdict into the ledger, with what was seen on the way to it, then to the workflow. */
async function conclude(
  ports: Watching,
  wait: Wait,
  state: BakeState,
  concluded: NonNullable<BakeState['concluded']>,
  facts: readonly Fact[],
): Promise<void> {
  const { phase, attempt } = wait;
  const healthyMinutes = Math.round(state.healthyMinutes);
  await note(ports, wait, [
    ...facts,
    { type: 'observation.concluded', phase, attempt, healthyMinutes, ...concluded },
  ]);
  await settle(ports, wait, concluded);
}

const note = (ports: Watching, { releaseId, phase }: Wait, facts: readonly Fact[]) =>
  commit(ports, releaseId, actor, ({ phases }) => (phases[phase]?.observed ? [] : facts));

async function callForOutage(
  ports: Watching,
  { releaseId, phase, attempt }: Wait,
  text: string,
): Promise<void> {
  await openIncident(ports, releaseId, actor, {
    phase,
    attempt,
    cause: 'metrics',
    severity: 'technical',
    title: `blind: ${text}`,
  });
}

/** The task may be gone (stopped in the console): then its ticks must stop too. */
async function beat(ports: Watching, wait: Wait): Promise<void> {
  try {
    await ports.tasks.heartbeat(wait.token);
  } catch (error) {
    if (!(error instanceof WaitClosed)) throw error;
    ports.log.write('WAIT_ALREADY_CLOSED', { releaseId: wait.releaseId, waitId: wait.waitId });
    await cancelWaits(
      ports,
      wait.releaseId,
      ({ waitId, epoch }) => waitId === wait.waitId && epoch === wait.epoch,
    );
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
