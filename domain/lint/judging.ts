/** Checks that no test could judge, and bakes that would not see what they are for. */
import { hasControl, isCounted } from '../judge/check.ts';
import { foresee, isForeseeable } from '../judge/detectable-effect-of-phase.ts';
import type { Check, Phase, Plan } from '../plan/plan.ts';
import { error, type Finding, warning, when } from './finding.ts';

/** Of 100 requests, so many may be bad: what a share of bad events can be measured against. */
const isPercentage = ({ value, unit }: Check['objective']) => unit === '%' && value > 0 && value < 100;

export function tested(plan: Plan): readonly Finding[] {
  return Object.entries(plan.checks).flatMap(([id, check]) => [
    ...when(check.compare === 'control' && check.tolerance === undefined && !isCounted(check), () =>
      error('control-without-tolerance', {
        path: `checks.${id}.tolerance`,
        value: null,
        message: 'treatment is compared with control and any difference would count',
        allowed: 'a ratio from 1 to 10, for example 1.1',
        fix: 'say how much worse than control is still acceptable',
      }),
    ),
    ...when((check.metric === 'rate' || check.metric === 'share') && !isPercentage(check.objective), () =>
      error('share-without-percentage', {
        path: `checks.${id}.objective`,
        value: `${check.objective.value} ${check.objective.unit}`,
        message: 'bad events among all of them are a percentage, and this objective is none',
        allowed: 'more than 0 and less than 100, with the unit %',
        fix: 'say the objective in percent, or measure another kind of metric',
      }),
    ),
    ...when(isCounted(check) && check.compare !== 'control', () =>
      error('count-without-control', {
        path: `checks.${id}.compare`,
        value: check.compare,
        message: `a ${check.metric} says nothing by itself: it is compared with the users who have the old version`,
        allowed: 'control',
        fix: 'compare with control, or measure a rate or a value',
      }),
    ),
    ...when(check.certify !== undefined && !canCertify(check), () =>
      error('certificate-without-test', {
        path: `checks.${id}.certify`,
        value: check.certify,
        message:
          'only a rate compared with control can be proven not to be worse, by more than its tolerance',
        allowed: `more than ${check.tolerance ?? 1}, on a rate with compare: control`,
        fix: 'leave certify out, or say a larger ratio',
      }),
    ),
  ]);
}

const canCertify = ({ metric, compare, certify = 0, tolerance = 1 }: Check): boolean =>
  metric === 'rate' && compare === 'control' && certify > tolerance;

/** A regression smaller than this share is what one would want to hear of: twice as many errors. */
const ratioWanted = 2;

export function sights(plan: Plan): readonly Finding[] {
  return plan.phases.flatMap((phase, index) => [
    ...blindness(plan, phase, index),
    ...(phase.observation?.checks ?? []).flatMap((id, place) =>
      when(compares(plan, id) && !hasControl({ compare: 'control' }, phase.exposure ?? 0), () =>
        warning('no-control-left', {
          path: `phases[${index}].observation.checks[${place}]`,
          value: id,
          message: `at ${phase.exposure ?? 0} % there is nobody to compare with: only the objective judges "${id}"`,
          allowed: 'an exposure from 1 to 99',
          fix: 'keep some users on the old version until the bake has ended, or accept that small regressions pass',
        }),
      ),
    ),
  ]);
}

const compares = ({ checks }: Plan, id: string) => checks[id]?.compare === 'control';

function blindness(plan: Plan, phase: Phase, index: number): readonly Finding[] {
  const path = (id: string) =>
    `phases[${index}].observation.checks[${phase.observation?.checks.indexOf(id) ?? 0}]`;
  const unforeseen = (phase.observation?.checks ?? []).filter((id) => {
    const check = plan.checks[id];
    return check?.metric === 'rate' && hasControl(check, phase.exposure ?? 0) && !isForeseeable(check);
  });
  return [
    ...foresee(plan, phase, 1).flatMap(({ check, ratio }) =>
      when(ratio === undefined || ratio > ratioWanted, () =>
        warning('blind-bake', {
          path: path(check),
          value: ratio === undefined ? 'nothing below 10 times' : Math.round(ratio * 100) / 100,
          message: `"${phase.name}" finds "${check}" only from this many times the usual on`,
          allowed: `at most ${ratioWanted} times`,
          fix: 'expose more users, observe for longer, or measure something more frequent',
        }),
      ),
    ),
    ...unforeseen.map((id) =>
      warning('sight-unknown', {
        path: `checks.${id}.usual`,
        value: null,
        message: `nobody can say beforehand what "${phase.name}" will see of "${id}"`,
        allowed: '{ perMinute, badPercent }: events of all users, and the bad share of them',
        fix: 'say what traffic and what share are usual',
      }),
    ),
  ];
}
