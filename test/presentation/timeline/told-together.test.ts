/** What happens together, or again and again, is one context and few lines. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { quoted } from '#domain/quoted.ts';
import { everyFact } from '#test/adapters/every-fact.ts';
import { admitted } from '#test/support/builders.ts';
import { chaptersTold, linesOf, pilot } from './telling.ts';

const texts = (facts: readonly Fact[]) => linesOf(facts).map(({ text }) => text);
/** All facts at one moment, the pilot being open. */
const together = (...facts: readonly Fact[]) =>
  chaptersTold([
    ['2025-03-03T08:00:00.000Z', admitted, { type: 'phase.opened', ...pilot }],
    ['2025-03-03T09:00:00.000Z', ...facts],
  ])
    .flatMap(({ lines }) => lines)
    .slice(2);

describe('messages', () => {
  const dated = (message: string, day: string) =>
    ({ message, dueAt: `2025-03-${day}T09:00:00.000Z`, epoch: 1 }) as const;
  const planned = (message: string, day: string): Fact => ({
    type: 'message.planned',
    ...dated(message, day),
  });
  const replanned = (message: string, day: string): Fact => ({
    type: 'message.replanned',
    ...dated(message, day),
  });
  const cancelled = (message: string): Fact => ({
    type: 'message.cancelled',
    message,
    reason: { code: 'phases-over', params: {} },
  });

  it('dated at one moment are one line from the first day to the last, whatever their order', () => {
    expect(together(planned('m2', '17'), planned('m1', '10'), planned('m3', '12'))).toMatchObject([
      { mark: 'neutral', text: '3 messages dated, from 03-10 (Launch day) to 03-17 (J+7)' },
    ]);
  });

  it('dated at two moments are two lines', () => {
    expect(texts([planned('m1', '10'), planned('m2', '17')])).toEqual([
      '1 message dated, for 03-10 (Launch day)',
      '1 message dated, for 03-17 (J+7)',
    ]);
  });

  it('that get another date are one line, with each of them by its new date', () => {
    expect(together(replanned('m2', '24'), replanned('m1', '18'))).toEqual([
      {
        at: '2025-03-03T09:00:00.000Z',
        mark: 'mail',
        text: '2 messages re-planned',
        details: [
          { text: 'Tue 2025-03-18 10:00  Launch day, “Welcome”' },
          { text: 'Mon 2025-03-24 10:00  J+7, “Thanks”' },
        ],
      },
    ]);
  });

  it('cancelled at one moment are one line, those of another moment another one', () => {
    expect(together(cancelled('m1'), cancelled('m2')).map(({ text }) => text)).toEqual([
      'Messages cancelled: Launch day, J+7',
    ]);
    expect(texts([cancelled('m1'), cancelled('m2')])).toEqual([
      'Messages cancelled: Launch day',
      'Messages cancelled: J+7',
    ]);
  });

  it('are told where they begin to go, with what came of them', () => {
    expect(texts([everyFact['message.sending'], everyFact['message.sent']])).toEqual([
      'Launch day, Pilots: “Welcome”, recipients: 10 (1 failure)',
    ]);
    const clean: Fact = { ...everyFact['message.sent'], sent: 1200, failed: 0 };
    expect(texts([everyFact['message.sending'], clean])).toEqual([
      'Launch day, Pilots: “Welcome”, recipients: 1,200',
    ]);
  });

  it('sent in two campaigns have each their own end', () => {
    const again: Fact = { ...everyFact['message.sending'], campaign: 'again' };
    expect(texts([everyFact['message.sending'], again, everyFact['message.sent']])).toEqual([
      'Launch day, Pilots: “Welcome”, recipients: 10 (1 failure)',
      'Launch day, Pilots: “Welcome”, being sent',
    ]);
  });

  it('that the plan does not have any more are told by their id', () => {
    expect(texts([cancelled('gone')])).toEqual(['Messages cancelled: gone']);
  });
});

describe('a checklist', () => {
  const ticked = (item: string, system = false): Fact => ({
    ...everyFact['item.ticked'],
    item,
    system,
  });

  it('is one line where its last item was done, with who did them', () => {
    expect(linesOf([ticked('4.1.1', true), ticked('4.1.2')])).toMatchObject([
      {
        at: '2025-03-03T09:01:00.000Z',
        mark: 'good',
        text: 'Checklist: 2 items done (1 by the team, 1 by the system)',
      },
    ]);
  });

  it('has another line for what is due at the gate', () => {
    expect(linesOf([ticked('4.1.1'), ticked('4.2.1'), ticked('4.1.2')])).toMatchObject([
      { mark: 'good', text: 'During the phase: 1 item done (1 by the team, 0 by the system)' },
      { mark: 'good', text: 'Checklist: 2 items done (2 by the team, 0 by the system)' },
    ]);
  });

  it('counts an item that was taken back and done again once', () => {
    const lines = linesOf([ticked('4.1.1'), everyFact['item.unticked'], ticked('4.1.1')]);
    expect(lines.map(({ text }) => text)).toEqual([
      'Open again: 4.1.1 do 4.1.1, by ada',
      'Checklist: 1 of 2 items done (1 by the team, 0 by the system)',
    ]);
  });

  it('is complete without what was waived', () => {
    expect(linesOf([everyFact['item.waived'], ticked('4.1.1')]).at(-1)).toMatchObject({
      mark: 'good',
      text: 'Checklist: 1 item done (1 by the team, 0 by the system)',
    });
  });

  it('says when it was begun, when that was on another day', () => {
    const [, { lines = [] } = {}] = chaptersTold([
      ['2025-03-03T08:00:00.000Z', admitted, { type: 'phase.opened', ...pilot }],
      ['2025-03-03T10:00:00.000Z', ticked('4.1.1')],
      ['2025-03-05T10:00:00.000Z', ticked('4.1.2')],
    ]);
    expect(lines.at(-1)?.text).toBe(
      'Checklist: 2 items done (2 by the team, 0 by the system), the first on 03-03',
    );
  });

  it('begins anew when the phase is entered again', () => {
    const again: readonly Fact[] = [
      { type: 'phase.closed', ...pilot, outcome: 'correct', reason: {} },
      { type: 'phase.opened', ...pilot, attempt: 2 },
      { ...everyFact['item.ticked'], attempt: 2, item: '4.1.2' },
    ];
    expect(texts([ticked('4.1.1'), ...again]).filter((text) => text.startsWith('Checklist'))).toEqual([
      'Checklist: 1 of 2 items done (1 by the team, 0 by the system)',
      'Checklist: 1 of 2 items done (1 by the team, 0 by the system)',
    ]);
  });
});

describe('a check', () => {
  const breach = (check: string): Fact => ({ ...everyFact['observation.breached'], check });
  const recovery = (check: string): Fact => ({ ...everyFact['observation.recovered'], check });

  it('that breaks twice is told twice, more often at the first time and at the last', () => {
    const first = 'Breach: Error rate 0.3 % (objective < 1 %)';
    expect(texts([breach('errors'), breach('errors')])).toEqual([first, first]);
    expect(linesOf([breach('errors'), breach('errors'), breach('errors'), breach('errors')])).toMatchObject([
      { at: '2025-03-03T09:00:00.000Z', text: first },
      {
        at: '2025-03-03T09:03:00.000Z',
        mark: 'warning',
        text: 'Error rate, 3 more breaches of the same check, the last at this time',
      },
    ]);
  });

  it('is counted apart from others', () => {
    expect(texts([breach('errors'), breach('latency'), breach('errors')])).toHaveLength(3);
  });

  it('that goes up and down is back once, after the last time', () => {
    const ups = [breach('errors'), recovery('errors'), breach('errors'), recovery('errors')];
    const lines = linesOf([...ups, recovery('latency')]);
    expect(lines.filter(({ mark }) => mark === 'good')).toMatchObject([
      { at: '2025-03-03T09:03:00.000Z', text: 'Error rate: back within the objective' },
      { at: '2025-03-03T09:04:00.000Z', text: 'Response time: back within the objective' },
    ]);
  });
});

describe('a script', () => {
  it('is one line where it ends, with how long it took', () => {
    expect(linesOf([everyFact['script.started'], everyFact['script.finished']])).toEqual([
      {
        at: '2025-03-03T09:01:00.000Z',
        mark: 'good',
        text: 'deploy.sh: succeeded in 1 min',
        details: [],
      },
    ]);
  });

  it('that failed has what it printed as a detail, and its exit code', () => {
    const failed: Fact = {
      ...everyFact['script.finished'],
      status: 'failed',
      exitCode: 3,
      summary: quoted('disk full'),
    };
    expect(linesOf([everyFact['script.started'], failed])).toMatchObject([
      { mark: 'bad', text: 'deploy.sh: failed after 1 min (code 3)', details: [{ text: 'disk full' }] },
    ]);
    expect(linesOf([{ ...failed, summary: quoted('') }])).toMatchObject([{ mark: 'bad', details: [] }]);
  });
});

describe('an incident', () => {
  const { incident } = everyFact['incident.opened'];
  const other: Fact = {
    ...everyFact['incident.opened'],
    incident: 'i2',
    severity: 'user',
    title: { code: 'reported', params: { words: quoted('Slow') } },
  };

  it('is told with its first call, the next ones have a line each', () => {
    const second: Fact = { type: 'incident.called', incident, level: 2, role: 'qa' };
    expect(linesOf([everyFact['incident.opened'], everyFact['incident.called'], second])).toMatchObject([
      { mark: 'bad', text: 'Incident (major): Errors, level 1 called (Operations)' },
      { mark: 'warning', text: 'Level 2 called: Quality' },
    ]);
  });

  it('has its title beside each step when there is another one, and not when it is alone', () => {
    const steps = [everyFact['incident.unanswered'], everyFact['incident.resolved']];
    const alone = linesOf([everyFact['incident.opened'], ...steps]).slice(1);
    expect(alone.map(({ details }) => details)).toEqual([[], []]);
    const beside = linesOf([everyFact['incident.opened'], other, ...steps]).slice(2);
    expect(beside.map(({ details }) => details)).toEqual([[{ text: 'Errors' }], [{ text: 'Errors' }]]);
  });

  it('counts the time from its own opening', () => {
    const lines = linesOf([
      everyFact['incident.opened'],
      other,
      { type: 'incident.acknowledged', incident: 'i2', by: 'bob' },
      everyFact['incident.acknowledged'],
    ]);
    expect(lines.slice(2).map(({ text }) => text)).toEqual([
      'Incident acknowledged by bob, 1 min after it opened',
      'Incident acknowledged by bob, 3 min after it opened',
    ]);
  });

  it('that is opened again has its title, and then why', () => {
    const lines = linesOf([everyFact['incident.opened'], other, everyFact['incident.reopened']]);
    expect(lines.at(-1)).toMatchObject({ mark: 'bad', details: [{ text: 'Errors' }, { text: '“again”' }] });
  });
});

describe('the end of a phase', () => {
  const decided: Fact = { ...everyFact['gate.decided'], outcome: 'correct' };
  const closed: Fact = {
    ...everyFact['phase.closed'],
    outcome: 'correct',
    reason: { cause: { code: 'corrected-after-hold', params: {} } },
  };

  it('is told by the gate that decided it', () => {
    expect(texts([decided, closed])).toHaveLength(1);
  });

  it('has a line when the gate decided otherwise', () => {
    expect(linesOf([everyFact['gate.decided'], closed]).at(-1)?.text).toMatch(/^Phase left for a correction/);
  });

  it('says why, unless the observation has just said so', () => {
    expect(texts([closed])[0]).toMatch(/^Phase left for a correction \(.+\)$/);
    expect(texts([everyFact['observation.concluded'], closed]).at(-1)).toBe('Phase left for a correction');
  });
});

it('a task that is done has the title with which it was opened', () => {
  expect(texts([everyFact['task.opened'], everyFact['task.closed']]).at(-1)).toBe(
    'Task done: Look, by project-lead-1',
  );
});
