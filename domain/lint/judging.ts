/** Checks that no test could judge, and bakes that would not see what they are for. */
import { hasControl, isCounted } from '../judge/check.ts';
import { ratioSeenMax } from '../judge/detectable-effect.ts';
import { foresee, isForeseeable } from '../judge/detectable-effect-of-phase.ts';
import type { Check, Phase, Plan } from '../plan/plan.ts';
import { error, type Finding, warning, when } from './finding.ts';

/** Of 100 requests, so many may be bad: what a share of bad events can be measured against. */
const isPercentage = ({ value, unit }: Check['objective']) => unit === '%' && value > 0 && value < 100;

export function tested(plan: Plan): readonly Finding[] {
  return Object.entries(plan.checks).flatMap(([id, check]) => [
    ...when(check.compare === 'control' && check.tolerance === undefined && !isCounted(check), () =>
      error('control-without-tolerance', { path: `checks.${id}.tolerance`, value: null, params: {} }),
    ),
    ...when((check.metric === 'rate' || check.metric === 'share') && !isPercentage(check.objective), () =>
      error('share-without-percentage', {
        path: `checks.${id}.objective`,
        value: `${check.objective.value} ${check.objective.unit}`,
        params: {},
      }),
    ),
    ...when(isCounted(check) && check.compare !== 'control', () =>
      error('count-without-control', {
        path: `checks.${id}.compare`,
        value: check.compare,
        params: { metric: check.metric },
      }),
    ),
    ...when(check.certify !== undefined && !canCertify(check), () =>
      error('certificate-without-test', {
        path: `checks.${id}.certify`,
        value: check.certify,
        params: { tolerance: check.tolerance ?? 1 },
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
          params: { check: id, percent: phase.exposure ?? 0 },
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
          value: ratio === undefined ? null : Math.round(ratio * 100) / 100,
          params: {
            phase: phase.name,
            check,
            wanted: ratioWanted,
            ...(ratio === undefined ? { noneBelow: ratioSeenMax } : {}),
          },
        }),
      ),
    ),
    ...unforeseen.map((id) =>
      warning('sight-unknown', {
        path: `checks.${id}.usual`,
        value: null,
        params: { phase: phase.name, check: id },
      }),
    ),
  ];
}
