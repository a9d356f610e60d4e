import { describe, expect, it } from 'vitest';
import { type Outcome, verdictOf } from './verdict.ts';

const passed: Outcome = { id: 'wait/one', as: 'passed' };
const refused: Outcome = { id: 'map/odd', as: 'refused', says: 'Map.Label: is not supported' };

describe('a run of the oracle', () => {
  it('is green when every recording was replayed', () => {
    expect(verdictOf([passed], {})).toEqual({ green: true, lines: ['1 passed, 0 failed'] });
  });

  it('fails when a recording was skipped that nobody has named', () => {
    const { green, lines } = verdictOf([passed, refused], {});
    expect([green, lines[0]]).toEqual([false, expect.stringMatching(/map\/odd.*Map\.Label/)]);
  });

  it('says the reason of a recording that is named', () => {
    const { green, lines } = verdictOf([passed, refused], { 'map/odd': 'distributed maps' });
    expect([green, lines]).toEqual([
      true,
      ['skipped map/odd: distributed maps', '1 passed, 0 failed, 1 skipped'],
    ]);
  });

  it('fails when a named recording is replayed after all, or is not there', () => {
    expect(verdictOf([passed], { 'wait/one': 'no clock' }).green).toBe(false);
    expect(verdictOf([passed], { 'wait/two': 'no clock' }).green).toBe(false);
  });

  it('fails when a recording differs, and when there was none', () => {
    expect(verdictOf([passed, { id: 'wait/two', as: 'failed', says: 'FAILED wait/two' }], {})).toEqual({
      green: false,
      lines: ['FAILED wait/two', '1 passed, 1 failed'],
    });
    expect(verdictOf([], {}).green).toBe(false);
  });
});
