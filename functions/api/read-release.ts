/** One release: where it is, whether it is healthy, what it waits for. */
import { Command } from '../contracts/actor.ts';
import { detailOf, ReleaseDetail } from '../contracts/release-view.ts';
import { permitted } from '../runtime/permission.ts';

export const readRelease = permitted({
  name: 'read-release',
  needs: ['reader'],
  input: Command,
  output: ReleaseDetail,
  run: async ({ releaseId }, { reader }) => detailOf(await reader.load(releaseId)),
});
