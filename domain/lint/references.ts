/** Every id that names something must name something that is there. */
import type { Plan } from '../plan/plan.ts';
import { argumentNames } from '../plan/scripts.ts';
import { error, type Finding, warning, when } from './finding.ts';
import type { ReferenceKind } from './findings.ts';

interface Reference {
  readonly path: string;
  readonly kind: ReferenceKind;
  readonly id: string | undefined;
}

const idsOf = (plan: Plan): Readonly<Record<ReferenceKind, readonly string[]>> => ({
  phase: plan.phases.map(({ id }) => id),
  role: Object.keys(plan.roles),
  check: Object.keys(plan.checks),
  script: Object.keys(plan.scripts),
  component: Object.keys(plan.components),
  message: plan.messages.map(({ id }) => id),
  segment: Object.keys(plan.segments),
});

export function unknownReferences(plan: Plan): readonly Finding[] {
  const ids = idsOf(plan);
  return referencesOf(plan).flatMap(({ path, kind, id }) => {
    const known = ids[kind];
    if (id === undefined || known.includes(id)) return [];
    return [error('unknown-reference', { path, value: id, params: { kind, id, known } })];
  });
}

/** A cohort is named by its percentage: a phase must give it. 100 is everybody, in every plan. */
export function unknownExposures({ phases, messages }: Plan): readonly Finding[] {
  const given = [...new Set([...phases.flatMap(({ exposure }) => exposure ?? []), 100])];
  return messages.flatMap(({ audience }, i) =>
    'exposed' in audience
      ? when(!given.includes(audience.exposed), () =>
          error('unknown-reference', {
            path: `messages[${i}].audience.exposed`,
            value: audience.exposed,
            params: { kind: 'exposure', percent: audience.exposed, given },
          }),
        )
      : [],
  );
}

/** Checks and scripts that nothing uses are forgotten, or misspelt somewhere. */
export function unused(plan: Plan): readonly Finding[] {
  const used = new Set(referencesOf(plan).map(({ kind, id }) => `${kind} ${id}`));
  const unusedOf = (kind: 'check' | 'script') => idsOf(plan)[kind].filter((id) => !used.has(`${kind} ${id}`));
  return [
    ...unusedOf('check').map((check) =>
      warning('unused-check', { path: `checks.${check}`, value: check, params: { check } }),
    ),
    ...unusedOf('script').map((script) =>
      warning('unused-script', { path: `scripts.${script}`, value: script, params: { script } }),
    ),
  ];
}

function referencesOf(plan: Plan): readonly Reference[] {
  const one = (path: string, kind: ReferenceKind, id: string | undefined): Reference => ({ path, kind, id });
  const all = (path: string, kind: ReferenceKind, ids: readonly string[]) =>
    ids.map((id, i) => one(`${path}[${i}]`, kind, id));
  return [
    one('launch.phase', 'phase', plan.launch.phase),
    ...plan.periods.flatMap(({ phases }, i) => all(`periods[${i}].phases`, 'phase', phases)),
    ...plan.escalation.map(({ role }, i) => one(`escalation[${i}].role`, 'role', role)),
    ...Object.entries(plan.checks).map(([id, { component }]) =>
      one(`checks.${id}.component`, 'component', component),
    ),
    ...Object.entries(plan.measures).flatMap(([id, { roles }]) => all(`measures.${id}.roles`, 'role', roles)),
    ...plan.successMetrics.map(({ check }, i) => one(`successMetrics[${i}].check`, 'check', check)),
    ...plan.risks.flatMap(({ watchedBy }, i) => [
      ...all(`risks[${i}].watchedBy.checks`, 'check', watchedBy.checks),
      ...all(`risks[${i}].watchedBy.phases`, 'phase', watchedBy.phases),
    ]),
    ...plan.phases.flatMap((phase, i) => phaseReferences(phase, `phases[${i}]`)),
    ...(plan.feedback?.questions ?? []).flatMap(({ after }, i) =>
      all(`feedback.questions[${i}].after`, 'message', after),
    ),
    ...plan.freezes.flatMap(({ phases = [] }, i) => all(`freezes[${i}].phases`, 'phase', phases)),
    ...all('candidate.replaceableIn', 'phase', plan.candidate?.replaceableIn ?? []),
    ...plan.messages.flatMap(({ audience, guard, invitesTo }, i) => [
      one(`messages[${i}].audience.segment`, 'segment', 'segment' in audience ? audience.segment : undefined),
      one(`messages[${i}].guard.phaseOpened`, 'phase', guard.phaseOpened),
      one(`messages[${i}].invitesTo`, 'phase', invitesTo),
    ]),
    ...plan.reports.flatMap(({ roles, phases }, i) => [
      ...all(`reports[${i}].roles`, 'role', roles),
      ...all(`reports[${i}].phases`, 'phase', phases),
    ]),
    ...Object.entries(plan.rollback).flatMap(([level, { steps, notice }]) => [
      one(`rollback.${level}.notice`, 'message', notice),
      ...steps.map(({ action }, i) => {
        const path = `rollback.${level}.steps[${i}].action`;
        if (action.kind === 'script') return one(`${path}.script`, 'script', action.script);
        if (action.kind === 'message') return one(`${path}.message`, 'message', action.message);
        return one(`${path}.owner`, 'role', action.kind === 'task' ? action.owner : undefined);
      }),
    ]),
  ];
}

function phaseReferences(phase: Plan['phases'][number], path: string): readonly Reference[] {
  const one = (at: string, kind: ReferenceKind, id: string | undefined): Reference => ({
    path: `${path}.${at}`,
    kind,
    id,
  });
  const { gate, correction } = phase;
  return [
    ...phase.scripts.map(({ script }, i) => one(`scripts[${i}].script`, 'script', script)),
    ...(phase.observation?.checks ?? []).map((id, i) => one(`observation.checks[${i}]`, 'check', id)),
    ...gate.criteria.flatMap(({ check, approval }, i) => [
      one(`gate.criteria[${i}].check`, 'check', check),
      one(`gate.criteria[${i}].approval`, 'role', approval),
    ]),
    ...gate.approvals.roles.map((role, i) => one(`gate.approvals.roles[${i}]`, 'role', role)),
    one('correction.phase', 'phase', correction === 'in-place' ? undefined : correction.phase),
    ...phase.checklists.flatMap(({ items }, list) =>
      items.flatMap(({ owner, verified }, i) => {
        const at = `checklists[${list}].items[${i}]`;
        const seen: Readonly<Record<string, unknown>> = typeof verified === 'object' ? verified : {};
        const named = (kind: 'script' | 'check' | 'message') =>
          one(`${at}.verified.${kind}`, kind, typeof seen[kind] === 'string' ? seen[kind] : undefined);
        return [one(`${at}.owner`, 'role', owner), named('script'), named('check'), named('message')];
      }),
    ),
  ];
}

export function unknownPlaceholders(plan: Plan): readonly Finding[] {
  const scripts = Object.entries(plan.scripts).flatMap(([id, script]) =>
    placeholdersIn(script.arguments, `scripts.${id}.arguments`),
  );
  const undoing = Object.entries(plan.rollback).flatMap(([level, { steps }]) =>
    steps.flatMap(({ action }, i) =>
      action.kind === 'script'
        ? placeholdersIn(action.arguments ?? {}, `rollback.${level}.steps[${i}].action.arguments`)
        : [],
    ),
  );
  return [...scripts, ...undoing];
}

/** Names are written without blanks: `fillArguments` would leave `{{ version }}` as it is. */
function placeholdersIn(values: Readonly<Record<string, string>>, path: string): readonly Finding[] {
  const names: readonly string[] = argumentNames;
  return Object.entries(values).flatMap(([name, value]) =>
    [...value.matchAll(/\{\{(.*?)\}\}/g)].flatMap(([placeholder, key = '']) =>
      when(!names.includes(key), () =>
        error('unknown-placeholder', {
          path: `${path}.${name}`,
          value: placeholder,
          params: {
            placeholder,
            known: argumentNames,
            ...(names.includes(key.trim()) ? { meant: key.trim() } : {}),
          },
        }),
      ),
    ),
  );
}
