import { describe, expect, it } from 'vitest';
import { isSameVersion, spellingOf } from '#domain/rules/version-spelling.ts';

describe('a version', () => {
  it.each([
    ['1.2.0', 'v1.2.0'],
    ['1.2.0', 'V1.2'],
    ['1.2.0', '1.02.0'],
    ['1.0.0', '1'],
    ['2.0.0-RC.1', 'v2.0-rc.1'],
    ['0.0.0', '0'],
    ['Release-7', 'release-7'],
  ])('is the same in another spelling: %s, %s', (one, other) => expect(isSameVersion(one, other)).toBe(true));

  it.each([
    ['1.2.0', '1.2.1'],
    ['1.2.0', '1.20'],
    ['2.0.0-rc.1', '2.0.0-rc.10'],
    ['2.0.0-rc.1', '2.0.0'],
    ['2.0.0+7', '2.0.0+8'],
    ['1.2', '12'],
    ['10', '1'],
    ['vanilla', 'anilla'],
    ['2024.10', '2024.1'],
    ['1.0a', '1a'],
  ])('is another one, however alike: %s, %s', (one, other) => expect(isSameVersion(one, other)).toBe(false));

  it('has one spelling that stands for all', () => {
    expect(['V01.2.0', '1.2', '0', 'v'].map(spellingOf)).toEqual(['1.2', '1.2', '0', 'v']);
  });
});
