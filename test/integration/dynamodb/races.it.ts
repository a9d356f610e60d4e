/**
 * Fifty people act on one release at the same instant, through the real functions of the API, on the real store. A race is a
 * row of the table below; what must hold of every one is in `holdsAlways`.
 */

import { describe, expect, inject, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { replay } from '#domain/ledger/replay.ts';
import { racers, times } from '#test/adapters/race.ts';
import { firstBroken } from '#test/support/hashed.ts';
import { contest, inPhase, type Outcome, type Request, type Scene } from './contested.ts';
import { freshTable } from './tables.ts';

/** Requests that leave together arrive within so many milliseconds. */
const networkMsMax = 40;

interface Race {
  readonly name: string;
  readonly scene: Scene;
  readonly requests: readonly Request[];
  /** Beside what holds always. */
  readonly holds: (outcome: Outcome) => void;
}

const opened: Fact = { type: 'phase.opened', ...inPhase };
const gateOpened: Fact = { type: 'gate.opened', ...inPhase };
const atGate: Scene = { waitsFor: 'gate', facts: [opened, gateOpened] };
const atChecklist: Scene = { waitsFor: 'checklist', facts: [opened], items: ['tests'] };
const held: Scene = {
  waitsFor: 'hold',
  facts: [
    opened,
    gateOpened,
    { type: 'gate.decided', ...inPhase, outcome: 'hold', reason: {}, readings: [] },
    { type: 'phase.held', ...inPhase, from: 'gate' },
  ],
};

const phasePath = `/phases/${inPhase.phase}`;
const approve = { path: `${phasePath}/gate/approve`, body: { role: 'lead', comment: 'good' } };
const reject = { path: `${phasePath}/gate/reject`, body: { role: 'lead', comment: 'bad' } };
const tick = (id: string) => ({ path: `${phasePath}/items/${id}/tick`, body: { evidence: 'seen' } });
const abort = { path: '/abort', body: { reason: 'enough' } };
const pause = { path: '/pause', body: { reason: 'wait' } };
const resume = (resolution: string) => ({ path: `${phasePath}/resume`, body: { resolution, comment: '' } });

const rollBack = { path: `${phasePath}/order`, body: { order: 'roll-back', level: 'full', reason: 'slow' } };
const waive = { path: `${phasePath}/items/tests/waive`, body: { reason: 'none here' } };
const untick = { path: `${phasePath}/items/tests/untick`, body: { reason: 'not so' } };

type Deed = Omit<Request, 'person'>;
/** One deed by each of fifty people, the given ones in turn. */
const byMany = (...deeds: readonly [Deed, ...Deed[]]): readonly Request[] =>
  times(racers, (index) => ({ person: `p${index}`, ...(deeds[index % deeds.length] ?? deeds[0]) }));
const byOne = (deed: Deed): readonly Request[] => times(racers, () => ({ person: 'ada', ...deed }));

const factsOf = <T extends Fact['type']>({ entries }: Outcome, type: T) =>
  entries.flatMap(({ fact }) => (fact.type === type ? [fact as Extract<Fact, { type: T }>] : []));
const statuses = ({ answers }: Outcome) => [...new Set(answers.map(({ status }) => status))].toSorted();
/** Who was told that it is done, and who did it says the ledger. */
const toldDone = ({ answers }: Outcome) =>
  answers.flatMap(({ status, request }) => (status === 200 ? [`user:${request.person}`] : [])).toSorted();
const didIt = ({ entries }: Outcome, ...types: readonly Fact['type'][]) =>
  entries.flatMap(({ fact, actor }) => (types.includes(fact.type) ? [actor] : [])).toSorted();

const races: readonly Race[] = [
  {
    name: 'approvals by different people',
    scene: atGate,
    requests: byMany(approve),
    holds: (outcome) => {
      expect(outcome.taken).toEqual([{ outcome: 'promote', reason: {} }]);
      expect(toldDone(outcome)).toEqual(didIt(outcome, 'gate.approved'));
    },
  },
  {
    name: 'approvals of which every one is needed',
    scene: { ...atGate, peopleMin: racers },
    requests: byMany(approve),
    holds: (outcome) => {
      expect(outcome.taken).toEqual([{ outcome: 'promote', reason: {} }]);
      expect(statuses(outcome)).toEqual([200]);
      expect(factsOf(outcome, 'gate.approved')).toHaveLength(racers);
    },
  },
  {
    name: 'approvals by the same person',
    scene: atGate,
    requests: byOne(approve),
    holds: (outcome) => {
      expect(outcome.taken).toEqual([{ outcome: 'promote', reason: {} }]);
      expect(factsOf(outcome, 'gate.approved')).toHaveLength(1);
    },
  },
  {
    name: 'approvals under one idempotency key',
    scene: atGate,
    requests: byOne({ ...approve, keyed: true }),
    holds: (outcome) => {
      expect(factsOf(outcome, 'gate.approved')).toHaveLength(1);
      expect(refusals(outcome).filter((type) => type !== 'KeyInUse')).toEqual([]);
    },
  },
  {
    name: 'ticks of one item by different people',
    scene: atChecklist,
    requests: byMany(tick('tests')),
    holds: (outcome) => {
      expect(outcome.taken).toEqual([{ outcome: 'complete' }]);
      expect(factsOf(outcome, 'item.ticked')).toHaveLength(1);
      expect(statuses(outcome)).toEqual([200]);
    },
  },
  {
    name: 'aborts',
    scene: atGate,
    requests: byMany(abort),
    holds: (outcome) => {
      expect(outcome.taken).toEqual([]);
      expect(factsOf(outcome, 'release.closed')).toHaveLength(1);
      expect([outcome.release.status, outcome.wait?.status]).toEqual(['aborted', 'cancelled']);
      expect(statuses(outcome)).toEqual([200]);
    },
  },
  {
    name: 'approvals against rejections',
    scene: atGate,
    requests: byMany(approve, reject),
    holds: (outcome) => {
      const [decision] = factsOf(outcome, 'gate.decided');
      expect(['promote', 'correct']).toContain(decision?.outcome);
      expect(toldDone(outcome)).toEqual(didIt(outcome, 'gate.approved', 'gate.rejected'));
    },
  },
  {
    name: 'a tick against an abort',
    scene: atChecklist,
    requests: byMany(tick('tests'), abort),
    holds: (outcome) => {
      expect(outcome.release.status).toBe('aborted');
      expect(factsOf(outcome, 'item.ticked').length).toBeLessThanOrEqual(1);
    },
  },
  {
    name: 'an approval against an abort',
    scene: atGate,
    requests: byMany(approve, abort),
    holds: ({ release, stops }) => {
      expect(release.status).toBe('aborted');
      expect(stops).toBeGreaterThan(0);
    },
  },
  {
    name: 'a pause against a promotion',
    scene: atGate,
    requests: byMany(approve, pause),
    holds: (outcome) => {
      const order = outcome.entries.map(({ fact }) => fact.type);
      expect(factsOf(outcome, 'release.paused')).toHaveLength(1);
      // Whatever promoted did so before the pause.
      expect(order.indexOf('gate.decided')).toBeLessThan(order.indexOf('release.paused'));
    },
  },
  {
    name: 'orders to roll back',
    scene: atGate,
    requests: byMany(rollBack),
    holds: (outcome) => {
      expect(factsOf(outcome, 'phase.ordered')).toHaveLength(1);
      expect(factsOf(outcome, 'gate.decided')).toMatchObject([{ outcome: 'roll-back' }]);
      expect(outcome.taken).toMatchObject([{ outcome: 'roll-back', reason: { cause: { code: 'ordered' } } }]);
      expect(statuses(outcome)).toEqual([200]);
    },
  },
  {
    name: 'an order to roll back against an approval',
    scene: atGate,
    requests: byMany(rollBack, approve),
    holds: (outcome) => {
      const [decision] = factsOf(outcome, 'gate.decided');
      expect(outcome.taken).toMatchObject([{ outcome: decision?.outcome }]);
      expect(factsOf(outcome, 'phase.ordered')).toHaveLength(decision?.outcome === 'roll-back' ? 1 : 0);
    },
  },
  {
    name: 'a tick against a waiver',
    scene: atChecklist,
    requests: byMany(tick('tests'), waive),
    holds: (outcome) => {
      expect(outcome.taken).toEqual([{ outcome: 'complete' }]);
      const done = [...factsOf(outcome, 'item.ticked'), ...factsOf(outcome, 'item.waived')];
      expect(done).toHaveLength(1);
      expect(statuses(outcome)).toEqual([200]);
    },
  },
  {
    name: 'waivers of one item by different people',
    scene: atChecklist,
    requests: byMany(waive),
    holds: (outcome) => {
      expect(outcome.taken).toEqual([{ outcome: 'complete' }]);
      expect(factsOf(outcome, 'item.waived')).toHaveLength(1);
      expect(statuses(outcome)).toEqual([200]);
    },
  },
  {
    name: 'a tick against what takes it back',
    scene: atChecklist,
    requests: byMany(tick('tests'), untick),
    holds: (outcome) => {
      const moves = outcome.entries
        .map(({ fact }) => fact.type)
        .filter((type) => type === 'item.ticked' || type === 'item.unticked');
      // By turns: nothing is ticked twice, nor taken back when it is open.
      expect(moves).toEqual(moves.map((_, index) => (index % 2 === 0 ? 'item.ticked' : 'item.unticked')));
      if (moves.at(-1) === 'item.ticked') expect(outcome.taken).toEqual([{ outcome: 'complete' }]);
      expect(statuses(outcome)).toEqual([200]);
    },
  },
  {
    name: 'two answers to a hold',
    scene: held,
    requests: byMany(resume('gate'), resume('correct')),
    holds: (outcome) => {
      const [fact] = factsOf(outcome, 'phase.resumed');
      expect(factsOf(outcome, 'phase.resumed')).toHaveLength(1);
      expect(outcome.taken).toEqual([{ resolution: fact?.resolution }]);
      const told = outcome.answers.filter(({ status }) => status === 200);
      for (const { request } of told) expect(request.body).toMatchObject({ resolution: fact?.resolution });
    },
  },
];

const refusals = ({ answers }: Outcome) =>
  answers.flatMap(({ status, body }) => (status === 200 ? [] : [String(body['type'])]));

/** What refuses a command because of what others did; that it is busy is no reason. */
const refusalsAllowed = ['NotAllowedNow', 'KeyInUse'];
/** What may follow the end. */
const afterEnd = /^(incident\.|message\.sent$|access\.withdrawn$)/;

function holdsAlways(outcome: Outcome): void {
  const { answers, release, entries, wait, sent, taken } = outcome;
  for (const { status, body } of answers) {
    if (status === 200) expect(body).toEqual({});
    else expect([status, refusalsAllowed.includes(String(body['type'])), body]).toEqual([409, true, body]);
  }
  expect(statuses(outcome)).toContain(200);
  expect(entries.map(({ seq }) => seq)).toEqual(times(entries.length, (index) => index + 1));
  expect(firstBroken(entries)).toBeUndefined();
  expect(replay(release.id, entries)).toStrictEqual(release);
  const types = entries.map(({ fact }) => fact.type);
  for (const once of ['gate.decided', 'release.closed'] as const)
    expect(types.filter((type) => type === once).length, once).toBeLessThanOrEqual(1);
  const end = types.indexOf('release.closed');
  if (end >= 0) expect(types.slice(end + 1).filter((type) => !afterEnd.test(type))).toEqual([]);
  expect(taken.length).toBeLessThanOrEqual(1);
  for (const answer of sent) expect(answer).toEqual(wait?.answer);
  // An abort gives up a wait whose answer is on its way, too.
  const over = release.status === 'aborted' ? /^(settled|cancelled)$/ : /^settled$/;
  expect(wait?.status).toMatch(taken.length === 1 ? over : /^(armed|cancelled)$/);
}

const rounds = Math.ceil(inject('raceRounds') / races.length);
/** A hang ends it; how busy the machine is decides nothing. */
const roundMsMax = 300_000;

describe(`${racers} requests at once, ${rounds} rounds`, () => {
  it.each(races)(
    'leave one outcome, whoever comes first: $name',
    { timeout: rounds * roundMsMax },
    async ({ scene, requests, holds }) => {
      const tables = { releases: await freshTable('releases'), waits: await freshTable('waits') };
      for (let round = 0; round < rounds; round += 1) {
        // By turns at the very same moment, and as a network would bring them.
        const outcome = await contest(
          tables,
          `r${round}`,
          scene,
          requests,
          round % 2 === 0 ? 0 : networkMsMax,
        );
        holdsAlways(outcome);
        holds(outcome);
      }
    },
  );
});
