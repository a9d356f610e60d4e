import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['bench/cost.ts', ...args], { encoding: 'utf8' });

describe('bench:cost', () => {
  it.each([
    [['--users', '0'], '--users 0: give a whole number from 1 to 100,000'],
    [['--users=-5'], '--users -5'],
    [['--users', '1e3'], '--users 1e3'],
    [['--users', '1000001'], '--users 1000001'],
    [['--seed', 'x'], '--seed x'],
    [['--fast'], '--fast'],
    [['extra'], 'extra'],
    [['--plan', 'no-such.yaml'], 'no-such.yaml'],
    [['--plan', 'package.json'], 'package.json is no plan'],
  ])('refuses the options %j with exit code 2', (args, said) => {
    const { status, stderr, stdout } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(said);
    expect(stdout).toBe('');
  });
});
