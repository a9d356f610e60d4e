/** What every ScriptReports keeps: a run ends once, whatever comes late, twice or out of order. */

import { describe, expect, it } from 'vitest';
import type { ScriptReports, ScriptStatus } from '#application/ports/scripts.ts';
import { quoted } from '#domain/quoted.ts';
import { racers, times } from './race.ts';

const marker = 'r1/pilot.1.script.deploy';
const running: ScriptStatus = { marker, status: 'running', exitCode: -1, summary: quoted('copying été') };
const succeeded: ScriptStatus = { marker, status: 'succeeded', exitCode: 0, summary: quoted('') };
const failed: ScriptStatus = {
  marker,
  status: 'failed',
  exitCode: 4_294_967_295,
  summary: quoted('no space left'),
};

export function describeScriptReports(make: () => Promise<ScriptReports>): void {
  describe('a report', () => {
    it('is kept as it was, of its own run', async () => {
      const reports = await make();
      expect(await reports.get(marker)).toBeUndefined();
      expect(await reports.put(failed)).toBe(true);
      expect(await reports.get(marker)).toStrictEqual(failed);
      expect(await reports.get('r1/pilot.2.script.deploy')).toBeUndefined();
    });

    it('of a run under way gives place to the next', async () => {
      const reports = await make();
      expect(await reports.put(running)).toBe(true);
      expect(await reports.put({ ...running, summary: quoted('half') })).toBe(true);
      expect(await reports.put(succeeded)).toBe(true);
      expect(await reports.get(marker)).toStrictEqual(succeeded);
    });

    it.each([
      ['succeeded', succeeded],
      ['failed', failed],
    ])('of a run that %s is the last', async (_, end) => {
      const reports = await make();
      await reports.put(end);
      for (const late of [running, succeeded, failed]) expect(await reports.put(late)).toBe(false);
      expect(await reports.get(marker)).toStrictEqual(end);
    });

    it(`counts once when ${racers} ends come at once`, async () => {
      const reports = await make();
      const ends = await Promise.all(
        times(racers, (index) => reports.put(index % 2 === 0 ? succeeded : { ...failed, exitCode: index })),
      );
      expect(ends.filter(Boolean)).toHaveLength(1);
    });
  });
}
