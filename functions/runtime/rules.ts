/** Who may ask for something: in words for people, and as roles of whichever plan is deployed. */

import { NotPermitted } from '#domain/errors.ts';
import { itemOf, phaseOf } from '#domain/plan/checklist.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { reportedMeasure } from '#domain/rules/measures.ts';

/** What a rule looks at of a request that has been parsed. */
export interface PermissionInput {
  readonly phase?: string;
  readonly item?: string;
  readonly role?: string;
  readonly measure?: string;
}
export interface PermissionRule {
  /** Completes "who may: …". */
  readonly says: string;
  /** The roles of which one is enough; without them it is enough to be signed in. Throws NotFound, NotPermitted. */
  readonly roles?: (plan: Plan, asked: PermissionInput) => readonly string[];
}

const approversOf = (plan: Plan, phase = '') => phaseOf(plan, phase).gate.approvals.roles;

export const anybody: PermissionRule = { says: 'anybody who signed in' };

export const team: PermissionRule = {
  says: 'any role of the plan',
  roles: ({ roles }) => Object.keys(roles),
};

/** They steer the release as a whole. */
export const conductors: PermissionRule = {
  says: 'the roles of the launch phase’s gate',
  roles: (plan) => approversOf(plan, plan.launch.phase),
};

/** They answer what users ask about their data; the first two where the plan has them. */
export const dataProtectors: PermissionRule = {
  says: '`support`, `security`, the roles of the launch phase’s gate',
  roles: (plan) => [
    ...['support', 'security'].filter((role) => Object.hasOwn(plan.roles, role)),
    ...approversOf(plan, plan.launch.phase),
  ],
};

export const approvers: PermissionRule = {
  says: 'the roles of the phase’s gate',
  roles: (plan, { phase }) => approversOf(plan, phase),
};

/** Whoever conducts the release may, in every phase of it. */
export const approversOrConductors: PermissionRule = {
  says: 'the roles of the phase’s gate and of the launch phase’s gate',
  roles: (plan, { phase }) => [
    ...new Set([...approversOf(plan, phase), ...approversOf(plan, plan.launch.phase)]),
  ],
};

export const namedApprover: PermissionRule = {
  says: 'the roles of the phase’s gate, each as itself',
  roles: (plan, { phase = '', role = '' }) => {
    const asked = approversOf(plan, phase);
    if (asked.includes(role)) return [role];
    throw new NotPermitted({ code: 'role-not-of-gate', params: { phase, role, asked } });
  },
};

export const reporters: PermissionRule = {
  says: 'the roles that the plan names for the measure',
  roles: ({ measures }, { measure = '' }) => reportedMeasure(measures, measure).roles,
};

export const ownerOrApprover: PermissionRule = {
  says: 'the item’s owner, the roles of the phase’s gate',
  roles: (plan, { phase = '', item = '' }) => [
    itemOf(phaseOf(plan, phase), item).owner,
    ...approversOf(plan, phase),
  ],
};

export const owner: PermissionRule = {
  says: 'the item’s owner',
  roles: (plan, { phase = '', item = '' }) => [itemOf(phaseOf(plan, phase), item).owner],
};
