/** One release: where it is, whether it is healthy, what it waits for. */
import { Command } from '../contracts/actor.ts';
import { detailOf, ReleaseDetail } from '../contracts/release-view.ts';
import { define } from '../runtime/definition.ts';

export const readRelease = define({
  name: 'read-release',
  needs: ['reader'],
  input: Command,
  output: ReleaseDetail,
  run: async ({ releaseId }, { reader }) => detailOf(await reader.load(releaseId)),
});
