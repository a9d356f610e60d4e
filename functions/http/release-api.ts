/** What people may do to a release as a whole, over HTTP. */
import { abortRelease } from '../api/abort-release.ts';
import { moveLaunchDay } from '../api/move-launch-day.ts';
import { pauseRelease } from '../api/pause-release.ts';
import { recordMeasure } from '../api/record-measure.ts';
import { startRelease } from '../api/start-release.ts';
import { api, command } from './api.ts';
import { release } from './paths.ts';

export const releaseRoutes = [
  command('/releases', startRelease),
  command(`${release}/pause`, pauseRelease),
  command(`${release}/abort`, abortRelease),
  command(`${release}/launch-day`, moveLaunchDay),
  command(`${release}/measures/{measure}`, recordMeasure),
] as const;
export const releaseApi = api('release-api', releaseRoutes);
