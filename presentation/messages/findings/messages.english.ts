/** Findings about messages to users and reports to the team, in English. */
import type { MessageFindings, ReportFindings } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

export const englishMessages: FindingTexts<MessageFindings & ReportFindings> = {
  'two-messages-one-day': ({ audience, other, message }) => ({
    message: `${audience} would get "${other}" and "${message}" on one day`,
    allowed: 'one message to one audience on a day',
    fix: 'move one of them or join them',
  }),
  'invitation-after-phase': ({ phase, to }) => ({
    message: `invites to "${phase}", which ends on ${to}`,
    allowed: `${to} or earlier`,
    fix: 'send it before the phase, or say what it really invites to',
  }),
  'message-after-last-phase': ({ end }) => ({
    message: `the last phase ends on ${end}: the release stays open until the message has gone`,
    allowed: `${end} or earlier`,
    fix: 'lengthen the last phase, or accept the follow-up',
  }),
  'guard-not-true-in-time': (found) =>
    found.waitsFor === 'exposure'
      ? {
          message: `on ${found.day} the plan has given access to ${found.reachedPercent} %: the message will be held`,
          allowed: `0 to ${found.reachedPercent}`,
          fix: 'move the message or lower the guard',
        }
      : {
          message: `on ${found.day} "${found.phase}" has not opened: the message will be held until ${found.from}`,
          allowed: `a phase that opens on ${found.day} or earlier`,
          fix: 'move the message or name an earlier phase',
        },
  'told-without-access': ({ percent, surePercent }) =>
    surePercent === undefined
      ? {
          message: `an event sends it to ${percent} % of the users, whoever of them has access then`,
          allowed: '{ told: true }',
          fix: 'write audience: { told: true }, unless everybody is meant',
        }
      : {
          message: `it may go when ${surePercent} % have access, to ${percent} %: some would hear of what they do not have`,
          allowed: `0 to ${surePercent}, which the guard makes sure of`,
          fix: `write guard: { exposureMin: ${percent} }, unless it only announces`,
        },
  'unused-message': ({ message }) => ({
    message: `"${message}" has no date, and no rollback level sends it`,
    allowed: 'a message with a date, or one that a rollback step or notice names',
    fix: 'give it a date, name it in a rollback level, or remove it',
  }),
  'report-days': (found) =>
    found.wrong === 'time'
      ? {
          message: 'a report in real time has no time of day',
          allowed: 'no time',
          fix: 'remove it, or change the cadence',
        }
      : {
          message: `${found.count} days a week are not what "${found.cadence}" says`,
          allowed:
            found.daysMax === 0
              ? 'no days: alerts come when something happens'
              : `${found.daysMin} to ${found.daysMax} different days`,
          fix: 'correct the days or the cadence',
        },
  'report-never-sent': ({ report }) => ({
    message: `none of these days lies in the phases of "${report}"`,
    allowed: 'a day of the week that one of its phases has',
    fix: 'choose another day, or another cadence',
  }),
};
