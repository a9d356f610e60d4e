/** Alerts: what has just happened, for the roles that it concerns, in the plan's language, with what they can do now. */

import { say } from '#domain/coded.ts';
import type { BlindSpot, Blocker, TaskTitle } from '#domain/ledger/causes.ts';
import type { PhaseResolution, Reason } from '#domain/ledger/facts.ts';
import type { IncidentRecord } from '#domain/ledger/records.ts';
import { ofBlindSpot, ofCause, ofTitle } from '#domain/ledger/words.ts';
import type { Notice, NoticeKind } from '#domain/mailing/notice.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import type { EscalationLevel, Plan } from '#domain/plan/plan.ts';
import type { Quoted } from '#domain/quoted.ts';
import type { WayBack } from '#domain/rules/grave-incidents.ts';
import { formatOf } from './format.ts';
import { typeset } from './mail/typography.ts';
import { type AlertText, alertTextsOf } from './messages/alerts.ts';
import { type CauseTexts, namesOf } from './messages/causes.ts';
import { shown } from './words.ts';

/** A phase of a release. */
export interface Where {
  readonly releaseId: string;
  readonly phase: string;
}

const ofPhase = ({ releaseId, phase }: Where) => `/releases/${releaseId}/phases/${phase}`;

/** Who hears of a phase in real time, by the plan's reports. */
const inRealTime = ({ reports }: Plan, phase: string): readonly string[] =>
  reports
    .filter(({ cadence, phases }) => cadence === 'real-time' && phases.includes(phase))
    .flatMap(({ roles }) => roles);

const causesOf = (plan: Plan): CauseTexts =>
  alertTextsOf(plan.language).causes(namesOf(plan, formatOf(plan.language, plan.timeZone)));

const named = ({ roles }: Plan, ids: readonly string[]): string =>
  ids.map((id) => roles[id]?.name ?? id).join(', ');

function notice(
  { language }: Plan,
  told: Pick<Notice, 'releaseId' | 'kind' | 'about' | 'roles' | 'severity'>,
  { subject, text, next }: AlertText,
  words: readonly Quoted[] = [],
): Notice {
  const said = words.map(shown);
  const set = (one: string) => typeset(one, language, said);
  // What is to be typed stays as it is.
  return { ...told, roles: [...new Set(told.roles)], subject: set(subject), text: `${set(text)}\n\n${next}` };
}

/** To those who approve the phase, and to others. */
function toPhase(
  plan: Plan,
  { releaseId, phase }: Where,
  kind: NoticeKind,
  text: AlertText,
  others: readonly string[] = [],
  words: readonly Quoted[] = [],
): Notice {
  const roles = [...phaseOf(plan, phase).gate.approvals.roles, ...others];
  return notice(plan, { releaseId, kind, about: phase, roles }, text, words);
}

export function gateWaits(plan: Plan, where: Where): Notice {
  const { name, gate } = phaseOf(plan, where.phase);
  const roles = named(plan, gate.approvals.roles);
  return toPhase(
    plan,
    where,
    'gate',
    alertTextsOf(plan.language).gateWaits(name, roles, `POST ${ofPhase(where)}/gate`),
  );
}

/** To the roles that have not approved; to all who approve when it is not they who are missing. */
export function gateReminder(plan: Plan, where: Where, missing: readonly string[]): Notice {
  const { name, gate } = phaseOf(plan, where.phase);
  const texts = alertTextsOf(plan.language);
  const waitsFor = missing.length > 0 ? named(plan, missing) : texts.gateChecks;
  const text = texts.gateReminder(name, waitsFor, gate.timeoutHours, `POST ${ofPhase(where)}/gate`);
  const roles = missing.length > 0 ? missing : gate.approvals.roles;
  return notice(plan, { releaseId: where.releaseId, kind: 'reminder', about: where.phase, roles }, text);
}

/** Where each is answered, after the phase's own path. */
const answerPaths = {
  correction: 'correction/report',
  decision: 'decide',
  agreement: 'rollback',
} as const;

/** A phase waits for a person's answer: what is asked is what the state machine waits for. */
export function answerWanted(plan: Plan, where: Where, asked: keyof typeof answerPaths): Notice {
  const texts = alertTextsOf(plan.language);
  const say = {
    correction: texts.correction,
    decision: texts.decision,
    agreement: texts.agreement,
  }[asked];
  const text = say(phaseOf(plan, where.phase).name, `POST ${ofPhase(where)}/${answerPaths[asked]}`);
  return toPhase(plan, where, 'gate', text);
}

/** A phase is held: by a blocker, or until a person chooses one of the answers. */
export function phaseHeld(
  plan: Plan,
  where: Where,
  answers: readonly PhaseResolution[],
  blocker: Blocker | undefined,
): Notice {
  const texts = alertTextsOf(plan.language);
  const { name } = phaseOf(plan, where.phase);
  const route = `POST ${ofPhase(where)}/resume`;
  const text =
    blocker === undefined
      ? texts.held(name, route, answers)
      : texts.blocked(name, say(causesOf(plan).blockers, blocker), route, answers);
  return toPhase(plan, where, 'gate', text);
}

export function checklistLate(plan: Plan, where: Where, owners: readonly string[], open: number): Notice {
  const { name } = phaseOf(plan, where.phase);
  const text = alertTextsOf(plan.language).checklistLate(
    name,
    open,
    `POST ${ofPhase(where)}/items/<item>/tick`,
  );
  return notice(
    plan,
    { releaseId: where.releaseId, kind: 'reminder', about: where.phase, roles: owners },
    text,
  );
}

/** To the role that is called; with the first call, to those who hear of the phase in real time. */
export function incidentCalled(
  plan: Plan,
  of: {
    readonly releaseId: string;
    readonly incident: string;
    readonly called: EscalationLevel;
    /** What the plan names for the severity, where there is something to take back. */
    readonly offered?: WayBack;
  },
  { severity, title, phase }: Pick<IncidentRecord, 'severity' | 'title' | 'phase'>,
): Notice {
  const { releaseId, incident, called, offered } = of;
  const first = plan.escalation.find((candidate) => candidate.severity === severity) === called;
  const texts = alertTextsOf(plan.language);
  const route = `POST /releases/${releaseId}/incidents/${incident}/acknowledge`;
  const way = offered && {
    name: plan.rollback[offered.level].name,
    route: `POST ${ofPhase({ releaseId, phase: offered.phase })}/order`,
    body: orderBody(offered),
  };
  const text = texts.incident(
    texts.severities[severity],
    say(causesOf(plan).titles, title),
    called.level,
    called.condition,
    route,
    way,
  );
  const roles = [called.role, ...(first ? inRealTime(plan, phase) : [])];
  return notice(
    plan,
    { releaseId, kind: 'incident', about: incident, severity, roles },
    text,
    ofTitle(title),
  );
}

/** As it is typed; what only the reader knows is left to them. */
const orderBody = ({ level }: WayBack): string => {
  const component = level === 'full' ? {} : { component: '<component>' };
  return JSON.stringify({ order: 'roll-back', level, ...component, reason: '' });
};

export function rollbackFailed(plan: Plan, where: Where, failure: string): Notice {
  const { name, gate } = phaseOf(plan, where.phase);
  const { releaseId, phase } = where;
  const text = alertTextsOf(plan.language).rollbackFailed(name, failure, `GET /releases/${releaseId}`);
  const roles = [...gate.approvals.roles, ...inRealTime(plan, phase)];
  return notice(plan, { releaseId, kind: 'incident', about: phase, severity: 'major', roles }, text);
}

interface TaskToTell extends Record<'releaseId' | 'task' | 'owner', string> {
  readonly title: TaskTitle;
}

export function taskOpened(plan: Plan, { releaseId, task, title, owner }: TaskToTell): Notice {
  const text = alertTextsOf(plan.language).task(
    say(causesOf(plan).tasks, title),
    `GET /releases/${releaseId}/timeline`,
  );
  return notice(plan, { releaseId, kind: 'reminder', about: task, roles: [owner] }, text);
}

/** A bake that ended other than well. */
export function observationSays(
  plan: Plan,
  where: Where,
  verdict: 'unhealthy' | 'inconclusive',
  { cause, severity }: Reason,
): Notice {
  const why = cause === undefined ? '' : say(causesOf(plan).causes, cause);
  const told = ofObservation(plan, where, verdict, why, cause === undefined ? [] : ofCause(cause));
  return severity === undefined ? told : { ...told, severity };
}

export const observationFrozen = (plan: Plan, where: Where, blind: BlindSpot): Notice =>
  ofObservation(plan, where, 'frozen', say(causesOf(plan).blindSpots, blind), ofBlindSpot(blind));

function ofObservation(
  plan: Plan,
  where: Where,
  verdict: 'unhealthy' | 'inconclusive' | 'frozen',
  why: string,
  words: readonly Quoted[],
): Notice {
  const { name } = phaseOf(plan, where.phase);
  const said = alertTextsOf(plan.language)[verdict](name, why, `GET ${ofPhase(where)}/looks`);
  return toPhase(plan, where, 'verdict', said, inRealTime(plan, where.phase), words);
}

/** Users got access, or lost it: for those who hear of the phase in real time; nothing when nobody does. */
export function exposed(plan: Plan, where: Where, from: number, to: number): Notice | undefined {
  const roles = inRealTime(plan, where.phase);
  if (roles.length === 0 || from === to) return undefined;
  const route = `GET /releases/${where.releaseId}/timeline`;
  const text = alertTextsOf(plan.language).exposed(phaseOf(plan, where.phase).name, from, to, route);
  return notice(plan, { releaseId: where.releaseId, kind: 'report', about: where.phase, roles }, text);
}
