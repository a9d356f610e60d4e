import { expect, it } from 'vitest';
import { say } from '#domain/coded.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { messageOf } from '#domain/plan/message-dates.ts';
import { decideMessage } from '#domain/rules/announcements.ts';
import { decideGate } from '#domain/rules/gate.ts';
import { formatOf } from '#presentation/format.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { TimelineContext } from '#presentation/timeline/context.ts';
import { admitted, technicia, told } from '../../cli/story.ts';

const french = await textsOf('fr');
const planned: Fact = {
  type: 'message.planned',
  message: 'extension',
  dueAt: '2025-05-25T08:00:00.000Z',
  epoch: 1,
};

const extension = messageOf(technicia, 'extension');

it.each([
  ['2025-05-25T08:00:00.000Z', "l'accès est à 0 %, pas encore à 50 %"],
  [
    '2025-08-02T08:00:00.000Z',
    `l'accès est à 0 %, pas encore à 50 %, ${extension.lateDaysMax} jours après sa date`,
  ],
])('says in French why a message does not go at %s', (at, said) => {
  const release = told([['2025-04-09T14:00:00.000Z', admitted, planned]]);
  const decision = decideMessage(technicia, extension, release.release, Date.parse(at));
  const { delays, omissions } = new TimelineContext(release, french, formatOf('fr', 'Europe/Paris')).says;
  expect('reason' in decision && say({ ...delays, ...omissions }, decision.reason)).toBe(said);
});

it('says in French what a gate waits for, with the names of the roles', () => {
  const gate = technicia.phases[0]?.gate;
  if (!gate) throw new Error('the plan has a first phase');
  const decision = decideGate({
    gate,
    checks: technicia.checks,
    readings: [],
    openItems: 0,
    approvals: [],
    startedBy: 'project-lead-1',
    overridden: [],
    blocking: undefined,
    ended: true,
    late: true,
  });
  const context = new TimelineContext(
    told([['2025-04-09T14:00:00.000Z', admitted]]),
    french,
    formatOf('fr', 'Europe/Paris'),
  );
  expect('need' in decision && say(context.says.needs, decision.need)).toBe(
    "l'approbation de Chef de projet, Responsable technique, Responsable sécurité",
  );
});

it('has the same keys in every language, as the compiler says', async () => {
  expect(Object.keys(await textsOf('en')).toSorted()).toEqual(Object.keys(french).toSorted());
});
