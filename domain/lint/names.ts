/** No id may be given twice, and no name that becomes a state of the machine. */
import type { Plan } from '../plan/plan.ts';
import { error, type Finding } from './finding.ts';

/** What must differ within one scope, and where each of it is written. */
type Named = readonly (readonly [path: string, name: string])[];

export function duplicates(plan: Plan): readonly Finding[] {
  const ids = (list: string, items: readonly { readonly id: string }[]): Named =>
    items.map(({ id }, i) => [`${list}[${i}].id`, id] as const);
  const scopes: readonly Named[] = [
    ids('phases', plan.phases),
    stateNames(plan),
    plan.phases.flatMap(({ checklists }, p) =>
      checklists.flatMap(({ items }, list) => ids(`phases[${p}].checklists[${list}].items`, items)),
    ),
    ids('messages', plan.messages),
    ids('reports', plan.reports),
    ids('risks', plan.risks),
    ids('freezes', plan.freezes),
    ids('feedback.questions', plan.feedback?.questions ?? []),
    (plan.feedback?.questions ?? []).map(
      ({ measure }, i) => [`feedback.questions[${i}].measure`, measure] as const,
    ),
    ...plan.phases.map(({ gate }, p) => ids(`phases[${p}].gate.criteria`, gate.criteria)),
    ...plan.phases.map(({ scripts }, p) =>
      scripts.map(({ script }, i) => [`phases[${p}].scripts[${i}].script`, script] as const),
    ),
    ...Object.entries(plan.rollback).map(([level, { steps }]) => ids(`rollback.${level}.steps`, steps)),
  ];
  return scopes.flatMap(twice);
}

/** Phases and rollback levels are boxes of one graph. */
const stateNames = ({ phases, rollback }: Plan): Named => [
  ...phases.map(({ name }, i) => [`phases[${i}].name`, name] as const),
  ...Object.entries(rollback).map(([level, { name }]) => [`rollback.${level}.name`, name] as const),
];

/** Each repetition, at its own place, with the place it repeats. */
function twice(named: Named): readonly Finding[] {
  const first = new Map<string, string>();
  return named.flatMap(([path, name]) => {
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, path);
      return [];
    }
    return [error('duplicate', { path, value: name, params: { name, before } })];
  });
}
