/** The dates that the plan had promised, beside what happened: phases, access, messages. Delays are never negative. */

import type { Omission } from '#domain/ledger/causes.ts';
import { daysBetween, localDay } from '#domain/plan/calendar.ts';
import { dayInRelease } from '#domain/plan/message-dates.ts';
import { present } from '#domain/present.ts';
import { campaignEnds, factsOf, type TimelineInput } from '../timeline/context.ts';
import { type Kept, minutesOf } from './commitment.ts';

export interface MessageCommitment {
  readonly message: string;
  /** Absent: an event sends it. */
  readonly plannedAt?: string;
  /** The first date that it had, when that was another one. */
  readonly firstPlannedAt?: string;
  readonly sentAt?: string;
  readonly minutesLate?: number;
  readonly sent: number;
  readonly failed: number;
  readonly kept: Kept;
  /** Why it was skipped or cancelled. */
  readonly reason?: Omission;
}

/** A message counts as on time that begins to go this soon after its date. */
const messageMinutesMax = 15;

/** A row for each message that was dated, and for each sending that an event caused. */
export function messageCommitments({
  entries,
}: Pick<TimelineInput, 'entries'>): readonly MessageCommitment[] {
  const dates = entries.flatMap(({ fact }) =>
    fact.type === 'message.planned' || fact.type === 'message.replanned' ? [fact] : [],
  );
  const given = entries.flatMap(({ fact }) =>
    fact.type === 'message.skipped' || fact.type === 'message.cancelled' ? [fact] : [],
  );
  const sendings = factsOf(entries, 'message.sending');
  const sent = campaignEnds(entries);
  const dated = [...new Set(dates.map(({ message }) => message))];
  const rows = dated.map((message): MessageCommitment => {
    const [first, ...more] = dates.filter((one) => one.message === message);
    const plannedAt = more.at(-1)?.dueAt ?? first?.dueAt ?? '';
    const sending = sendings.find(({ fact }) => fact.message === message);
    const reason = given.findLast((one) => one.message === message)?.reason;
    const minutesLate = sending && minutesOf(plannedAt, sending.at);
    return {
      message,
      plannedAt,
      ...(first && first.dueAt !== plannedAt ? { firstPlannedAt: first.dueAt } : {}),
      ...present({ sentAt: sending?.at, minutesLate }),
      ...reached(sending?.fact.campaign),
      ...(sending === undefined && reason !== undefined ? { reason } : {}),
      kept:
        minutesLate !== undefined
          ? minutesLate <= messageMinutesMax
            ? 'kept'
            : 'broken'
          : reason === undefined
            ? 'open'
            : 'broken',
    };
  });
  const caused = sendings
    .filter(({ fact }) => !dated.includes(fact.message))
    .map(
      ({ at, fact }): MessageCommitment => ({
        message: fact.message,
        sentAt: at,
        ...reached(fact.campaign),
        kept: 'kept',
      }),
    );
  return [...rows, ...caused];

  function reached(campaign: string | undefined) {
    const fact = sent.find((one) => one.fact.campaign === campaign)?.fact;
    return { sent: fact?.sent ?? 0, failed: fact?.failed ?? 0 };
  }
}

export interface ExposureCommitment {
  readonly phase: string;
  readonly percent: number;
  /** Of the launch day that the release was admitted with. */
  readonly plannedOn: string;
  readonly openedAt?: string;
  readonly daysLate?: number;
  readonly kept: Kept;
}

/** A row for each phase that opens the access further, with when so much was open first. */
export function exposureCommitments({
  plan,
  release,
  entries,
}: TimelineInput): readonly ExposureCommitment[] {
  const admitted = factsOf(entries, 'release.admitted')[0]?.fact.launchDay ?? release.launchDay;
  return plan.phases.flatMap(({ id, exposure = 0, from }, index): readonly ExposureCommitment[] => {
    const before = plan.phases.slice(0, index).map((phase) => phase.exposure ?? 0);
    if (exposure <= Math.max(0, ...before)) return [];
    const plannedOn = dayInRelease(plan, admitted, from);
    const openedAt = factsOf(entries, 'exposure.changed').find(
      ({ fact }) => fact.to >= exposure && fact.to > fact.from,
    )?.at;
    if (openedAt === undefined)
      return [
        { phase: id, percent: exposure, plannedOn, kept: release.status === 'active' ? 'open' : 'broken' },
      ];
    const daysLate = Math.max(0, daysBetween(plannedOn, localDay(Date.parse(openedAt), plan.timeZone)));
    return [
      {
        phase: id,
        percent: exposure,
        plannedOn,
        openedAt,
        daysLate,
        kept: daysLate === 0 ? 'kept' : 'broken',
      },
    ];
  });
}

export interface PhaseCommitment {
  readonly phase: string;
  /** Of the launch day that the release was admitted with. */
  readonly plannedFrom: string;
  readonly plannedTo: string;
  readonly openedAt?: string;
  readonly promotedAt?: string;
  readonly daysLate?: number;
  readonly kept: Kept;
}

/** From the first opening of each phase to its first promotion. */
export function phaseCommitments({ plan, release, entries }: TimelineInput): readonly PhaseCommitment[] {
  const admitted = factsOf(entries, 'release.admitted')[0]?.fact.launchDay ?? release.launchDay;
  const openings = factsOf(entries, 'phase.opened');
  const promotions = factsOf(entries, 'phase.closed').filter(({ fact }) => fact.outcome === 'promote');
  return plan.phases.map(({ id, from, to }): PhaseCommitment => {
    const plannedTo = dayInRelease(plan, admitted, to);
    const openedAt = openings.find(({ fact }) => fact.phase === id)?.at;
    // Entered again to correct another phase, it had kept its own date.
    const promotedAt = promotions.find(({ fact }) => fact.phase === id)?.at;
    const daysLate =
      promotedAt && Math.max(0, daysBetween(plannedTo, localDay(Date.parse(promotedAt), plan.timeZone)));
    return {
      phase: id,
      plannedFrom: dayInRelease(plan, admitted, from),
      plannedTo,
      ...present({ openedAt, promotedAt }),
      ...(typeof daysLate === 'number' ? { daysLate } : {}),
      kept:
        typeof daysLate === 'number'
          ? daysLate === 0
            ? 'kept'
            : 'broken'
          : release.status === 'active'
            ? 'open'
            : 'broken',
    };
  });
}
