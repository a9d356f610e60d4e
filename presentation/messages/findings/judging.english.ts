/** Findings about checks, and about what would pass without proof, in English. */
import { type Sayings, say } from '#domain/coded.ts';
import type { JudgingFindings, NeverHappening, SilenceFindings } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

const neverHappens: Sayings<NeverHappening> = {
  'script-not-always': ({ script }) => `the phase does not run the script "${script}" every time`,
  'exposure-not-given': ({ percent }) => `the phase does not give access to ${percent} %`,
  'users-after-checklist': () => 'users come in only after the checklist, so it would wait for itself',
  'message-without-date': ({ message }) => `the message "${message}" has no date: only an event sends it`,
  'message-after-phase': ({ message, day }) => `the message "${message}" goes on ${day}, after the phase`,
  'message-waits-for-exposure': ({ message, percent, reachedPercent }) =>
    `the message "${message}" waits for ${percent} % and this phase gives ${reachedPercent} %`,
  'message-waits-for-phase': ({ message, phase }) =>
    `the message "${message}" waits for "${phase}", which comes later`,
  'messages-after-checklist': () =>
    'messages of the phase go after the checklist, so it would wait for itself',
};

const silence: FindingTexts<SilenceFindings> = {
  'criterion-bound-to-nothing': () => ({
    message: 'nothing decides this criterion',
    allowed: 'check or approval, one of the two',
    fix: 'bind it to the check or the role that can tell',
  }),
  'criterion-bound-twice': () => ({
    message: 'a check and an approval both decide it',
    allowed: 'check or approval, one of the two',
    fix: 'bind it to the check or the role that can tell',
  }),
  'gate-always-open': () => ({
    message: 'the gate passes without anything being shown or anybody being asked',
    allowed: 'at least one criterion or one role',
    fix: 'say what must be true, or who must agree',
  }),
  'silence-passes': () => ({
    message: 'no data would count as healthy, and nobody says why',
    allowed: 'a written reason, or action hold or fail',
    fix: 'write the reason or let silence hold the gate',
  }),
  'window-never-breached': ({ breaches, of }) => ({
    message: `${breaches} of the last ${of} readings can never be broken`,
    allowed: `1 to ${of}`,
    fix: 'ask for fewer breaches or look at more readings',
  }),
  'verified-by-what-never-happens': ({ why }) => ({
    message: say(neverHappens, why),
    allowed: 'person, or what the phase itself runs, exposes, measures or sends',
    fix: 'let a person tick it, or verify it by what happens in this phase',
  }),
};

const judging: FindingTexts<JudgingFindings> = {
  'control-without-tolerance': () => ({
    message: 'treatment is compared with control and any difference would count',
    allowed: 'a ratio from 1 to 10, for example 1.1',
    fix: 'say how much worse than control is still acceptable',
  }),
  'share-without-percentage': () => ({
    message: 'bad events among all of them are a percentage, and this objective is none',
    allowed: 'more than 0 and less than 100, with the unit %',
    fix: 'say the objective in percent, or measure another kind of metric',
  }),
  'count-without-control': ({ metric }) => ({
    message: `a ${metric} says nothing by itself: it is compared with the users who have the old version`,
    allowed: 'control',
    fix: 'compare with control, or measure a rate or a value',
  }),
  'certificate-without-test': ({ tolerance }) => ({
    message: 'only a rate compared with control can be proven not to be worse, by more than its tolerance',
    allowed: `more than ${tolerance}, on a rate with compare: control`,
    fix: 'leave certify out, or say a larger ratio',
  }),
  'no-control-left': ({ check, percent }) => ({
    message: `at ${percent} % there is nobody to compare with: only the objective judges "${check}"`,
    allowed: 'an exposure from 1 to 99',
    fix: 'keep some users on the old version until the bake has ended, or accept that small regressions pass',
  }),
  'blind-bake': ({ phase, check, wanted, noneBelow }) => ({
    message:
      noneBelow === undefined
        ? `"${phase}" finds "${check}" only from this many times the usual on`
        : `"${phase}" finds nothing of "${check}" below ${noneBelow} times the usual`,
    allowed: `at most ${wanted} times`,
    fix: 'expose more users, observe for longer, or measure something more frequent',
  }),
  'sight-unknown': ({ phase, check }) => ({
    message: `nobody can say beforehand what "${phase}" will see of "${check}"`,
    allowed: '{ perMinute, badPercent }: events of all users, and the bad share of them',
    fix: 'say what traffic and what share are usual',
  }),
};

export const englishJudging = { ...silence, ...judging };
