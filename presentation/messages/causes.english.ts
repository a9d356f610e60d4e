/** Causes, titles and evidence in English. */
import { say } from '#domain/coded.ts';
import type { CheckAnswer } from '#domain/ledger/causes.ts';
import { englishBlockers } from './blockers.ts';
import type { CauseTexts, Names } from './causes.ts';
import { englishOutcomes } from './outcomes.ts';
import { englishSourceFaults } from './source-faults.english.ts';

export function englishCauses(names: Names): CauseTexts {
  const { phase, check, role, person, script, number, words } = names;
  const answer = (id: string, said: CheckAnswer): string => `${check(id)}: ${answerText(names, id, said)}`;

  const needs: CauseTexts['needs'] = {
    ...englishBlockers(names),
    'last-day': () => 'the last day of the phase',
    items: ({ open }) => `${open} items of the checklist`,
    criterion: ({ criterion }) => `a value for criterion ${criterion}`,
    approvals: ({ roles }) => `approval by ${roles.map(role).join(', ')}`,
    people: ({ more }) => `${more} more people`,
    'second-person': () => 'a second pair of eyes',
  };
  const causes: CauseTexts['causes'] = {
    check: ({ check: id, answer: said }) => answer(id, said),
    'not-proven': ({ hours }) => `not proven healthy within ${hours} h`,
    script: ({ script: id, said }) =>
      `${script(id)} failed, ${said === undefined ? 'no result' : words(said)}`,
    rejected: ({ role: id, comment }) => `${role(id)}: ${words(comment)}`,
    criterion: ({ criterion, value }) =>
      `${names.criterion(criterion)} (${value === undefined ? 'no value' : number(value)})`,
    'gate-late': ({ need }) => `waited too long for ${say(needs, need)}`,
    'held-too-often': ({ holds }) => `held ${holds} times`,
    'corrected-after-hold': () => 'corrected after a hold',
    ordered: ({ by, reason }) => `${person(by)}: ${words(reason)}`,
    'no-correction': ({ error }) => `fault (${error}), no correction was reported`,
    fault: ({ error, said }) =>
      `fault (${error})${said === undefined || said === '' ? '' : `, ${words(said)}`}`,
  };
  const titles: CauseTexts['titles'] = {
    reported: ({ words: said }) => words(said),
    blind: ({ check: id, answer: said }) => `blind: ${answer(id, said)}`,
    'no-look': () => 'no tick reached the bake',
    objective: ({ check: id }) =>
      `${check(id)}: the objective is broken, nothing is proven against the new version`,
    'gate-late': ({ phase: id }) => `${phase(id)}: the gate has waited too long`,
    'checklist-late': ({ phase: id, open }) =>
      `${phase(id)}: ${open} ${open === 1 ? 'item is' : 'items are'} a day late`,
    alarm: ({ phase: id, alarm }) =>
      `${phase(id)}: an alarm rings while nothing observes the phase (${alarm})`,
    problems: ({ phase: id, reports }) => `${phase(id)}: ${number(reports)} users have reported a problem`,
    'phase-failed': ({ cause }) => (cause === undefined ? 'the phase failed' : say(causes, cause)),
    'rollback-failed': ({ phase: id, error }) =>
      `${phase(id)}: the rollback failed (${error}); users may still have what should be undone`,
    'machine-ends': ({ day }) =>
      `the execution of the release ends on ${day}, whatever is left of it: end it, or abort it and start another one`,
    'agreement-late': ({ phase: id, minutes }) =>
      `${phase(id)}: after ${minutes} minutes two people have not agreed; nothing is restored and nothing ends until they do`,
  };
  return {
    blockers: englishBlockers(names),
    needs,
    causes,
    titles,
    ...englishMatters(names),
    blindSpots: {
      check: ({ check: id, answer: said }) => answer(id, said),
      'no-look': titles['no-look'],
    },
    tasks: {
      step: ({ text }) => text,
      'post-incident': ({ title }) => `Post-incident review: ${say(titles, title)}`,
    },
  };
}

/** What is not about a phase that went another way: evidence, messages, the end. */
function englishMatters(names: Names): Pick<CauseTexts, 'delays' | 'evidences' | 'omissions' | 'closings'> {
  const { phase, number, words } = names;
  const delays: CauseTexts['delays'] = {
    ...englishBlockers(names),
    'release-ended': ({ status }) => `the release is ${status}`,
    exposure: ({ exposure, exposureMin }) => `exposure is ${exposure} %, not yet ${exposureMin} %`,
    'phase-not-opened': ({ phase: id }) => `phase ${phase(id)} has not opened`,
    quota: ({ recipients, mailsLeft }) =>
      `${number(recipients)} recipients, and the mail quota has ${number(mailsLeft)} mails left today`,
  };
  return {
    delays,
    evidences: {
      words: ({ words: said }) => words(said),
      link: ({ link }) => link,
      file: ({ file }) => file,
      check: ({ check: id, value }) => (value === undefined ? 'no data needed' : names.reading(id, value)),
      message: ({ recipients }) => `${number(recipients)} recipients`,
      script: ({ command }) => command,
      exposure: ({ percent }) => `${percent} %`,
    },
    omissions: {
      'too-late': ({ days, delay }) =>
        `${delay === undefined ? 'more than' : say(delays, delay)} ${days} days after its date`,
      'release-ended': ({ status }) => englishOutcomes[status],
      'phases-over': () => 'its phases are over',
      'nobody-reached': () => 'nobody could be reached',
      'next-one-due': ({ unsure }) => `the next one is due${unsure ? ', it may have gone' : ''}`,
      'access-again': () => 'its readers have access again',
    },
    closings: {
      'run-through': () => '',
      ordered: ({ reason }) => words(reason),
      'rollback-left': ({ reason, undone }) =>
        `${words(reason)}; left undone: ${undone.join('; ') || 'nothing'}`,
      'execution-ended': ({ status }) => `the execution was ${status.replace('-', ' ')}`,
    },
  };
}

function answerText(names: Names, check: string, answer: CheckAnswer): string {
  switch (answer.code) {
    case 'value': {
      const { value, control } = answer.params;
      const read = (one: number) => names.reading(check, one);
      return control === undefined ? read(value) : `${read(value)} (control: ${read(control)})`;
    }
    case 'no-data':
      return 'no data';
    case 'no-traffic':
      return 'no traffic';
    case 'unreadable':
      return say(englishSourceFaults, answer.params.fault);
  }
}
