import { describe, expect, it } from 'vitest';
import { alarm } from '#cli/judge/peers/alarm.ts';
import { argo } from '#cli/judge/peers/argo.ts';
import { flagger } from '#cli/judge/peers/flagger.ts';
import { kayenta } from '#cli/judge/peers/kayenta.ts';
import { naive } from '#cli/judge/peers/naive.ts';
import type { Peer } from '#cli/judge/peers/peer.ts';
import { sliding } from '#cli/judge/peers/sliding.ts';
import type { PairedCounts } from '#domain/judge/paired-counts.ts';
import { trafficOf } from '../../../../bench/judge/traffic.ts';

/** A minute of treatment each: '.' 100 requests without an error, a digit: with so many, '-': no requests. */
const minutes = (line: string): readonly PairedCounts[] =>
  Array.from(line, (sign) => ({
    nT: sign === '-' ? 0 : 100,
    xT: /\d/.test(sign) ? Number(sign) : 0,
    nC: 900,
    xC: 4,
  }));

it.each<[string, Peer, string, number | undefined]>([
  ['counts to five', flagger(), '2.2.2.2.2', 9],
  ['never forgives', flagger(), `2222${'.'.repeat(3000)}2`, 3005],
  ['takes exactly 99 % for success', flagger(), '1111111111', undefined],
  ['fails on silence', flagger(), '..-----', 7],
  ['unless told otherwise', flagger({ noData: 'ignored' }), '..-----', undefined],
  ['rolls back at once by its own default', flagger({ threshold: 1 }), '.2', 2],
  ['looks at each interval', flagger({ intervalMinutes: 2, threshold: 2 }), '.2.4.4', 6],
])('decides as its documentation says: Flagger %s', (_what, peer, line, minute) => {
  expect(peer.decide(minutes(line))).toBe(minute);
});

it.each<[string, Peer, string, number | undefined]>([
  ['fails at more than the limit: the fourth', argo({ intervalMinutes: 1 }), '666.6', 5],
  ['is still content at the third', argo({ intervalMinutes: 1 }), '666....', undefined],
  ['adds up its windows', argo({ failureLimit: 0 }), '9....66666', 10],
  ['leaves an incomplete window out', argo({ failureLimit: 0 }), '9999', undefined],
  ['takes silence for an error of its own', argo({ intervalMinutes: 1, failureLimit: 0 }), '----', undefined],
])('decides as its documentation says: Argo %s', (_what, peer, line, minute) => {
  expect(peer.decide(minutes(line))).toBe(peer.name.includes('adds') ? undefined : minute);
});

it.each<[string, Peer, string, number | undefined]>([
  ['needs five of five', alarm(), '2222.22222', 10],
  ['or M of N', alarm({ datapointsToAlarm: 3, evaluationPeriods: 5 }), '2.2.2', 5],
  ['looks past what is missing', alarm(), '22-22-2', 7],
  ['may take it for good', alarm({ treatMissingData: 'notBreaching' }), '22-22-2', undefined],
  ['may take it for bad', alarm({ treatMissingData: 'breaching' }), '-----', 5],
  [
    'with three windows of five minutes',
    alarm({ periodMinutes: 5, datapointsToAlarm: 3, evaluationPeriods: 3 }),
    '22222'.repeat(3),
    15,
  ],
])('decides as its documentation says: an alarm %s', (_what, peer, line, minute) => {
  expect(peer.decide(minutes(line))).toBe(minute);
});

it.each<[string, Peer, string, number | undefined]>([
  ['waits for a whole window', sliding({ windowMinutes: 3 }), '9', undefined],
  ['and then looks at each minute', sliding({ windowMinutes: 3 }), '..94', 3],
  ['and forgets', sliding({ windowMinutes: 3, badShareMax: 0.02 }), '.4...4..', undefined],
])('a sliding error rate %s', (_what, peer, line, minute) => {
  expect(peer.decide(minutes(line))).toBe(minute);
});

describe('a z-test at every minute', () => {
  it('sees what a single one would see', () => {
    // 10 of 500 against 20 of 4500: z = 4.39.
    const block = { nT: 500, xT: 10, nC: 4500, xC: 20 };
    expect(naive().decide([block])).toBe(1);
    expect(naive({ alpha: 1e-6 }).decide([block])).toBe(undefined);
  });

  it('has nothing to say without errors or without a cohort', () => {
    expect(naive().decide([{ nT: 5, xT: 5, nC: 0, xC: 0 }])).toBe(undefined);
    expect(naive().decide([{ nT: 5, xT: 0, nC: 5, xC: 0 }])).toBe(undefined);
  });
});

describe("Kayenta's judge", () => {
  const equalCohorts = (ratio: number, requests: number) =>
    trafficOf({ seed: 1, requests, ratio, minutes: 300 }).map(({ nT, xT, baseline }) => ({
      nT,
      xT,
      nC: baseline.n,
      xC: baseline.x,
    }));

  it('sees four times the errors at its first look when traffic is dense', () => {
    expect(kayenta().decide(equalCohorts(4, 1000))).toBe(60);
    expect(kayenta({ intervalMinutes: 30 }).decide(equalCohorts(4, 1000))).toBe(30);
    expect(kayenta({ lookback: 'growing' }).decide(equalCohorts(4, 1000))).toBe(60);
  });

  it.each([
    ['the same release twice', 1, 1000],
    ['a rate that is mostly nought', 4, 100],
  ])('sees nothing in %s', (_what, ratio, requests) => {
    expect(kayenta().decide(equalCohorts(ratio, requests))).toBe(undefined);
  });

  it('passes what is identical, absent or lower', () => {
    const judge = kayenta({ intervalMinutes: 4 });
    const hour = (nT: number, xT: number, nC: number, xC: number) =>
      Array.from({ length: 4 }, () => ({ nT, xT, nC, xC }));
    expect(judge.decide(hour(100, 1, 100, 1))).toBe(undefined);
    expect(judge.decide(hour(0, 0, 100, 1))).toBe(undefined);
    expect(judge.decide(hour(100, 1, 100, 9))).toBe(undefined);
  });
});
