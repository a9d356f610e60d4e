import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { replay } from '#domain/ledger/replay.ts';
import { quoted } from '#domain/quoted.ts';
import { messageCommitments } from '#presentation/audit-report/committed-dates.ts';
import { incidentAccounts, riskAccounts } from '#presentation/audit-report/incidents-and-risks.ts';
import { callResponseTimes, gateResponseTimes } from '#presentation/audit-report/response-times.ts';
import { technicia as plan } from '#test/rehearsal/run.ts';
import { admitted } from '#test/support/builders.ts';
import { record } from '#test/support/hashed.ts';

const startMs = Date.parse('2025-05-18T07:00:00.000Z');
const p1 = { phase: 'production-10', attempt: 1 };

/** Facts some minutes after an admission with launch on 18 May. */
function toldOf(...facts: readonly (readonly [minute: number, fact: Fact])[]) {
  let release: Parameters<typeof record>[0] = 'r1';
  const entries: LedgerEntry[] = [];
  const first = [0, { ...admitted, launchDay: '2025-05-18' }] as const;
  for (const [minute, fact] of [first, ...facts]) {
    const at = new Date(startMs + minute * 60_000).toISOString();
    const step: ReturnType<typeof record> = record(release, [fact], { at, actor: 'user:ada' });
    release = step.next;
    entries.push(...step.entries);
  }
  return { plan, release: replay('r1', entries), entries };
}

describe('messages', () => {
  const dueAt = new Date(startMs + 60 * 60_000).toISOString();
  const planned: Fact = { type: 'message.planned', message: 'launch', dueAt, epoch: 1 };
  const sending: Fact = { type: 'message.sending', message: 'launch', campaign: 'c' };
  const sent: Fact = {
    type: 'message.sent',
    message: 'launch',
    campaign: 'c',
    sent: 7,
    failed: 2,
    declined: 1,
  };

  it.each<[string, readonly (readonly [number, Fact])[], object]>([
    [
      'on time',
      [
        [0, planned],
        [75, sending],
        [80, sent],
      ],
      { kept: 'kept', minutesLate: 15, sent: 7, failed: 2 },
    ],
    [
      'late',
      [
        [0, planned],
        [76, sending],
      ],
      { kept: 'broken', minutesLate: 16, sent: 0 },
    ],
    [
      'never',
      [
        [0, planned],
        [90, { type: 'message.skipped', message: 'launch', reason: { code: 'phases-over', params: {} } }],
      ],
      { kept: 'broken', reason: { code: 'phases-over', params: {} } },
    ],
    ['not yet', [[0, planned]], { kept: 'open' }],
    [
      'on another date than at first',
      [
        [0, planned],
        [5, { type: 'message.replanned', message: 'launch', dueAt: '2025-05-19T08:00:00.000Z', epoch: 2 }],
      ],
      { plannedAt: '2025-05-19T08:00:00.000Z', firstPlannedAt: dueAt },
    ],
  ])('go by the date they had at first: %s', (_how, facts, expected) => {
    expect(messageCommitments(toldOf(...facts))).toEqual([expect.objectContaining(expected)]);
  });

  it('that an event sends have a row for each time, and no date to keep', () => {
    const again: Fact = { ...sending, campaign: 'd' };
    const rows = messageCommitments(toldOf([1, sending], [2, sent], [9, again]));
    expect(rows.map((row) => [row.plannedAt, row.sent])).toEqual([
      [undefined, 7],
      [undefined, 0],
    ]);
  });
});

describe('gates', () => {
  const gate: Fact = { type: 'gate.opened', ...p1 };
  const decided: Fact = { type: 'gate.decided', ...p1, outcome: 'promote', readings: [], reason: {} };
  const late: Fact = { type: 'gate.late', ...p1, waitsFor: { code: 'second-person', params: {} } };
  // 24 May 16:00 UTC, the end of the phase, is 153 h after the start.
  const dayMinute = 153 * 60;

  it.each<[string, readonly (readonly [number, Fact])[], object]>([
    [
      'from the moment when it could decide',
      [
        [0, gate],
        [dayMinute + 90, decided],
      ],
      { minutes: 90, hoursMax: 48, kept: 'kept' },
    ],
    [
      'and broken when the release found it late',
      [
        [0, gate],
        [9, late],
        [20, decided],
      ],
      { minutes: 0, kept: 'broken' },
    ],
    ['and open until it decides', [[0, gate]], { kept: 'open' }],
  ])('are held to their time %s', (_how, facts, expected) => {
    expect(gateResponseTimes(toldOf(...facts))).toEqual([expect.objectContaining(expected)]);
  });

  it('that are asked again have a row for each time', () => {
    const rows = gateResponseTimes(toldOf([0, gate], [5, late], [10, decided], [20, gate], [25, decided]));
    expect(rows.map(({ kept }) => kept)).toEqual(['broken', 'kept']);
  });
});

describe('calls', () => {
  const opened: Fact = {
    type: 'incident.opened',
    ...p1,
    incident: 'i',
    severity: 'critical',
    title: { code: 'reported', params: { words: quoted('T') } },
  };
  const call = (level: number, role: string): Fact => ({
    type: 'incident.called',
    incident: 'i',
    level,
    role,
  });
  const answered: Fact = { type: 'incident.acknowledged', incident: 'i', by: 'bob' };

  it.each<[string, readonly (readonly [number, Fact])[], readonly object[]]>([
    [
      'answered in time',
      [
        [0, call(3, 'project-lead')],
        [10, answered],
      ],
      [{ minutes: 10, minutesMax: 10, kept: 'kept' }],
    ],
    [
      'answered too late',
      [
        [0, call(3, 'project-lead')],
        [12, answered],
      ],
      [{ kept: 'broken', ended: 'acknowledged' }],
    ],
    [
      'passed on',
      [
        [0, call(3, 'project-lead')],
        [10, call(4, 'management')],
        [40, { type: 'incident.unanswered', incident: 'i' }],
      ],
      [
        { ended: 'climbed', minutes: 10, kept: 'broken' },
        { ended: 'unanswered', minutes: 30, minutesMax: 30, kept: 'broken' },
      ],
    ],
    [
      'of another incident',
      [
        [0, call(1, 'support')],
        [5, { ...answered, incident: 'j' } as Fact],
      ],
      [{ kept: 'open' }],
    ],
  ])('are promises of who was called: %s', (_how, facts, expected) => {
    expect(callResponseTimes(toldOf([0, opened], ...facts))).toEqual(
      expected.map((one) => expect.objectContaining(one)),
    );
  });

  it('are told of the incident with the time to acknowledge and to resolve', () => {
    const told = toldOf(
      [0, opened],
      [1, call(3, 'project-lead')],
      [4, answered],
      [90, { type: 'incident.resolved', incident: 'i', by: 'eve' }],
    );
    expect(incidentAccounts(told)).toEqual([
      expect.objectContaining({
        levels: [3],
        acknowledgedBy: 'bob',
        minutesToAcknowledge: 4,
        resolvedBy: 'eve',
        minutesToResolve: 90,
        unanswered: false,
      }),
    ]);
  });
});

describe('risks', () => {
  const risk = (id: string, state: 'threatening' | 'quiet'): Fact => ({
    type: 'risk.changed',
    risk: id,
    state,
    check: 'c',
  });
  it('have a row for each time that they were seen', () => {
    const told = toldOf(
      [1, risk('R1', 'threatening')],
      [2, risk('R1', 'threatening')],
      [3, risk('R1', 'quiet')],
      [4, risk('R2', 'threatening')],
      [5, risk('R1', 'threatening')],
    );
    const minute = (instant: string | undefined) => instant && (Date.parse(instant) - startMs) / 60_000;
    expect(riskAccounts(told).map(({ risk: id, from, to }) => [id, minute(from), minute(to)])).toEqual([
      ['R1', 1, 3],
      ['R2', 4, undefined],
      ['R1', 5, undefined],
    ]);
  });
});
