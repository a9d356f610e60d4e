/** What is good, bad or to be looked at, of each state that a fact can tell of. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { quoted } from '#domain/quoted.ts';
import { everyFact } from '#test/adapters/every-fact.ts';
import { check } from '#test/support/builders.ts';
import { linesOf, plan } from './telling.ts';

const only = (fact: Fact, settings?: Parameters<typeof linesOf>[1]) => linesOf([fact], settings)[0];

describe.each<readonly [string, Fact, Readonly<Record<string, string>>]>([
  [
    'verdict of an observation',
    everyFact['observation.concluded'],
    { healthy: 'good', unhealthy: 'bad', inconclusive: 'warning', unknown: 'warning' },
  ],
  [
    'verdict on the cohorts',
    everyFact['cohorts.compared'],
    { healthy: 'good', unhealthy: 'bad', inconclusive: 'neutral', unknown: 'neutral' },
  ],
  ['state of a risk', everyFact['risk.changed'], { quiet: 'good', threatening: 'warning' }],
  ['status of a script', everyFact['script.finished'], { succeeded: 'good', failed: 'bad' }],
  [
    'outcome of a release',
    everyFact['release.closed'],
    { completed: 'good', 'rolled-back': 'bad', abandoned: 'bad', 'rollback-failed': 'bad', aborted: 'bad' },
  ],
  [
    'outcome of a phase',
    everyFact['phase.closed'],
    { promote: 'good', correct: 'bad', hold: 'bad', 'roll-back': 'bad' },
  ],
])('each %s', (_what, fact, marks) => {
  const member = ['verdict', 'state', 'status', 'outcome'].find((name) => name in fact) ?? '';
  const states = Object.entries(marks);

  it.each(states)('has its mark: %s is %s', (state, mark) => {
    expect(only({ ...fact, [member]: state } as Fact)?.mark).toBe(mark);
  });

  it.each(['en', 'fr'] as const)('has a sentence of its own in the language %s', (language) => {
    const sentences = states.map(([state]) => only({ ...fact, [member]: state } as Fact, { language })?.text);
    expect(new Set(sentences).size).toBe(states.length);
    expect(sentences).not.toContain('');
  });
});

describe('a breach', () => {
  const breach = everyFact['observation.breached'];
  const told = (changes: Partial<typeof breach>, kind: 'rollback' | 'pause' | 'observe' = 'rollback') =>
    only(
      { ...breach, ...changes },
      { plan: { ...plan, checks: { errors: check({ name: 'Error rate', class: kind }) } } },
    );

  it('is bad when it is the release that is rolled back for it', () => {
    expect(told({})).toMatchObject({ mark: 'bad', text: 'Breach: Error rate 0.3 % (objective < 1 %)' });
  });

  it.each(['pause', 'observe'] as const)(
    'of a check of class %s is a warning, and the clock starts again',
    (kind) => {
      expect(told({}, kind)).toMatchObject({
        mark: 'warning',
        text: 'Breach: Error rate 0.3 % (objective < 1 %), the clock starts again',
      });
    },
  );

  it('that leaves the clock alone says nothing of it', () => {
    expect(told({ reset: false }, 'pause')?.text).not.toContain('clock');
  });

  it('of the environment is a warning, and says where to look', () => {
    expect(told({ blame: 'environment' })).toMatchObject({
      mark: 'warning',
      details: [{ text: 'nothing proves that it is the new version: look at the environment' }],
    });
  });

  it('without anybody to compare with has no detail, without a value says so', () => {
    const { control: _, value: __, ...bare } = breach;
    expect(only(bare)).toMatchObject({
      text: 'Breach: Error rate without a value (objective < 1 %)',
      details: [],
    });
  });

  it('of a check that the plan does not have any more has its id', () => {
    expect(told({ check: 'gone' })?.text).toMatch(/^Breach: gone without a value/);
  });
});

describe('what an observation will see', () => {
  const foreseen = (...sights: { check: string; ratio?: number }[]) =>
    linesOf([{ ...everyFact['observation.foreseen'], sights }]);

  it('is no line when there is nothing to say', () => {
    expect(foreseen()).toEqual([]);
  });

  it('is a warning where it is blind', () => {
    expect(foreseen({ check: 'latency' }, { check: 'errors', ratio: 1.256 })).toMatchObject([
      {
        mark: 'warning',
        text: 'This observation is blind to Response time: too little traffic for its length',
        details: [
          { mark: 'neutral', text: 'This observation finds Error rate from 1.26 times the usual on' },
        ],
      },
    ]);
  });
});

describe('an observation that ends', () => {
  it('has no hours of health when there were none', () => {
    expect(only({ ...everyFact['observation.concluded'], healthyMinutes: 0 })?.text).toBe(
      'Observation ended, the phase is unhealthy',
    );
  });
});

describe('a checklist that is late', () => {
  it('names at most five of what is open, without what is done or waived', () => {
    const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((id) => ({
      ...({ id, text: `do ${id}`, owner: 'operator', verified: 'person', due: 'checklist' } as const),
    }));
    const [pilot, ...others] = plan.phases;
    if (!pilot) throw new RangeError('the plan has no phase');
    const long = {
      ...plan,
      phases: [{ ...pilot, checklists: [{ section: '1', title: 'List', items }] }, ...others],
    };
    const facts: readonly Fact[] = [
      { ...everyFact['item.ticked'], item: 'a' },
      { ...everyFact['item.waived'], item: 'c' },
      { ...everyFact['phase.late'], open: 7 },
      { ...everyFact['item.ticked'], item: 'b' },
    ];
    const late = linesOf(facts, { plan: long }).find(({ text }) => text.startsWith('Late'));
    expect(late?.text).toBe('Late: 7 items still open on the last day');
    expect(late?.details?.map(({ text }) => text)).toEqual([
      ...['b', 'd', 'e', 'f', 'g'].map((id) => `${id} do ${id} (Operator)`),
      '… and 2 others',
    ]);
  });
});

describe('people', () => {
  it.each([
    ...['release.paused', 'item.waived', 'item.unticked', 'gate.overridden', 'gate.override-asked'],
    ...['incident.acknowledged', 'incident.resolved', 'incident.reopened', 'release.admitted', 'task.closed'],
  ] as const)('have the names that they are called by: %s', (type) => {
    expect(only(everyFact[type], { person: (id) => `[${id}]` })?.text).toMatch(
      /\[(?:ada|bob|project-lead-1)\]/,
    );
  });
});

describe('what people say', () => {
  it('is a detail in quotation marks, and none when they said nothing', () => {
    expect(only(everyFact['gate.rejected'])?.details).toEqual([{ text: '“no”' }]);
    expect(only({ ...everyFact['gate.rejected'], comment: quoted('') })?.details).toEqual([]);
  });

  it('shows signs that nobody sees', () => {
    expect(only({ ...everyFact['release.paused'], reason: quoted('a\u202eb') })?.details).toEqual([
      { text: '“a⟨U+202E⟩b”' },
    ]);
  });

  it('is in quotation marks at the end of a release, and what the workflow says is not', () => {
    expect(only(everyFact['release.closed'])?.details).toEqual([{ text: '“done”' }]);
    const byItself: Fact = { ...everyFact['release.closed'], reason: { code: 'run-through', params: {} } };
    for (const { text } of only(byItself)?.details ?? []) expect(text).not.toContain('“');
  });
});

describe.each(['en', 'fr'] as const)('orders and decisions in the language %s', (language) => {
  const told = (fact: Fact) => only(fact, { language })?.text ?? '';

  it('have a sentence each', () => {
    const orders = ['skip-wait', 'promote', 'hold', 'correct', 'roll-back'] as const;
    const sentences = orders.map((order) => told({ ...everyFact['phase.ordered'], order }));
    expect(new Set(sentences).size).toBe(orders.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^project-lead-1 .+/);
  });

  it('that have no sentence are said as they were typed', () => {
    expect(told({ ...everyFact['decision.taken'], decision: 'go' })).toBe('go');
    expect(told({ ...everyFact['decision.taken'], decision: 'abandon' })).toMatch(/^D.cision ?: ab/);
  });

  it('name a component that the plan does not have by its id', () => {
    expect(told({ ...everyFact['component.switched'], component: 'gone' })).toMatch(/^gone ?: lim/);
  });
});
