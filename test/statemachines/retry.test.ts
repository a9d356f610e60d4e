import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Retrier, retryClasses, totalWaitSeconds } from '#statemachines/retry.ts';

const source = readFileSync(join(import.meta.dirname, '..', '..', 'statemachines', 'retry.ts'), 'utf8');

/** The sum in the comment above a class: `2 + 4 = 6 seconds`. */
function commented(name: string): { readonly terms: number; readonly total: number } {
  const comment = new RegExp(`/\\*\\* ([\\d ,+×]+)= ([\\d,]+) seconds[^*]*\\*/\\nconst ${name}:`).exec(
    source,
  );
  const numbers = (text: string) => text.split('×').map((number) => Number(number.replaceAll(',', '')));
  const terms = (comment?.[1] ?? '').split('+').map((term) => numbers(term).reduce((a, b) => a * b, 1));
  return {
    terms: terms.reduce((a, b) => a + b, 0),
    total: numbers(comment?.[2] ?? 'nothing')[0] ?? Number.NaN,
  };
}

const retrier = (changes: Partial<Retrier>): Retrier => ({
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 1,
  MaxAttempts: 1,
  BackoffRate: 1,
  MaxDelaySeconds: 100,
  JitterStrategy: 'NONE',
  ...changes,
});

describe('totalWaitSeconds', () => {
  it.each<[string, readonly Retrier[], number]>([
    ['nothing to wait for', [], 0],
    ['no attempts', [retrier({ MaxAttempts: 0 })], 0],
    ['the same interval again and again', [retrier({ IntervalSeconds: 5, MaxAttempts: 3 })], 15],
    ['back-off', [retrier({ IntervalSeconds: 3, MaxAttempts: 4, BackoffRate: 2 })], 45],
    [
      'back-off up to a limit',
      [retrier({ IntervalSeconds: 3, MaxAttempts: 4, BackoffRate: 2, MaxDelaySeconds: 10 })],
      29,
    ],
    ['two retriers', [retrier({ IntervalSeconds: 5 }), retrier({ IntervalSeconds: 7 })], 12],
  ])('is the sum of all waits between attempts: %s', (_title, retriers, expected) => {
    expect(totalWaitSeconds(retriers)).toBe(expected);
  });
});

describe('a retry class', () => {
  it.each([
    ['transient', 122],
    ['undo', 2800],
  ] as const)('%s waits %i seconds at most, as its comment says', (name, expected) => {
    expect(totalWaitSeconds(retryClasses[name])).toBe(expected);
    expect(commented(name)).toEqual({ terms: expected, total: expected });
  });

  it.each(Object.entries(retryClasses))(
    '%s retries a function that took too long, as AWS names it',
    (_name, retriers) => {
      expect(retriers.flatMap(({ ErrorEquals }) => ErrorEquals)).toContain('Sandbox.Timedout');
    },
  );

  it.each(Object.entries(retryClasses))('%s is in the table above', (name) => {
    expect(['transient', 'undo']).toContain(name);
  });

  it.each(Object.entries(retryClasses))(
    '%s never retries what another try cannot change',
    (_name, retriers) => {
      const retried = retriers.flatMap(({ ErrorEquals }) => ErrorEquals);
      for (const verdict of [
        'States.ALL',
        'States.TaskFailed',
        'InvalidInput',
        'NotAllowedNow',
        'ReleaseExists',
      ]) {
        expect(retried).not.toContain(verdict);
      }
    },
  );
});
