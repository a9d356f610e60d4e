/** Names that AWS would refuse, or that two things would share. */

import { describe, expect, it } from 'vitest';
import { executionNameOf, scheduleNameOf } from '#test/support/hashed.ts';

const long = (length: number) => `r1_${'phase-'.repeat(20)}`.slice(0, length);

describe.each([
  ['a schedule', 64, scheduleNameOf],
  ['an execution', 80, (name: string) => executionNameOf(name, 1)],
] as const)('the name of %s', (_, max, nameOf) => {
  it('stays as it is while it fits, and is made to fit', () => {
    expect(nameOf(long(max))).toBe(long(max));
    expect(nameOf(long(max + 1))).toHaveLength(max);
    expect(nameOf(long(max + 1))).toMatch(/^[\w.-]+$/);
  });

  it('differs where what it names differs, however late', () => {
    expect(nameOf(`${long(max)}a`)).not.toBe(nameOf(`${long(max)}b`));
  });
});

describe('the nth execution', () => {
  it('has a name of its own, which no incident has', () => {
    expect([1, 2].map((nth) => executionNameOf('r1_staging_1_gate', nth))).toEqual([
      'r1_staging_1_gate',
      'r1_staging_1_gate__2',
    ]);
    const longest = [1, 2, 3].map((nth) => executionNameOf(long(80), nth));
    expect(new Set(longest).size).toBe(3);
    for (const name of longest) expect(name).toMatch(/^[\w-]{1,80}$/);
  });
});
