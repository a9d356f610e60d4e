/** Findings about days, hours and bakes, in English. */
import type { DateFindings } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

export const englishDates: FindingTexts<DateFindings> = {
  'dates-reversed': ({ from }) => ({
    message: `ends before it begins on ${from}`,
    allowed: `${from} or later`,
    fix: 'correct one of the two dates',
  }),
  'dates-overlap': ({ expected }) => ({
    message: 'begins before the one before it has ended',
    allowed: expected,
    fix: 'begin on the day after the one before it ends',
  }),
  'dates-gap': ({ days, expected }) => ({
    message: `leaves ${days} days after the one before it`,
    allowed: expected,
    fix: 'begin on the day after the one before it ends',
  }),
  'workday-reversed': ({ start }) => ({
    message: `work ends before it begins at ${start}`,
    allowed: `later than ${start}`,
    fix: 'correct one of the two times',
  }),
  'time-does-not-exist': ({ timeZone, instead }) => ({
    message: `the clocks of ${timeZone} go forward over it`,
    allowed: `a time that the clocks show, for example ${instead}`,
    fix: 'choose another hour or another day',
  }),
  'phase-without-period': () => ({
    message: 'no row of the general planning covers this phase',
    allowed: 'a phase that one of the periods lists',
    fix: 'add it to the phases of a period',
  }),
  'period-differs': ({ from, to }) => ({
    message: 'the row and its phases do not have the same dates',
    allowed: `${from} to ${to}, the dates of its phases`,
    fix: 'correct the row or the phases',
  }),
  'launch-day-differs': ({ phase, from }) => ({
    message: `launch is not the first day of "${phase}"`,
    allowed: from,
    fix: 'correct the launch day or the phase',
  }),
  'launch-without-users': () => ({
    message: 'the launch phase exposes no users',
    allowed: 'the first phase with an exposure',
    fix: 'give the phase an exposure or name another',
  }),
  'exposure-goes-down': ({ beforePercent }) => ({
    message: `users who had access would lose it: an earlier phase gives ${beforePercent} %`,
    allowed: `${beforePercent} to 100`,
    fix: 'only a rollback takes access away',
  }),
  'deadline-before-proof': ({ hours }) => ({
    message: `health takes ${hours} h to prove, the bake ends before`,
    allowed: `${hours} or more`,
    fix: 'give the bake more time',
  }),
  'bake-longer-than-phase': ({ hours }) => ({
    message: `the phase lasts ${hours} h: the next one will begin late`,
    allowed: `at most ${hours}`,
    fix: 'shorten the bake or lengthen the phase',
  }),
  'bake-watches-nothing': ({ proving }) => ({
    message: 'no check of class rollback or pause: time alone would prove the phase healthy',
    allowed: proving.join(', ') || 'no check of the plan can prove health',
    fix: 'name the checks that prove the phase healthy',
  }),
  'freeze-reversed': ({ freeze, from }) => ({
    message: `freeze "${freeze}" ends before it begins at ${from}`,
    allowed: `later than ${from}`,
    fix: 'correct one of the two moments',
  }),
  'freeze-outlasts-message': ({ freeze, message, days }) => ({
    message: `freeze "${freeze}" holds message "${message}" for longer than the ${days} days that it may be late: it would not go`,
    allowed: 'an end before the last day of the message, or no messages held',
    fix: 'end it earlier, move the message, or let it be later',
  }),
  'freeze-always': ({ freeze }) => ({
    message: `freeze "${freeze}" never ends: its phases only go on when somebody overrides it`,
    allowed: 'a window that leaves some hours of the week',
    fix: 'leave out a day, or end it before it begins again',
  }),
};
