/**
 * Starts a release. Everything is checked before anything is written; the execution's first state checks again.
 * The same input again gives the same answer. A start that the first state refused has used up its execution's name, not the
 * release's id: the next one has another name. Should two get through, the first state admits one of them.
 */
import * as z from 'zod';
import { findRelease, refuseLaunch } from '#application/admission.ts';
import { startsMax, startUnderFreeName } from '#application/start-execution.ts';
import { refuseBadVersion } from '#application/versions.ts';
import { ProductBusy, ReleaseExists } from '#domain/errors.ts';
import type { Release } from '#domain/ledger/records.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import { Actor } from '../contracts/actor.ts';
import { ReleaseInput } from '../contracts/release.ts';
import { permitted } from '../runtime/permission.ts';

/** What the release machine is told, but for who starts it: that is who asks. */
const Input = ReleaseInput.unwrap().omit({ startedBy: true }).extend({ actor: Actor });
const Output = z.strictObject({ releaseId: z.string(), executionArn: z.string() });

export const startRelease = permitted({
  name: 'start-release',
  needs: ['releases', 'versions', 'machine', 'executions'],
  input: Input,
  output: Output,
  run: async ({ actor, releaseId, version, launchDay }, ports) => {
    const input: ReleaseInput = { releaseId, version, launchDay, startedBy: actor.userId };
    const known = await findRelease(ports, releaseId);
    if (known) return { releaseId, executionArn: refuseOtherInput(known, input).executionArn };
    refuseLaunch(ports, launchDay);
    await refuseBadVersion(ports, version);
    const [busy] = await ports.releases.active(1);
    if (busy !== undefined) throw new ProductBusy(ports.plan.product, busy);
    const started = await startUnderFreeName(ports, releaseId, (name) => ports.machine.start(name, input));
    if (started.outcome === 'started') {
      const { executionArn } = started;
      const at = toInstant(ports.clock.nowMs());
      await ports.releases.keepStart({ releaseId, executionArn, startedBy: actor.userId, at });
      return { releaseId, executionArn };
    }
    throw new ReleaseExists(
      started.outcome === 'other'
        ? { code: 'release-starting-otherwise', params: { release: releaseId } }
        : { code: 'release-start-refused', params: { release: releaseId, times: startsMax } },
    );
  },
});

/** The release as it was asked for before. Throws ReleaseExists when it is asked for differently now. */
function refuseOtherInput(known: Release, input: ReleaseInput): Release {
  const differs = (['version', 'startedBy'] as const).filter((member) => known[member] !== input[member]);
  const { id: release, status } = known;
  if (status !== 'active') throw new ReleaseExists({ code: 'release-exists', params: { release, status } });
  if (differs.length === 0) return known;
  throw new ReleaseExists({ code: 'release-started-otherwise', params: { release, differs } });
}
