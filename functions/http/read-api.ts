/** What people may ask of releases over HTTP. It has no power to change anything. */
import { listReleases } from '../api/list-releases.ts';
import { readLooks } from '../api/read-looks.ts';
import { readOpenapi } from '../api/read-openapi.ts';
import { readRelease } from '../api/read-release.ts';
import { readTimeline } from '../api/read-timeline.ts';
import { api } from './api.ts';

export const readApi = api('read-api', [listReleases, readRelease, readTimeline, readLooks, readOpenapi]);
