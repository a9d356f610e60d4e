/** What every ScriptRunner keeps: one run per marker, and a word about it that does not change once it has ended. */
import { describe, expect, it } from 'vitest';
import type { ScriptCall, ScriptRunner } from '#application/ports/scripts.ts';
import { ScriptNotStarted } from '#domain/errors.ts';

export interface ScriptRunnerBench {
  readonly scripts: ScriptRunner;
  /** Lets every run end: scripts at `failingPath` print `printed` and fail, the others succeed. */
  finish(): Promise<void>;
  /** Of a run that never was. */
  readonly unknown: string;
}
export const failingPath = 'deploy/fails.ps1';
export const printed = `${'x'.repeat(900)} no space left`;
/** Of the port. */
const summaryMax = 500;

const call = (marker: string, path = 'deploy/works.ps1'): ScriptCall => ({
  path,
  arguments: { Version: '2.0.0', Note: 'été "1"' },
  timeoutMinutes: 30,
  askedAtMs: 0,
  marker,
});

export function describeScriptRunner(make: () => ScriptRunnerBench): void {
  describe('a run', () => {
    it('is the same for the same marker, before and after its end, and another for another', async () => {
      const { scripts, finish } = make();
      const first = await scripts.start(call('r1/a'));
      expect(await scripts.start(call('r1/a'))).toEqual(first);
      expect(await scripts.start(call('r1/b'))).not.toEqual(first);
      await finish();
      expect(await scripts.start(call('r1/a'))).toEqual(first);
    });

    it('goes on until it has succeeded', async () => {
      const { scripts, finish } = make();
      const { command } = await scripts.start(call('r1/a'));
      expect(await scripts.describe(command)).toMatchObject({ marker: 'r1/a', status: 'running' });
      await finish();
      const ended = await scripts.describe(command);
      expect(ended).toMatchObject({ marker: 'r1/a', status: 'succeeded', exitCode: 0 });
      expect(await scripts.describe(command)).toEqual(ended);
    });

    it('that fails says so, with the end of what it printed', async () => {
      const { scripts, finish } = make();
      const { command } = await scripts.start(call('r1/a', failingPath));
      await finish();
      const { status, exitCode, summary } = await scripts.describe(command);
      expect(status).toBe('failed');
      expect(exitCode).not.toBe(0);
      expect(summary).toMatch(/no space left$/);
      expect(summary.length).toBeLessThanOrEqual(summaryMax);
    });

    it('that never was is not known', async () => {
      const { scripts, unknown } = make();
      await expect(scripts.describe(unknown)).rejects.toThrow(ScriptNotStarted);
    });
  });
}
