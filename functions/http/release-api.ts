/** What people may do to a release as a whole, over HTTP. */
import { abortRelease } from '../api/abort-release.ts';
import { closeTask } from '../api/close-task.ts';
import { markVersionBad } from '../api/mark-version-bad.ts';
import { moveLaunchDay } from '../api/move-launch-day.ts';
import { overrideFreeze } from '../api/override-freeze.ts';
import { pauseRelease, unpauseRelease } from '../api/pause-release.ts';
import { recordMeasure } from '../api/record-measure.ts';
import { replaceCandidate } from '../api/replace-candidate.ts';
import { startRelease } from '../api/start-release.ts';
import { api } from './api.ts';

export const releaseApi = api('release-api', {
  'start-release': startRelease,
  'pause-release': pauseRelease,
  'unpause-release': unpauseRelease,
  'abort-release': abortRelease,
  'move-launch-day': moveLaunchDay,
  'replace-candidate': replaceCandidate,
  'mark-version-bad': markVersionBad,
  'override-freeze': overrideFreeze,
  'close-task': closeTask,
  'record-measure': recordMeasure,
});
