/** The tables of `docs/reference/api.md`: every operation with who may ask for it, what that means in a plan, and the problems. */

import { errorNames } from '#domain/errors.ts';
import { itemsOf, phaseOf } from '#domain/plan/checklist.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { operations } from '#functions/runtime/operations.ts';
import { statusOf } from '#functions/runtime/problem.ts';
import { rewritten, table } from './tables.ts';

const operationsTable = () =>
  table(
    ['request', 'to', 'who may'],
    Object.values(operations).map(({ method, path, to, who }) => [`\`${method} ${path}\``, to, who.says]),
  );

/** What each role may, besides what everybody may: where it steers, signs and ticks. */
function rolesTable(plan: Plan): string {
  const steering = phaseOf(plan, plan.launch.phase).gate.approvals.roles;
  const signsAt = (role: string) =>
    plan.phases.filter(({ gate }) => gate.approvals.roles.includes(role)).map(({ id }) => id);
  const itemCount = (role: string) =>
    plan.phases.flatMap(itemsOf).filter(({ owner }) => owner === role).length;
  return table(
    ['role', 'steers the release', 'decides at the gates of', 'ticks'],
    Object.keys(plan.roles).map((role) => [
      `\`${role}\``,
      steering.includes(role) ? 'yes' : '',
      signsAt(role).join(', '),
      `${itemCount(role)} items`,
    ]),
  );
}

/** What errors of ours a status may mean; the rest is HTTP's own. */
const problemsTable = () =>
  table(
    ['status', 'type'],
    [...new Set(errorNames.map(statusOf))]
      .filter((status) => status !== 500)
      .toSorted((a = 0, b = 0) => a - b)
      .map((status) => [
        String(status),
        errorNames
          .filter((name) => statusOf(name) === status)
          .map((name) => `\`${name}\``)
          .join(', '),
      ]),
  );

/** The page with its tables anew. Throws RangeError when their places are not there. */
export const withTables = (page: string, plan: Plan): string =>
  rewritten(page, { operations: operationsTable(), roles: rolesTable(plan), problems: problemsTable() });
