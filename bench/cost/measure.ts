/** One rehearsal of a plan, as quantities of what AWS bills, by cause. */
import type { Plan } from '#domain/plan/plan.ts';
import { dayMs } from '#domain/time.ts';
import { rehearse } from '#rehearsal/rehearse.ts';
import * as assumed from './assumptions.ts';
import { type Polled, polledBakes } from './polled.ts';
import { bakeTick, type Recording, recorded } from './record.ts';
import { minus, sumOf, times, type Usage, without } from './usage.ts';

interface Bake {
  readonly wait: string;
  readonly ticks: number;
  readonly minutes: number;
}
export const causes = [
  'mail to users',
  'watching bakes',
  'phases, waits, people',
  'hourly reconciler',
  'looking at dashboards',
] as const;
type Cause = (typeof causes)[number];

export interface Measured {
  readonly users: number;
  readonly outcome: string;
  readonly days: number;
  readonly months: number;
  /** What would not be there without this release. */
  readonly caused: Readonly<Record<Cause, Usage>>;
  /** What the deployment costs while the release lasts, whether or not anything happens; releases share it. */
  readonly standing: Usage;
  readonly bakes: readonly Bake[];
  readonly tickMinutes: readonly number[];
  /** One look of a bake, without what triggers it. */
  readonly look: Usage;
  /** Of the longest execution; AWS ends one at 25,000. */
  readonly historyEvents: number;
  readonly recording: Recording;
}

const mailing = new Set(['mail-job', 'mail-event']);

/** Throws when the rehearsal saw calls that were not recorded: a bill with holes is none. */
export async function measure(plan: Plan, users: number, seed: number): Promise<Measured> {
  const { answer, recording } = await recorded(plan.product, () => rehearse({ plan, users, seed }));
  const { bill, world, release, startedAt, endedAt } = answer;
  assertWhole(recording, bill);
  const days = (Date.parse(endedAt) - Date.parse(startedAt)) / dayMs;
  const months = days / assumed.monthDays;
  const events = world.engine.executions().reduce((sum, one) => sum + one.historyEvents, 0);
  const machines: Usage = {
    stateTransition: bill.stateTransitions,
    logGb: (events * assumed.historyLogBytes) / 1e9,
  };
  const of = (which: (name: string) => boolean) =>
    sumOf([...recording.functions].filter(([name]) => which(name)).map(([, { usage }]) => usage));
  const baking = recording.functions.get(bakeTick) ?? { invocations: 0, usage: {} };
  const others = (name: string) => !mailing.has(name) && name !== bakeTick && name !== 'reconcile';
  const deployments = recording.calls.get('exposure.set') ?? 0;
  const switches = recording.calls.get('exposure.switch') ?? 0;
  const received = (deployments + switches) * assumed.productServers;
  return {
    users,
    outcome: release.status,
    days,
    months,
    caused: {
      'mail to users': of((name) => mailing.has(name)),
      'watching bakes': baking.usage,
      'phases, waits, people': sumOf([of(others), machines, { flagsReceived: received }]),
      'hourly reconciler': of((name) => name === 'reconcile'),
      'looking at dashboards': lookingUsage(days),
    },
    standing: standingUsage(days),
    bakes: bakesOf(plan, recording),
    tickMinutes: plan.phases.flatMap(({ observation }) => (observation ? [observation.tickMinutes] : [])),
    look: without(times(baking.usage, 1 / Math.max(1, baking.invocations)), 'scheduleFired'),
    historyEvents: bill.historyEvents,
    recording,
  };
}

function assertWhole({ functions }: Recording, bill: Awaited<ReturnType<typeof rehearse>>['bill']): void {
  const seen = [...functions.values()].reduce((sum, { invocations }) => sum + invocations, 0);
  const there = Object.values(bill.lambdaInvocations).reduce((sum, one) => sum + one, 0);
  const mails = sumOf([...functions.values()].map(({ usage }) => usage)).mail ?? 0;
  if (seen !== there) throw new Error(`${there} invocations were made and ${seen} of them recorded`);
  if (mails < bill.mails) throw new Error(`${bill.mails} mails were sent and ${mails} of them recorded`);
}

function bakesOf({ phases }: Plan, { bakeTicks }: Recording): readonly Bake[] {
  return [...bakeTicks].map(([wait, ticks]) => {
    const phase = phases.find(({ id }) => wait.startsWith(`${id}.`));
    if (!phase?.observation) throw new Error(`the bake "${wait}" belongs to no phase with an observation`);
    return { wait, ticks, minutes: ticks * phase.observation.tickMinutes };
  });
}

/** People with a dashboard open; each look asks for the release and finds, mostly, that nothing is new. */
function lookingUsage(days: number): Usage {
  const { open, hoursPerDay, everySeconds } = assumed.dashboards;
  const looks = (open * hoursPerDay * 3600 * days) / everySeconds;
  const ms = assumed.handlerMs + assumed.callMs.read;
  return times(
    {
      apiRequest: 1,
      lambdaRequest: 1,
      lambdaGbSecond: (assumed.lambdaGb * ms) / 1000,
      readUnit: 1,
      logGb: assumed.invocationLogBytes / 1e9,
    },
    looks,
  );
}

function standingUsage(days: number): Usage {
  const months = days / assumed.monthDays;
  const secondsOfDays = days * 86_400;
  return {
    queueRequest: (assumed.queues * assumed.idlePollers * secondsOfDays) / assumed.pollSeconds,
    flagsAsked: (assumed.productServers * secondsOfDays) / assumed.flagsEverySeconds,
    keyMonth: assumed.keys * months,
    secretMonth: assumed.secrets * months,
    alarmMonth: assumed.alarmMetrics * months,
    dashboardMonth: assumed.operationsDashboards * months,
  };
}

export const causedBy = ({ caused }: Measured): Usage => sumOf(Object.values(caused));

/** How a bake is looked at. */
export interface Watching {
  readonly usage: Usage;
  readonly looks: number;
  readonly transitions: number;
  /** History events of the bake that lasts longest. */
  readonly longestEvents: number;
  /** Executions that all bakes need beside the release's own. */
  readonly children: number;
}

export const polledLoops = ({ bakes, historyEvents }: Measured, everyMinutes: number): readonly Polled[] =>
  polledBakes(
    bakes.map(({ minutes }) => minutes),
    everyMinutes,
    historyEvents,
  );

/** The release with its bakes as loops in the state machine. What is around a bake (arm, answer) stays in. */
export function polled(measured: Measured, everyMinutes: number): Watching {
  const loops = polledLoops(measured, everyMinutes);
  const total = (pick: (loop: Polled) => number) => loops.reduce((sum, loop) => sum + pick(loop), 0);
  const looks = total(({ turns }) => turns);
  const transitions = total((loop) => loop.transitions + loop.splitTransitions);
  const events = total((loop) => loop.events);
  const loop: Usage = {
    stateTransition: transitions,
    logGb: (events * assumed.historyLogBytes) / 1e9,
  };
  return {
    usage: sumOf([withoutBakes(measured), looksUsage(measured, looks), loop]),
    looks,
    transitions,
    longestEvents: Math.max(0, ...loops.map((one) => one.events)),
    children: total(({ children }) => children),
  };
}

/** The release as it is, with ticks at another interval: each look costs the same, and one firing of the scheduler. */
export function ticked(measured: Measured, everyMinutes: number): Pick<Watching, 'usage' | 'looks'> {
  const looks = measured.bakes.reduce((sum, { minutes }) => sum + Math.ceil(minutes / everyMinutes), 0);
  const ticks = sumOf([looksUsage(measured, looks), { scheduleFired: looks }]);
  return { usage: sumOf([withoutBakes(measured), ticks]), looks };
}

const withoutBakes = (measured: Measured) => minus(causedBy(measured), measured.caused['watching bakes']);

/** Keys are asked for by the clock, not by the look. */
function looksUsage({ look, bakes }: Measured, looks: number): Usage {
  const minutes = bakes.reduce((sum, bake) => sum + bake.minutes, 0);
  const asked = Math.min(looks, minutes / assumed.keyCacheMinutes);
  return sumOf([times(without(look, 'keyRequest'), looks), { keyRequest: (look.keyRequest ?? 0) * asked }]);
}
