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
          message: `${role.name}: the ${member} is not filled in`,
          allowed:
            member === 'holder' ? 'the name of a person or a team' : 'a mail address or a telephone number',
          fix: `write the ${member} before the release starts`,
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
      ...gate.criteria.flatMap(({ approval }, c) =>
        when(approval !== undefined && !roles.includes(approval), () =>
          error('criterion-without-approver', {
            path: `${path}.criteria[${c}].approval`,
            value: approval,
            message: `the role "${approval}" decides a criterion and is not asked at this gate`,
            allowed: roles.join(', ') || 'no role is asked at this gate',
            fix: 'add the role to approvals.roles or bind the criterion to another',
          }),
        ),
      ),
      ...when(peopleMin > new Set(roles).size, () =>
        error('too-few-approvers', {
          path: `${path}.approvals.peopleMin`,
          value: peopleMin,
          message: `${peopleMin} people must approve and only ${new Set(roles).size} roles are asked`,
          allowed: `at most ${new Set(roles).size}`,
          fix: 'ask more roles or fewer people',
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
      message: role.external
        ? `"${id}" is outside the team and cannot approve`
        : `nobody holds the role "${id}"`,
      allowed: 'a role of the team with a holder',
      fix: 'name a holder or ask another role',
    }),
  );
}

export function ladder(plan: Plan): readonly Finding[] {
  const empty = when(plan.escalation.length === 0, () =>
    error('no-escalation', {
      path: 'escalation',
      value: [],
      message: 'an incident would call nobody',
      allowed: 'at least one level',
      fix: 'say who is called first, and who when they do not answer',
    }),
  );
  return [...empty, ...plan.escalation.flatMap((level, i) => rung(plan, level, i))];
}

function rung(plan: Plan, { level, role, severity }: EscalationLevel, i: number): readonly Finding[] {
  return [
    ...when(level !== i + 1, () =>
      error('escalation-order', {
        path: `escalation[${i}].level`,
        value: level,
        message: 'the levels do not count 1, 2, 3 … in order',
        allowed: `${i + 1}`,
        fix: 'number and order the levels as they are climbed',
      }),
    ),
    ...when((roleOf(plan, role)?.contact ?? 'unknown').trim() === '', () =>
      error('level-without-contact', {
        path: `escalation[${i}].role`,
        value: role,
        message: `level ${level} calls "${role}", who has no contact`,
        allowed: 'a role with a contact',
        fix: `write roles.${role}.contact`,
      }),
    ),
    ...when(plan.escalation.findIndex((other) => other.severity === severity) !== i, () =>
      error('severity-twice', {
        path: `escalation[${i}].severity`,
        value: severity,
        message: `two levels are the first for "${severity}"`,
        allowed: severities.join(', '),
        fix: 'give each severity one first level',
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
      warning('severity-without-level', {
        path: 'escalation',
        value: severity,
        message: `no level is the first for "${severity}": it starts at the lowest`,
        allowed: 'a level for each severity',
        fix: 'give it a level, if the lowest is wrong',
      }),
    );
}
