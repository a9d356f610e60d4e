/** What people and the product may ask of releases over HTTP. It has no power to change anything. */
import { checkAccess } from '../api/check-access.ts';
import { listReleases } from '../api/list-releases.ts';
import { readLooks } from '../api/read-looks.ts';
import { readRelease } from '../api/read-release.ts';
import { readTimeline } from '../api/read-timeline.ts';
import { api, query } from './api.ts';
import { phase, release } from './paths.ts';

export const readRoutes = [
  query('/releases', listReleases),
  query(release, readRelease),
  query(`${release}/timeline`, readTimeline),
  query(`${phase}/looks`, readLooks),
  query('/access/{userId}', checkAccess),
] as const;
export const readApi = api('read-api', readRoutes);
