/**
 * Events doubled, late, out of order and lost, and handlers that die between any two calls: the release ends the same
 * way, nobody is mailed twice, and the ledger is whole.
 */
import { describe, expect, it } from 'vitest';
import { readScenario } from '#rehearsal/scenario.ts';
import type { Chaos } from '#rehearsal/world/chaos.ts';
import { expectInvariants, rehearsalOf } from '#test/rehearsal/run.ts';

const storms: readonly (readonly [string, Chaos])[] = [
  ['everything doubled', { duplicate: 1, drop: 0, crash: 0, delaySecondsMax: 0 }],
  ['late and out of order', { duplicate: 0.2, drop: 0, crash: 0, delaySecondsMax: 120 }],
  ['best-effort events lost', { duplicate: 0, drop: 0.3, crash: 0, delaySecondsMax: 0 }],
  ['handlers that die', { duplicate: 0, drop: 0, crash: 0.003, delaySecondsMax: 0 }],
  ['all at once', { duplicate: 0.2, drop: 0.2, crash: 0.003, delaySecondsMax: 60 }],
];
/** Each storm over the scenario that has most to lose in it; all of them over many seeds is `npm run test:storm`. */
const rehearsed = ['ocr-fails-at-50'] as const;

describe.each(storms)('%s', (_title, chaos) => {
  it.each(rehearsed)('%s ends as it does in calm weather', async (name) => {
    const scenario = readScenario(name);
    const rehearsal = await rehearsalOf({ scenario, chaos, users: 2000 });
    expect(rehearsal.release.status).toBe(scenario.expect.outcome);
    expectInvariants(rehearsal);
  });
});

describe('the same seed', () => {
  it('gives the same ledger, bit for bit', async () => {
    const [, chaos] = storms[4] ?? [];
    const run = () => rehearsalOf({ users: 600, seed: 7, ...(chaos ? { chaos } : {}) });
    const [first, second] = [await run(), await run()];
    expect(second.entries).toEqual(first.entries);
    expect(second.bill).toEqual(first.bill);
  });

  it('and another seed another one', async () => {
    const [first, second] = [await rehearsalOf({ seed: 7 }), await rehearsalOf({ seed: 8 })];
    expect(second.release.hash).not.toBe(first.release.hash);
  });
});
