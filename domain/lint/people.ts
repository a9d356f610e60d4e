/** Who approves, who is called: roles that somebody holds, contacts that somebody answers. */
import { type EscalationLevel, type Plan, type Role, severities } from '../plan/plan.ts';
import { error, type Finding, warning, when } from './finding.ts';

const isPlaceholder = (text: string) => /^\[.*\]$/.test(text.trim());

/** Roles of the team whose holder or contact is still a placeholder: the plan works, people cannot be reached. */
export function placeholders(plan: Plan): readonly Finding[] {
  return Object.entries(plan.roles).flatMap(([id, role]) =>
    (['holder', 'contact'] as const).flatMap((member) =>
      when(isPlaceholder(role[member]), () =>
        warning('placeholder', {
          path: `roles.${id}.${member}`,
          value: role[member],
          params: { role: role.name, member },
        }),
      ),
    ),
  );
}

export function approvers(plan: Plan): readonly Finding[] {
  return plan.phases.flatMap(({ gate }, i) => {
    const path = `phases[${i}].gate`;
    const { roles, peopleMin } = gate.approvals;
    return [
      ...roles.flatMap((id, r) => unheld(roleOf(plan, id), `${path}.approvals.roles[${r}]`, id)),
      ...gate.criteria.flatMap(({ approval }, c) => {
        if (approval === undefined || roles.includes(approval)) return [];
        const place = { path: `${path}.criteria[${c}].approval`, value: approval };
        return [error('criterion-without-approver', { ...place, params: { role: approval, asked: roles } })];
      }),
      ...when(peopleMin > new Set(roles).size, () =>
        error('too-few-approvers', {
          path: `${path}.approvals.peopleMin`,
          value: peopleMin,
          params: { peopleMin, roles: new Set(roles).size },
        }),
      ),
    ];
  });
}

/** An id such as `constructor` names something on every object, and no role. */
const roleOf = ({ roles }: Plan, id: string): Role | undefined =>
  Object.hasOwn(roles, id) ? roles[id] : undefined;

function unheld(role: Role | undefined, path: string, id: string): readonly Finding[] {
  if (!role) return [];
  return when(role.external === true || role.holder.trim() === '', () =>
    error('approver-nobody-holds', {
      path,
      value: id,
      params: { role: id, external: role.external === true },
    }),
  );
}

export function ladder(plan: Plan): readonly Finding[] {
  const empty = when(plan.escalation.length === 0, () =>
    error('no-escalation', { path: 'escalation', value: [], params: {} }),
  );
  return [...empty, ...plan.escalation.flatMap((level, i) => rung(plan, level, i))];
}

function rung(plan: Plan, { level, role, severity }: EscalationLevel, i: number): readonly Finding[] {
  return [
    ...when(level !== i + 1, () =>
      error('escalation-order', {
        path: `escalation[${i}].level`,
        value: level,
        params: { expected: i + 1 },
      }),
    ),
    ...when((roleOf(plan, role)?.contact ?? 'unknown').trim() === '', () =>
      error('level-without-contact', { path: `escalation[${i}].role`, value: role, params: { level, role } }),
    ),
    ...when(plan.escalation.findIndex((other) => other.severity === severity) !== i, () =>
      error('severity-twice', {
        path: `escalation[${i}].severity`,
        value: severity,
        params: { severity, severities },
      }),
    ),
  ];
}

export function severitiesCalled(plan: Plan): readonly Finding[] {
  // Without any level `ladder` has said so.
  if (plan.escalation.length === 0) return [];
  return severities
    .filter((severity) => !plan.escalation.some((level) => level.severity === severity))
    .map((severity) =>
      warning('severity-without-level', { path: 'escalation', value: severity, params: { severity } }),
    );
}
