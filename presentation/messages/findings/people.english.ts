/** Findings about who approves and who is called, in English. */
import type { PeopleFindings } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

export const englishPeople: FindingTexts<PeopleFindings> = {
  placeholder: ({ role, member }) => ({
    message: `${role}: the ${member} is not filled in`,
    allowed: member === 'holder' ? 'the name of a person or a team' : 'a mail address or a telephone number',
    fix: `write the ${member} before the release starts`,
  }),
  'criterion-without-approver': ({ role, asked }) => ({
    message: `the role "${role}" decides a criterion and is not asked at this gate`,
    allowed: asked.join(', ') || 'no role is asked at this gate',
    fix: 'add the role to approvals.roles or bind the criterion to another',
  }),
  'too-few-approvers': ({ peopleMin, roles }) => ({
    message: `${peopleMin} people must approve and only ${roles} roles are asked`,
    allowed: `at most ${roles}`,
    fix: 'ask more roles or fewer people',
  }),
  'approver-nobody-holds': ({ role, external }) => ({
    message: external
      ? `"${role}" is outside the team and cannot approve`
      : `nobody holds the role "${role}"`,
    allowed: 'a role of the team with a holder',
    fix: 'name a holder or ask another role',
  }),
  'no-escalation': () => ({
    message: 'an incident would call nobody',
    allowed: 'at least one level',
    fix: 'say who is called first, and who when they do not answer',
  }),
  'escalation-order': ({ expected }) => ({
    message: 'the levels do not count 1, 2, 3 … in order',
    allowed: `${expected}`,
    fix: 'number and order the levels as they are climbed',
  }),
  'level-without-contact': ({ level, role }) => ({
    message: `level ${level} calls "${role}", who has no contact`,
    allowed: 'a role with a contact',
    fix: `write roles.${role}.contact`,
  }),
  'severity-twice': ({ severity, severities }) => ({
    message: `two levels are the first for "${severity}"`,
    allowed: severities.join(', '),
    fix: 'give each severity one first level',
  }),
  'measure-without-reporter': ({ measure }) => ({
    message: `checks ask for "${measure}", which people report, and nobody may report it`,
    allowed: 'a row with roles and the bounds of value and samples',
    fix: `add the row "${measure}"`,
  }),
  'unknown-incident-count': ({ measure, known }) => ({
    message: `the ledger does not count "${measure}"`,
    allowed: known.join(', '),
    fix: 'ask for one of these',
  }),
  'measure-not-reported': ({ measure, by }) => ({
    message:
      by === 'nobody'
        ? `no check asks for "${measure}"`
        : `"${measure}" ${by === 'users' ? 'comes from what users answer' : 'is counted by the ledger'}, and people cannot report it`,
    allowed: 'measures that checks ask for and people report',
    fix: 'take the row out, or correct its name',
  }),
  'measure-of-nobody': ({ measure }) => ({
    message: `no role may report "${measure}"`,
    allowed: 'at least one role of the team',
    fix: 'name the roles that know the number',
  }),
  'bounds-reversed': ({ min, max }) => ({
    message: `the least that it can be, ${min}, is more than the most, ${max}`,
    allowed: `at most ${max}`,
    fix: 'exchange the two numbers',
  }),
  'severity-without-level': ({ severity }) => ({
    message: `no level is the first for "${severity}": it starts at the lowest`,
    allowed: 'a level for each severity',
    fix: 'give it a level, if the lowest is wrong',
  }),
};
