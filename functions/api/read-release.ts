/** One release: where it is, whether it is healthy, what it waits for; of one that was not admitted, what became of its start. */
import { loadAskedFor } from '#application/admission.ts';
import { Command } from '../contracts/actor.ts';
import { detailOf, ReleaseDetail } from '../contracts/release-view.ts';
import { permitted } from '../runtime/permission.ts';

export const readRelease = permitted({
  name: 'read-release',
  needs: ['reader'],
  input: Command,
  output: ReleaseDetail,
  run: async ({ releaseId }, ports) => detailOf(await loadAskedFor(ports, releaseId)),
});
