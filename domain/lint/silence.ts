/** What would pass without anybody or anything having said so. */
import { addDays } from '../plan/calendar.ts';
import type { ChecklistItem, Phase, Plan } from '../plan/plan.ts';
import { error, type Finding, when } from './finding.ts';
import type { NeverHappens } from './findings.ts';

export function criteria(plan: Plan): readonly Finding[] {
  return plan.phases.flatMap(({ gate }, i) =>
    gate.criteria.flatMap(({ check, approval, text }, c) => {
      const found = { path: `phases[${i}].gate.criteria[${c}]`, value: text, params: {} };
      return [
        ...when(check === undefined && approval === undefined, () =>
          error('criterion-bound-to-nothing', found),
        ),
        ...when(check !== undefined && approval !== undefined, () => error('criterion-bound-twice', found)),
      ];
    }),
  );
}

export function gates(plan: Plan): readonly Finding[] {
  return plan.phases.flatMap(({ gate }, i) =>
    when(gate.criteria.length === 0 && gate.approvals.roles.length === 0, () =>
      error('gate-always-open', {
        path: `phases[${i}].gate`,
        value: { criteria: [], roles: [] },
        params: {},
      }),
    ),
  );
}

export function checks(plan: Plan): readonly Finding[] {
  return Object.entries(plan.checks).flatMap(([id, { noData, window }]) => [
    ...when(noData.action === 'pass' && !noData.reason?.trim(), () =>
      error('silence-passes', {
        path: `checks.${id}.noData.reason`,
        value: noData.action === 'pass' ? (noData.reason ?? null) : null,
        params: {},
      }),
    ),
    ...when(window.breaches > window.of, () =>
      error('window-never-breached', {
        path: `checks.${id}.window.breaches`,
        value: window.breaches,
        params: { breaches: window.breaches, of: window.of },
      }),
    ),
  ]);
}

/** Items that the system verifies by something that does not happen where it would count. */
export function verifications(plan: Plan): readonly Finding[] {
  return plan.phases.flatMap((phase, p) =>
    phase.checklists.flatMap(({ items }, list) =>
      items.flatMap((item, i) => {
        const why = cannotHappen(plan, phase, item);
        if (!why) return [];
        const path = `phases[${p}].checklists[${list}].items[${i}].verified`;
        return [error('verified-by-what-never-happens', { path, value: item.verified, params: { why } })];
      }),
    ),
  );
}

/** Why an item would never tick by itself, or nothing. */
export function cannotHappen(
  plan: Plan,
  phase: Phase,
  { verified, due }: ChecklistItem,
): NeverHappens | undefined {
  if (verified === 'person') return undefined;
  if ('script' in verified) {
    const { script } = verified;
    const runs = phase.scripts.some((one) => one.script === script && one.when === 'always');
    return runs ? undefined : { code: 'script-not-always', params: { script } };
  }
  if ('exposure' in verified) {
    if (phase.exposure !== verified.exposure)
      return { code: 'exposure-not-given', params: { percent: verified.exposure } };
    return due === 'checklist' ? { code: 'users-after-checklist', params: {} } : undefined;
  }
  return 'message' in verified ? cannotGo(plan, phase, verified.message, due) : undefined;
}

/** Why a message is not sent before the phase's gate, or nothing. One that is not defined is another rule's to report. */
function cannotGo(plan: Plan, phase: Phase, id: string, due: ChecklistItem['due']): NeverHappens | undefined {
  const found = plan.messages.find((one) => one.id === id);
  if (!found) return undefined;
  const { date, guard } = found;
  if (!date) return { code: 'message-without-date', params: { message: id } };
  const day = addDays(plan.launch.day, date.day);
  if (day > phase.to) return { code: 'message-after-phase', params: { message: id, day } };
  const index = plan.phases.indexOf(phase);
  const reachedPercent = Math.max(0, ...plan.phases.slice(0, index + 1).map(({ exposure }) => exposure ?? 0));
  const { exposureMin: percent = 0, phaseOpened } = guard;
  if (percent > reachedPercent)
    return { code: 'message-waits-for-exposure', params: { message: id, percent, reachedPercent } };
  if (phaseOpened !== undefined && plan.phases.findIndex((one) => one.id === phaseOpened) > index)
    return { code: 'message-waits-for-phase', params: { message: id, phase: phaseOpened } };
  return due === 'checklist' && phase.exposure !== undefined
    ? { code: 'messages-after-checklist', params: {} }
    : undefined;
}
