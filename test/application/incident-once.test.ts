/** What somebody has resolved is not called again every hour while it lasts; trouble that comes back is new. */

import { expect, it } from 'vitest';
import { openIncident } from '#application/incidents.ts';
import { present } from '#domain/present.ts';
import { crowded, crowdedRelease } from '#test/support/crowded-release.ts';
import { record } from '#test/support/hashed.ts';

const { releaseId, phase, attempt } = crowded;
const started = '2025-03-03T08:00:00.000Z';

it.each([
  ['opened since its trouble began, is that one', started, ['build.1.late']],
  [
    'opened before its trouble began, is another one',
    '2025-03-10T08:00:00.000Z',
    ['build.1.late', 'build.1.late.2'],
  ],
  ['of trouble that comes back, is another one', undefined, ['build.1.late', 'build.1.late.2']],
])('an incident that somebody has resolved, %s', async (_title, since, expected) => {
  const ports = await crowdedRelease();
  const open = () =>
    openIncident(ports, releaseId, 'system:test', {
      phase,
      attempt,
      cause: 'late',
      severity: 'user',
      title: { code: 'gate-late', params: { phase } },
      ...present({ since }),
    });
  const incident = await open();
  const before = await ports.releases.load(releaseId);
  const by = { at: new Date(ports.clock.nowMs()).toISOString(), actor: 'user:ada' };
  const { next, entries } = record(before, [{ type: 'incident.resolved', incident, by: 'ada' }], by);
  await ports.releases.commit(before, next, entries);
  await open();
  const { incidents } = await ports.releases.load(releaseId);
  expect(Object.keys(incidents).filter((id) => id.startsWith('build.1.late'))).toEqual(expected);
});
