/**
 * What a schema cannot see of a plan. Errors would make a release go wrong; warnings are things that a careful person
 * would want to know (some are facts of the document that a plan renders).
 */
import type { Plan } from '../plan/plan.ts';
import { corrections, rollbacks, tooLong, unreachable, usersBeforeLaunch } from './course.ts';
import { bakes, exposure, launch, periodDates, periodsCoverPhases, phaseDates, workdays } from './dates.ts';
import type { Finding } from './finding.ts';
import { freezeWindows } from './freezes.ts';
import { sights, tested } from './judging.ts';
import { markers } from './markers.ts';
import { reportedMeasures } from './measures.ts';
import {
  afterTheEnd,
  guardsTooEarly,
  guardsTooHigh,
  invitesTooLate,
  neverSent,
  tellsOthers,
  timesThatDoNotExist,
  twoOnOneDay,
} from './messages.ts';
import { duplicates } from './names.ts';
import { approvers, ladder, placeholders, severitiesCalled } from './people.ts';
import { unknownExposures, unknownPlaceholders, unknownReferences, unused } from './references.ts';
import { reportDays, reportsNeverSent } from './reports.ts';
import { checks, criteria, gates, verifications } from './silence.ts';

export type { Finding } from './finding.ts';

const rules: readonly ((plan: Plan) => readonly Finding[])[] = [
  unknownReferences,
  unknownExposures,
  unused,
  duplicates,
  unknownPlaceholders,
  workdays,
  phaseDates,
  periodDates,
  periodsCoverPhases,
  launch,
  exposure,
  bakes,
  freezeWindows,
  corrections,
  usersBeforeLaunch,
  unreachable,
  tooLong,
  rollbacks,
  markers,
  criteria,
  gates,
  checks,
  tested,
  sights,
  verifications,
  approvers,
  ladder,
  severitiesCalled,
  reportedMeasures,
  placeholders,
  reportDays,
  reportsNeverSent,
  twoOnOneDay,
  invitesTooLate,
  afterTheEnd,
  guardsTooHigh,
  guardsTooEarly,
  timesThatDoNotExist,
  tellsOthers,
  neverSent,
];

/** All findings of a parsed plan, none held back, in the order of their paths. */
export const lint = (plan: Plan): readonly Finding[] =>
  rules
    .flatMap((rule) => rule(plan))
    .toSorted(
      (a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }) || a.rule.localeCompare(b.rule),
    );
