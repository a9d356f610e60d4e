/** Alerts in English. `route` is of the API (`docs/reference/api.md`), with the method before it. */
import { englishCauses } from './causes.english.ts';
import { englishSeverities } from './severities.ts';

export interface AlertText {
  readonly subject: string;
  /** What has happened. */
  readonly text: string;
  /** What the reader can do now. */
  readonly next: string;
}

const items = (count: number) => `${count} ${count === 1 ? 'item' : 'items'}`;

/** The rollback level that the plan names for a severity, as it is ordered. */
interface OfferedWay {
  readonly name: string;
  readonly route: string;
  readonly body: string;
}

const chosen = (route: string, [first = '', ...others]: readonly string[]) =>
  `${route} with {"resolution": "${first}", "comment": ""}${others.length > 0 ? ` (or ${others.join(', ')})` : ''}. To go back: POST .../order with "roll-back" and a level`;

export const englishAlerts = {
  causes: englishCauses,
  gateWaits: (phase: string, roles: string, route: string): AlertText => ({
    subject: `${phase}: the gate waits for your approval`,
    text: `The gate of ${phase} is open. It waits for ${roles}.`,
    next: `Approve: ${route}/approve (or ${route}/reject) with {"role": "<yours>", "comment": ""}`,
  }),
  gateReminder: (phase: string, roles: string, hours: number, route: string): AlertText => ({
    subject: `${phase}: the gate still waits`,
    text: `Half of the ${hours} h that the gate of ${phase} may wait are over. Missing: ${roles}.`,
    next: `Approve: ${route}/approve (or ${route}/reject) with {"role": "<yours>", "comment": ""}`,
  }),
  gateChecks: 'its criteria, its checklist or its day',
  held: (phase: string, route: string, answers: readonly string[]): AlertText => ({
    subject: `${phase}: held, a person decides`,
    text: `${phase} is held as it is until a person says how it goes on.`,
    next: `Decide: ${chosen(route, answers)}`,
  }),
  blocked: (phase: string, blocker: string, route: string, answers: readonly string[]): AlertText => ({
    subject: `${phase}: users get no access yet`,
    text: `${phase} is held before users get access: ${blocker}. It goes on by itself once nothing holds it any more.`,
    next: `Otherwise: ${chosen(route, answers)}`,
  }),
  correction: (phase: string, route: string): AlertText => ({
    subject: `${phase}: a correction is needed`,
    text: `${phase} goes on once what was found has been corrected.`,
    next: `When it is done: ${route} with {"comment": "<what was corrected>"}`,
  }),
  decision: (phase: string, route: string): AlertText => ({
    subject: `${phase}: cannot go on, a person decides`,
    text: `${phase} cannot go on. Until a person decides, users keep what they have now, and nothing is restored.`,
    next: `Decide: ${route} with {"decision": "retry", "comment": ""} (or abandon). To go back: POST .../order with "roll-back" and a level`,
  }),
  agreement: (phase: string, route: string): AlertText => ({
    subject: `${phase}: two people must agree to the rollback`,
    text: `${phase} is to go back in a way that cannot be undone. Access is withdrawn already; nothing is restored, and nothing ends, until two people want it.`,
    next: `Agree: ${route}/agree (or ${route}/decline) with {"comment": ""}`,
  }),
  checklistLate: (phase: string, open: number, route: string): AlertText => ({
    subject: `${phase}: ${items(open)} late`,
    text: `The last day of ${phase} has ended, and ${items(open)} of its checklist ${open === 1 ? 'is' : 'are'} open. Somebody is called in a day.`,
    next: `Tick what is done: ${route} with {"evidence": "<what shows it>"}`,
  }),
  severities: englishSeverities,
  incident: (
    severity: string,
    title: string,
    level: number,
    condition: string,
    route: string,
    way: OfferedWay | undefined,
  ): AlertText => ({
    subject: `Incident (${severity}): ${title}`,
    text: `${title}. Level ${level} of the escalation is called: ${condition}.`,
    next: `Say that you take it: ${route} with {}${way ? `\nThe plan's way back for it is "${way.name}": ${way.route} with ${way.body}` : ''}`,
  }),
  rollbackFailed: (phase: string, failure: string, route: string): AlertText => ({
    subject: `${phase}: the rollback failed`,
    text: `The rollback of ${phase} failed (${failure}). Users may still have what should be undone.`,
    next: `See docs/operate/runbook.md, undo by hand, then say what comes next: ${route} shows what is open.`,
  }),
  task: (title: string, route: string): AlertText => ({
    subject: `Task: ${title}`,
    text: `${title}. This is yours after the rollback.`,
    next: `What led to it: ${route}`,
  }),
  unhealthy: (phase: string, why: string, route: string): AlertText => ({
    subject: `${phase}: the observation says no`,
    text: `${phase} was seen to be unhealthy: ${why}. Access or the component is taken back; what cannot be undone waits for two people.`,
    next: `The evidence: ${route}`,
  }),
  inconclusive: (phase: string, why: string, route: string): AlertText => ({
    subject: `${phase}: health is not proven`,
    text: `${phase} could not be proven healthy: ${why}. A person will be asked.`,
    next: `The evidence: ${route}`,
  }),
  frozen: (phase: string, why: string, route: string): AlertText => ({
    subject: `${phase}: the observation is frozen`,
    text: `Nothing can be seen of ${phase}: ${why}. Its time does not count; somebody is called if it lasts.`,
    next: `See whether the source of the metrics is up. The evidence: ${route}`,
  }),
  exposed: (phase: string, from: number, to: number, route: string): AlertText => ({
    subject: `${phase}: access for ${to} % of the users`,
    text: `Access has gone from ${from} % to ${to} % of the users (${phase}).`,
    next: `Follow it: ${route}`,
  }),
};

export type AlertTexts = typeof englishAlerts;
