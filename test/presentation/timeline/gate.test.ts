/** A gate in the timeline: for whom it waits, what each criterion says, and what was decided. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { everyFact } from '#test/adapters/every-fact.ts';
import { admitted, check, gate } from '#test/support/builders.ts';
import { phase } from '#test/support/plans.ts';
import { chaptersTold, linesOf, pilot, plan } from './telling.ts';

type Decided = Extract<Fact, { type: 'gate.decided' }>;
const onFail = 'correct';
const criteria = [
  { id: '1', text: 'Few errors', check: 'errors', onFail },
  { id: '2', text: 'Response time is good', check: 'latency', onFail },
  { id: '3', text: 'Quality agrees', approval: 'qa', onFail },
] as const;
const withGate = (changes: Parameters<typeof gate>[0]) => ({
  ...plan,
  phases: [phase('pilot', { gate: gate(changes) })],
});

/** What the gate says, as `mark: text`, its criteria below it. */
function saidOf(
  changes: Partial<Decided>,
  before: readonly Fact[] = [],
  planned = withGate({ criteria: [...criteria] }),
) {
  const decided: Decided = { ...everyFact['gate.decided'], readings: [], ...changes };
  const { mark, text, details = [] } = linesOf([...before, decided], { plan: planned }).at(-1) ?? {};
  return { is: `${mark}: ${text}`, of: details.map((detail) => `${detail.mark}: ${detail.text}`) };
}
const approved: Fact = { ...everyFact['gate.approved'], role: 'qa' };

describe('each criterion of a gate', () => {
  it('has its value, its objective and the mark of its verdict', () => {
    const readings = [
      { criterion: '1', verdict: 'healthy', value: 0.2 },
      { criterion: '2', verdict: 'unhealthy', value: 3 },
    ] as const;
    expect(saidOf({ readings }).of.slice(0, 2)).toEqual([
      'good: 1 Few errors: Error rate 0.2 % (objective < 1 %)',
      // Its text names the check: nobody reads that twice.
      'bad: 2 Response time is good: 3 % (objective < 1 %)',
    ]);
  });

  it('is good though its objective is broken, when the version in place is no better', () => {
    const readings = [{ criterion: '1', verdict: 'healthy', value: 2 }] as const;
    expect(saidOf({ readings }).of[0]).toBe(
      'good: 1 Few errors: Error rate 2 % (objective < 1 %, no worse than the version in place)',
    );
  });

  it.each([
    ['unknown', 'warning: 1 Few errors: no value'],
    ['inconclusive', 'warning: 1 Few errors: no value'],
    ['healthy', 'good: 1 Few errors: no value, accepted by the plan'],
  ] as const)('without a value and %s says so', (verdict, says) => {
    expect(saidOf({ readings: [{ criterion: '1', verdict }] }).of[0]).toBe(says);
  });

  it('that was not read is no good one', () => {
    expect(saidOf({}).of[0]).toBe('warning: 1 Few errors: no value');
  });

  it('that two people took out does not count, whatever it reads', () => {
    const readings = [{ criterion: '1', verdict: 'unhealthy', value: 9 }] as const;
    expect(saidOf({ readings, overridden: ['1'] }).of[0]).toBe(
      'warning: 1 Few errors: overridden by two people',
    );
  });

  it('that a role approves holds once that role did, and no other', () => {
    expect(saidOf({}).of[2]).toBe('warning: 3 Quality agrees: not approved by Quality');
    expect(saidOf({}, [{ ...approved, role: 'ops' }]).of[2]).toBe(
      'warning: 3 Quality agrees: not approved by Quality',
    );
    expect(saidOf({}, [approved]).of[2]).toBe('good: 3 Quality agrees: approved by Quality');
  });

  it('is not approved by who approved at an earlier attempt', () => {
    const again: readonly Fact[] = [approved, { type: 'phase.opened', ...pilot, attempt: 2 }];
    expect(saidOf({ attempt: 2 }, again).of[2]).toBe('warning: 3 Quality agrees: not approved by Quality');
  });
});

describe('what a gate decides', () => {
  const cause = { code: 'held-too-often', params: { holds: 3 } } as const;

  it.each([
    ['promote', 'good: Gate passed'],
    ['correct', 'bad: Gate closed: correction'],
    ['hold', 'warning: Gate closed: hold'],
    ['roll-back', 'bad: Gate closed: rollback'],
  ] as const)('is marked and worded: %s', (outcome, says) => {
    const readings = [{ criterion: '1', verdict: 'unhealthy', value: 9 }] as const;
    expect(saidOf({ outcome, readings, reason: { cause } }).is).toBe(says);
  });

  it('says why when no criterion does', () => {
    const { is } = saidOf({ outcome: 'hold', reason: { cause } });
    expect(is).toMatch(/^warning: Gate closed: hold \(.*3.*\)$/);
    expect(saidOf({ outcome: 'hold', reason: {} }).is).toBe('warning: Gate closed: hold (no reason given)');
  });

  it('needs no reason to let pass', () => {
    expect(saidOf({ reason: { cause } }).is).toBe('good: Gate passed');
  });

  it('of a plan without criteria is of a checklist and approvals', () => {
    expect(linesOf([everyFact['gate.decided']], { plan: withGate({}) })[0]?.details).toEqual([
      { text: 'no measured criterion in the plan: complete checklist and approvals' },
    ]);
  });
});

describe('a gate that opens', () => {
  const asked = { roles: ['qa', 'ops'], peopleMin: 2, fourEyes: false };
  const opened = (changes: Parameters<typeof gate>[0], ...before: readonly Fact[]) =>
    linesOf([...before, everyFact['gate.opened']], { plan: withGate({ approvals: asked, ...changes }) }).at(
      -1,
    )?.text;

  it('names the roles that must approve', () => {
    expect(opened({})).toBe('Gate opened, approvals awaited: Quality, Operations');
  });

  it('that decides at the end of its phase says when that is', () => {
    expect(opened({ notBefore: 'end' })).toMatch(/Operations; no decision before Fri 2025-03-07 17:00$/);
  });

  it('says the end that holds after the launch day was moved', () => {
    const moved = { ...everyFact['launch.moved'], from: '2025-03-10', to: '2025-03-12' };
    expect(opened({ notBefore: 'end' }, moved)).toMatch(/no decision before Sun 2025-03-09 17:00$/);
  });

  it('after the end of its phase may decide at once', () => {
    const late = chaptersTold(
      [
        ['2025-03-07T08:00:00.000Z', admitted, { type: 'phase.opened', ...pilot }],
        ['2025-03-07T16:00:00.000Z', everyFact['gate.opened']],
      ],
      { plan: withGate({ approvals: asked, notBefore: 'end' }) },
    );
    expect(late.at(-1)?.lines.at(-1)?.text).toBe('Gate opened, approvals awaited: Quality, Operations');
  });

  it('and waits too long says after how many hours', () => {
    expect(linesOf([everyFact['gate.late']], { plan: withGate({ timeoutHours: 24 }) })[0]?.text).toMatch(
      /^Gate undecided after 24 h/,
    );
  });
});

it('a value that an objective of its own unit reads has that unit', () => {
  const planned = withGate({ criteria: [criteria[0]] });
  const objective = { comparison: '<=', value: 300, unit: 'ms' } as const;
  const timed = { ...planned, checks: { errors: check({ name: 'Answer', objective }) } };
  const readings = [{ criterion: '1', verdict: 'healthy', value: 250 }] as const;
  expect(saidOf({ readings }, [], timed).of).toEqual([
    'good: 1 Few errors: Answer 250 ms (objective ≤ 300 ms)',
  ]);
});
