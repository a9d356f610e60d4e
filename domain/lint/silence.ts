/** What would pass without anybody or anything having said so. */
import { addDays } from '../plan/calendar.ts';
import type { ChecklistItem, Phase, Plan } from '../plan/plan.ts';
import { error, type Finding, when } from './finding.ts';

export function criteria(plan: Plan): readonly Finding[] {
  return plan.phases.flatMap(({ gate }, i) =>
    gate.criteria.flatMap(({ check, approval, text }, c) =>
      when((check === undefined) === (approval === undefined), () =>
        error(check === undefined ? 'criterion-bound-to-nothing' : 'criterion-bound-twice', {
          path: `phases[${i}].gate.criteria[${c}]`,
          value: text,
          message:
            check === undefined ? 'nothing decides this criterion' : 'a check and an approval both decide it',
          allowed: 'check or approval, one of the two',
          fix: 'bind it to the check or the role that can tell',
        }),
      ),
    ),
  );
}

export function gates(plan: Plan): readonly Finding[] {
  return plan.phases.flatMap(({ gate }, i) =>
    when(gate.criteria.length === 0 && gate.approvals.roles.length === 0, () =>
      error('gate-always-open', {
        path: `phases[${i}].gate`,
        value: 'no criteria, no approvals',
        message: 'the gate passes without anything being shown or anybody being asked',
        allowed: 'at least one criterion or one role',
        fix: 'say what must be true, or who must agree',
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
        message: 'no data would count as healthy, and nobody says why',
        allowed: 'a written reason, or action hold or fail',
        fix: 'write the reason or let silence hold the gate',
      }),
    ),
    ...when(window.breaches > window.of, () =>
      error('window-never-breached', {
        path: `checks.${id}.window.breaches`,
        value: window.breaches,
        message: `${window.breaches} of the last ${window.of} readings can never be broken`,
        allowed: `1 to ${window.of}`,
        fix: 'ask for fewer breaches or look at more readings',
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
        return when(why !== undefined, () =>
          error('verified-by-what-never-happens', {
            path: `phases[${p}].checklists[${list}].items[${i}].verified`,
            value: item.verified,
            message: why ?? '',
            allowed: 'person, or what the phase itself runs, exposes, measures or sends',
            fix: 'let a person tick it, or verify it by what happens in this phase',
          }),
        );
      }),
    ),
  );
}

/** Why an item would never tick by itself, or nothing. */
export function cannotHappen(plan: Plan, phase: Phase, { verified, due }: ChecklistItem): string | undefined {
  if (verified === 'person') return undefined;
  if ('script' in verified) {
    const runs = phase.scripts.some(
      ({ script, when: use }) => script === verified.script && use === 'always',
    );
    return runs ? undefined : `the phase does not run the script "${verified.script}" every time`;
  }
  if ('exposure' in verified) {
    if (phase.exposure !== verified.exposure)
      return `the phase does not give access to ${verified.exposure} %`;
    return due === 'checklist'
      ? 'users come in only after the checklist, so it would wait for itself'
      : undefined;
  }
  return 'message' in verified ? cannotGo(plan, phase, verified.message, due) : undefined;
}

/** Why a message is not sent before the phase's gate, or nothing. One that is not defined is another rule's to report. */
function cannotGo(plan: Plan, phase: Phase, id: string, due: ChecklistItem['due']): string | undefined {
  const message = plan.messages.find((one) => one.id === id);
  if (!message) return undefined;
  const { date, guard } = message;
  if (!date) return `the message "${id}" has no date: only an event sends it`;
  const day = addDays(plan.launch.day, date.day);
  if (day > phase.to) return `the message "${id}" goes on ${day}, after the phase`;
  const index = plan.phases.indexOf(phase);
  const reached = Math.max(0, ...plan.phases.slice(0, index + 1).map(({ exposure }) => exposure ?? 0));
  if ((guard.exposureMin ?? 0) > reached) {
    return `the message "${id}" waits for ${guard.exposureMin} % and this phase gives ${reached} %`;
  }
  if (plan.phases.findIndex((one) => one.id === guard.phaseOpened) > index) {
    return `the message "${id}" waits for "${guard.phaseOpened}", which comes later`;
  }
  return due === 'checklist' && phase.exposure !== undefined
    ? 'messages of the phase go after the checklist, so it would wait for itself'
    : undefined;
}
