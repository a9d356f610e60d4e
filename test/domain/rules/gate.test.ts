import { describe, expect, it } from 'vitest';
import type { GateNeed } from '#domain/ledger/causes.ts';
import type { CriterionReading } from '#domain/ledger/facts.ts';
import type { Approval } from '#domain/ledger/records.ts';
import { present } from '#domain/present.ts';
import { quoted } from '#domain/quoted.ts';
import { decideGate, type GateSituation } from '#domain/rules/gate.ts';
import { at, check, gate } from '#test/support/builders.ts';

const approval = (role: string, by: string, changes: Partial<Approval> = {}): Approval => ({
  role,
  by,
  at,
  approved: true,
  comment: quoted(''),
  ...changes,
});
const errors = (verdict: CriterionReading['verdict'], value?: number): CriterionReading => ({
  criterion: '1.1',
  verdict,
  ...present({ value }),
});
const tickets: CriterionReading = { criterion: '1.2', verdict: 'healthy', value: 0.2 };

const strict = gate({
  criteria: [
    { id: '1.1', text: 'Few errors', check: 'errors', onFail: 'roll-back' },
    { id: '1.2', text: 'Few tickets', check: 'tickets', onFail: 'correct' },
    { id: '1.3', text: 'People agree', approval: 'lead', onFail: 'hold' },
  ],
  approvals: { roles: ['lead', 'qa'], peopleMin: 2, fourEyes: true },
  notBefore: 'end',
  onReject: 'correct',
});

/** Everything that the strict gate asks for is there. */
const satisfied: GateSituation = {
  gate: strict,
  checks: {
    errors: check({ severity: 'critical', component: 'ocr' }),
    tickets: check({ severity: 'user' }),
  },
  readings: [errors('healthy', 0.1), tickets],
  openItems: 0,
  approvals: [approval('lead', 'ada'), approval('qa', 'bob')],
  startedBy: 'ada',
  overridden: [],
  blocking: undefined,
  ended: true,
  late: false,
};

describe('decideGate', () => {
  it.each<[string, Partial<GateSituation>, object]>([
    ['everything is there: promote', {}, { outcome: 'promote', reason: {} }],
    [
      'it is paused: wait',
      { blocking: { cause: { code: 'paused', params: {} } } },
      { outcome: 'wait', need: { code: 'paused', params: {} } },
    ],
    [
      'the last day has not ended: wait',
      { ended: false },
      { outcome: 'wait', need: { code: 'last-day', params: {} } },
    ],
    [
      'the last day has not ended and a criterion fails: wait, it may recover',
      { ended: false, readings: [errors('unhealthy', 4), tickets] },
      { outcome: 'wait', need: { code: 'last-day', params: {} } },
    ],
    [
      'a gate without notBefore does not wait for the end',
      { gate: gate({ approvals: strict.approvals }), ended: false },
      { outcome: 'promote', reason: {} },
    ],
    [
      'an item of the checklist is open: wait',
      { openItems: 3 },
      { outcome: 'wait', need: { code: 'items', params: { open: 3 } } },
    ],
  ])('weighs all that a gate asks: %s', (_title, changes, decision) => {
    expect(decideGate({ ...satisfied, ...changes })).toEqual(decision);
  });
});

describe('a criterion', () => {
  it.each<[string, readonly CriterionReading[], object]>([
    [
      'that fails does what the plan says, with its check and its value',
      [errors('unhealthy', 4), tickets],
      {
        outcome: 'roll-back',
        reason: {
          severity: 'critical',
          component: 'ocr',
          cause: { code: 'criterion', params: { criterion: '1.1', value: 4 } },
        },
      },
    ],
    [
      'that fails for want of data says so',
      [errors('unhealthy'), tickets],
      { outcome: 'roll-back', reason: { cause: { code: 'criterion', params: { criterion: '1.1' } } } },
    ],
    [
      'that fails may ask for a correction',
      [errors('healthy', 0), { ...tickets, verdict: 'unhealthy', value: 0 }],
      {
        outcome: 'correct',
        reason: { cause: { code: 'criterion', params: { criterion: '1.2', value: 0 } } },
      },
    ],
    [
      'that the plan does not know holds',
      [{ criterion: '9.9', verdict: 'unhealthy', value: 1 }],
      { outcome: 'hold', reason: { cause: { code: 'criterion', params: { criterion: '9.9', value: 1 } } } },
    ],
    [
      'without data never promotes',
      [errors('unknown'), tickets],
      { outcome: 'wait', need: { code: 'criterion', params: { criterion: '1.1' } } },
    ],
    [
      'with too little data never promotes',
      [errors('healthy', 0), { ...tickets, verdict: 'inconclusive' }],
      { outcome: 'wait', need: { code: 'criterion', params: { criterion: '1.2' } } },
    ],
    [
      'that fails speaks before one that is silent',
      [errors('unknown'), { ...tickets, verdict: 'unhealthy', value: 2 }],
      { outcome: 'correct', reason: { cause: { params: { criterion: '1.2' } } } },
    ],
  ])('decides what the plan says of it: one %s', (_title, readings, decision) => {
    expect(decideGate({ ...satisfied, readings })).toMatchObject(decision);
  });

  it('that fails speaks before open items and missing approvals', () => {
    const readings = [errors('unhealthy', 4), tickets];
    expect(decideGate({ ...satisfied, readings, openItems: 2, approvals: [] }).outcome).toBe('roll-back');
  });
});

describe('approvals', () => {
  const eyes = (roles: readonly string[], peopleMin: number, fourEyes: boolean) =>
    gate({ approvals: { roles, peopleMin, fourEyes } });

  it.each<[string, Partial<GateSituation>, GateNeed]>([
    ['nobody has approved', { approvals: [] }, { code: 'approvals', params: { roles: ['lead', 'qa'] } }],
    [
      'one role is missing',
      { approvals: [approval('lead', 'ada')] },
      { code: 'approvals', params: { roles: ['qa'] } },
    ],
    [
      'a role that was not asked does not stand for one that was',
      { approvals: [approval('lead', 'ada'), approval('support', 'bob')] },
      { code: 'approvals', params: { roles: ['qa'] } },
    ],
    [
      'one person in both roles is one person',
      { approvals: [approval('lead', 'bob'), approval('qa', 'bob')] },
      { code: 'people', params: { more: 1 } },
    ],
    [
      'one person of three',
      { gate: eyes(['lead'], 3, false), approvals: [approval('lead', 'bob')] },
      { code: 'people', params: { more: 2 } },
    ],
    [
      'four eyes: only the one who started it',
      { gate: eyes(['lead'], 1, true), approvals: [approval('lead', 'ada')] },
      { code: 'second-person', params: {} },
    ],
    [
      'four eyes: the one who started it, in two roles',
      { gate: eyes(['lead', 'qa'], 1, true), approvals: [approval('lead', 'ada'), approval('qa', 'ada')] },
      { code: 'second-person', params: {} },
    ],
  ])('are waited for while some are missing: %s', (_title, changes, missing) => {
    expect(decideGate({ ...satisfied, ...changes })).toEqual({ outcome: 'wait', need: missing });
  });

  it.each<[string, Partial<GateSituation>]>([
    [
      'without four eyes, the one who started it may be alone',
      { gate: eyes(['lead'], 1, false), approvals: [approval('lead', 'ada')] },
    ],
    [
      'with four eyes, one person who did not start it',
      { gate: eyes(['lead'], 1, true), approvals: [approval('lead', 'bob')] },
    ],
    ['a gate that asks for nobody', { gate: eyes([], 0, false), approvals: [] }],
  ])('let the gate promote when all are there: %s', (_title, changes) => {
    expect(decideGate({ ...satisfied, ...changes }).outcome).toBe('promote');
  });
});

describe('a rejection', () => {
  const rejected = approval('qa', 'bob', { approved: false, comment: quoted('too slow') });

  it.each<[string, Partial<GateSituation>]>([
    ['beats the other approvals', {}],
    ['beats a pause', { blocking: { cause: { code: 'paused', params: {} } } }],
    ['beats lateness', { late: true }],
    ['does not wait for the last day', { ended: false }],
  ])('asks for a correction and says who: it %s', (_title, changes) => {
    const approvals = [approval('lead', 'ada'), rejected];
    expect(decideGate({ ...satisfied, approvals, ...changes })).toEqual({
      outcome: 'correct',
      reason: {
        severity: 'critical',
        cause: { code: 'rejected', params: { role: 'qa', by: 'bob', comment: 'too slow' } },
      },
    });
  });

  it.each(['correct', 'hold', 'roll-back'] as const)('leads where the plan says: %s', (onReject) => {
    expect(decideGate({ ...satisfied, gate: { ...strict, onReject }, approvals: [rejected] }).outcome).toBe(
      onReject,
    );
  });
});

describe('a gate that is late', () => {
  const late = { late: true } as const;

  it.each<[string, Partial<GateSituation>, GateNeed]>([
    ['approvals', { approvals: [] }, { code: 'approvals', params: { roles: ['lead', 'qa'] } }],
    ['items', { openItems: 1 }, { code: 'items', params: { open: 1 } }],
    ['data', { readings: [errors('unknown'), tickets] }, { code: 'criterion', params: { criterion: '1.1' } }],
  ])('escalates for want of %s, and says so', (_what, changes, missing) => {
    expect(decideGate({ ...satisfied, ...late, ...changes })).toEqual({ outcome: 'escalate', need: missing });
  });

  it.each(['hold', 'correct', 'roll-back'] as const)('does what the plan says: %s', (onTimeout) => {
    expect(decideGate({ ...satisfied, ...late, gate: { ...strict, onTimeout }, approvals: [] })).toEqual({
      outcome: onTimeout,
      reason: {
        cause: {
          code: 'gate-late',
          params: { need: { code: 'approvals', params: { roles: ['lead', 'qa'] } } },
        },
      },
    });
  });

  it.each<[string, Partial<GateSituation>, string]>([
    ['promotes all the same when all is there', {}, 'promote'],
    [
      'calls nobody while the release is paused',
      { blocking: { cause: { code: 'paused', params: {} } } },
      'wait',
    ],
    ['calls nobody before the last day has ended', { ended: false }, 'wait'],
    ['does what a failed criterion says', { readings: [errors('unhealthy', 4), tickets] }, 'roll-back'],
  ])('decides by what is there all the same: it %s', (_title, changes, outcome) => {
    expect(decideGate({ ...satisfied, ...late, ...changes }).outcome).toBe(outcome);
  });
});
