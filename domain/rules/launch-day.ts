/** Which launch days a release can keep: not before what comes first can be over, nor so late that its machine ends before it. */
import { LaunchDayImpossible, LaunchDayPast } from '../errors.ts';
import type { Release } from '../ledger/records.ts';
import { addDays, daysBetween, localDay } from '../plan/calendar.ts';
import type { LocalDay, Plan } from '../plan/plan.ts';
import { dayMs, hourMs } from '../time.ts';

/** How long an execution may last (AWS Step Functions, service quotas: one year). */
export const machineDaysMax = 364;
/** Of these, left for what takes longer than planned: holds, corrections, messages that wait for them. */
const slackDays = 60;
/** From its start to the last day of its plan, a release lasts no longer. */
export const releaseDaysMax = machineDaysMax - slackDays;

/** The days from launch to the last one that a phase, a message or a success metric of the plan may take. */
export function daysAfterLaunch({ launch, phases, messages, successMetrics }: Plan): number {
  return Math.max(
    ...phases.map(({ to }) => daysBetween(launch.day, to)),
    ...messages.map(({ date, lateDaysMax }) => (date?.day ?? 0) + lateDaysMax),
    ...successMetrics.map(({ fromDay }) => fromDay ?? 0),
  );
}

interface Situation {
  readonly nowMs: number;
  /** When its execution was started. Epoch milliseconds. */
  readonly startedMs: number;
  readonly phases: Release['phases'];
}

/** Both included. Nobody gets access before the phases that come first have been observed for as long as they must. */
export function possibleLaunchDays(
  plan: Plan,
  { nowMs, startedMs, phases }: Situation,
): { readonly first: LocalDay; readonly last: LocalDay } {
  const launching = plan.phases.findIndex(({ id }) => id === plan.launch.phase);
  const ahead = plan.phases.slice(0, launching).filter(({ id }) => phases[id] === undefined);
  const hours = ahead.reduce((sum, { observation }) => sum + (observation?.continuousHealthHours ?? 0), 0);
  const endsOn = localDay(startedMs + releaseDaysMax * dayMs, plan.timeZone);
  return {
    first: localDay(nowMs + hours * hourMs, plan.timeZone),
    last: addDays(endsOn, -daysAfterLaunch(plan)),
  };
}

/** Throws LaunchDayPast, LaunchDayImpossible. Calendar dates compare as text. */
export function refuseImpossibleLaunch(plan: Plan, situation: Situation, launchDay: LocalDay): void {
  const today = localDay(situation.nowMs, plan.timeZone);
  if (launchDay < today) throw new LaunchDayPast(launchDay, today);
  const { first, last } = possibleLaunchDays(plan, situation);
  if (launchDay < first || launchDay > last) throw new LaunchDayImpossible(launchDay, first, last);
}

/** When its execution ends, whatever is left of the release. Epoch milliseconds. */
export const machineEndMs = ({ startedAt }: Pick<Release, 'startedAt'>): number =>
  Date.parse(startedAt) + machineDaysMax * dayMs;
/** How long before it people are told. */
export const machineEndToldDays = 14;
