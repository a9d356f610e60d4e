/** What every store of bad versions keeps: the first word about each, and nothing about others. */
import { describe, expect, it } from 'vitest';
import type { Versions } from '#application/ports/releases.ts';
import { racers, times } from './race.ts';

const bad = { version: '2.0.0', releaseId: 'r1', by: 'ada', reason: 'loses files, é' };

export function describeVersions(make: () => Promise<Versions>): void {
  describe('versions', () => {
    it('are good until somebody says otherwise', async () => {
      const versions = await make();
      expect(await versions.findBad('2.0.0')).toBeUndefined();
      await versions.markBad(bad);
      expect(await versions.findBad('2.0.0')).toEqual(bad);
      expect(await versions.findBad('2.0.1')).toBeUndefined();
      for (const spelling of ['v2.0.0', '2', '2.00.0']) expect(await versions.findBad(spelling)).toEqual(bad);
    });

    it(`keep the word of one of ${racers} who speak at once`, async () => {
      const versions = await make();
      await Promise.all(times(racers, (index) => versions.markBad({ ...bad, by: `u${index}` })));
      const kept = await versions.findBad('2.0.0');
      await versions.markBad({ ...bad, by: 'late' });
      expect(await versions.findBad('2.0.0')).toEqual(kept);
    });
  });
}
