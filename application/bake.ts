/** One tick of a bake: read, judge, keep, and either beat the heart or conclude. */

import { WaitClosed } from '#domain/errors.ts';
import { alphaOf } from '#domain/judge/budget.ts';
import { evidenceOf } from '#domain/judge/evidence.ts';
import { judgeWithMissed } from '#domain/judge/missed.ts';
import type { IncidentTitle } from '#domain/ledger/causes.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import type { Observation, Plan } from '#domain/plan/plan.ts';
import {
  type BakeEvent,
  type BakeState,
  provenMinutes,
  startBake,
  stepBake,
} from '#domain/rules/bake-clock.ts';
import { interruptionsOf } from '#domain/rules/grave-incidents.ts';
import { standingOrder } from '#domain/rules/interventions.ts';
import { risksOf } from '#domain/rules/risks.ts';
import type { Wait } from '#domain/rules/wait.ts';
import { unreachable } from '#domain/unreachable.ts';
import { commit } from './commit.ts';
import { closeEnded, openIncident } from './incidents.ts';
import { notify } from './notify.ts';
import { executeOrder } from './orders.ts';
import type { Watching, With } from './port-groups.ts';
import { readMinutesMax, readSeries } from './readings.ts';
import { cancelWaits, settle } from './waits.ts';

const actor = 'system:bake';
const minuteMs = 60_000;

export async function watchBake(ports: Watching, wait: Wait): Promise<void> {
  const { releaseId, phase: phaseId, attempt } = wait;
  const { observation } = phaseOf(ports.plan, phaseId);
  if (!observation) return;
  const release = await ports.releases.load(releaseId);
  if (await executeOrder(ports, release, wait)) return;
  const observed = release.phases[phaseId]?.observed;
  if (observed) {
    await settle(ports, wait, observed);
    return;
  }
  const key = { releaseId, waitId: wait.waitId, epoch: wait.epoch, phase: phaseId, attempt };
  const stored = await ports.bakes.get(releaseId, wait.waitId, wait.epoch);
  const before = stored ?? startBake(Date.parse(wait.armedAt));
  const nowMs = ports.clock.nowMs();
  // A handler died between the verdict and its fact.
  if (stored?.concluded) {
    await conclude(ports, wait, stored, stored.concluded, []);
    return;
  }
  // A tick delivered twice, or alarms beside ticks, read the same minutes: they count once.
  if (nowMs - before.lastTickMs < (observation.tickMinutes * minuteMs) / 2) return;
  const { memories, judgements } = await judgeNow(ports, release, wait, observation, before);
  const step = stepBake(before, observation, ports.plan.checks, judgements, nowMs, interruptionsOf(release));
  const { concluded } = step;
  // Called before it is remembered that somebody was: the same incident twice is one, and a notice that comes twice says what is so.
  for (const event of step.events) {
    await callFor(ports, wait, event);
    if (event.type === 'frozen')
      await notify(ports, await ports.alerts.observationFrozen(ports.plan, wait, event.blind));
  }
  await closeEnded(ports, release, actor, ({ title }) => isOver(title, step.state));
  const state = { ...step.state, memories, ...(concluded ? { concluded } : {}) };
  if (!(await ports.bakes.put(key, stored, state, evidenceOf(nowMs, release.exposure, judgements)))) return;
  const facts = step.events.flatMap((event) => factsOf(ports.plan, release, event, phaseId, attempt));
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
  const healthyMinutes = Math.round(provenMinutes(state));
  const release = await note(ports, wait, [
    ...facts,
    { type: 'observation.concluded', phase, attempt, healthyMinutes, ...concluded },
  ]);
  // Somebody's order was faster than the verdict: it stands.
  if (await executeOrder(ports, release, wait)) return;
  const { verdict, reason } = concluded;
  if (verdict !== 'healthy') {
    const said = verdict === 'unhealthy' ? verdict : 'inconclusive';
    await notify(ports, await ports.alerts.observationSays(ports.plan, wait, said, reason));
  }
  await settle(ports, wait, concluded);
}

const note = (ports: Watching, wait: Wait, facts: readonly Fact[]) =>
  commit(ports, wait.releaseId, actor, (release) =>
    release.phases[wait.phase]?.observed || standingOrder(release, wait) ? [] : facts,
  );

/** Reads of each check what has not been judged for good, as much as one look may read, and judges all of the bake. */
export async function judgeNow(
  ports: With<'metrics'>,
  release: Release,
  { armedAt, attempt }: Pick<Wait, 'armedAt' | 'attempt'>,
  { checks, deadlineHours, tickMinutes }: Observation,
  { memories }: BakeState,
) {
  const fromMinute = Math.ceil(Date.parse(armedAt) / minuteMs);
  const from = Object.fromEntries(checks.map((id) => [id, memories[id]?.settled ?? fromMinute]));
  // A look that comes once a day reads days; with less than four ticks an outage could be longer than what looks catch up.
  const answers = await readSeries(ports, release, from, Math.max(readMinutesMax, 4 * tickMinutes));
  const situation = {
    fromMinute,
    nowMinute: Math.floor(ports.clock.nowMs() / minuteMs),
    exposure: release.exposure,
    hours: deadlineHours,
    alpha: alphaOf(ports.plan, attempt),
  };
  return judgeWithMissed(memories, checks, ports.plan.checks, answers, situation, tickMinutes);
}

/** What an incident was about is well again: it is seen, and no reading that its window still holds broke the objective. */
function isOver(title: IncidentTitle, { breached, recent, frozenSinceMs }: BakeState): boolean {
  switch (title.code) {
    case 'objective':
    case 'blind': {
      const { check } = title.params;
      const readings = recent[check] ?? [];
      const seen = frozenSinceMs === undefined && readings.length > 0;
      return seen && !breached.includes(check) && !readings.some(Boolean);
    }
    case 'no-look':
      return true;
    default:
      return false;
  }
}

/** People are called when nothing can be seen, and when users suffer though the release is not to blame. */
async function callFor(
  ports: Watching,
  { releaseId, phase, attempt }: Wait,
  event: BakeEvent,
): Promise<void> {
  const where = { phase, attempt };
  if (event.type === 'escalate') {
    await openIncident(ports, releaseId, actor, {
      ...where,
      cause: 'metrics',
      severity: 'technical',
      title: { code: 'blind', params: event.blind },
    });
  }
  if (event.type === 'breached' && event.reset && event.blame === 'environment') {
    const check = ports.plan.checks[event.check];
    await openIncident(ports, releaseId, actor, {
      ...where,
      cause: event.check,
      severity: check?.severity ?? 'technical',
      title: { code: 'objective', params: { check: event.check } },
    });
  }
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

function factsOf(
  plan: Plan,
  release: Release,
  event: BakeEvent,
  phase: string,
  attempt: number,
): readonly Fact[] {
  const where = { phase, attempt };
  switch (event.type) {
    case 'breached': {
      const { type: _type, ...breach } = event;
      return [
        { type: 'observation.breached', ...where, ...breach },
        ...risksOf(plan, release, event.check, 'threatening'),
      ];
    }
    case 'recovered':
      return [
        { type: 'observation.recovered', ...where, check: event.check },
        ...risksOf(plan, release, event.check, 'quiet'),
      ];
    case 'frozen':
      return [{ type: 'observation.frozen', ...where, blind: event.blind }];
    case 'unfrozen':
      return [{ type: 'observation.unfrozen', ...where, minutes: event.minutes }];
    case 'escalate':
      return [];
    default:
      return unreachable(event);
  }
}
