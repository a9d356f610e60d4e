/**
 * Puts another version in the place of the one that is being tried, in a phase where the plan allows it. It goes the way that
 * the plan has for corrections of that phase, so that whatever runs for a version runs for this one too.
 */

import { giveOrder } from '#application/orders.ts';
import { judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { refuseBadVersion } from '#application/versions.ts';
import { NotAllowedNow } from '#domain/errors.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import { isSameVersion } from '#domain/rules/version-spelling.ts';
import { Command } from '../contracts/actor.ts';
import { EmptyOutput, FreeText } from '../contracts/identity.ts';
import { Version } from '../contracts/release.ts';
import { permitted, requireActive } from '../runtime/permission.ts';

export const replaceCandidate = permitted({
  name: 'replace-candidate',
  needs: [...judging, 'versions'],
  input: Command.extend({ version: Version, reason: FreeText }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, version, reason }, ports) => {
    const by = actor.userId;
    const release = await ports.releases.load(releaseId);
    requireActive(release);
    if (isSameVersion(release.version, version)) return {};
    await refuseBadVersion(ports, version);
    const allowed = ports.plan.candidate?.replaceableIn ?? [];
    const phase = allowed.find((id) => ['open', 'held'].includes(release.phases[id]?.status ?? ''));
    if (phase === undefined)
      throw new NotAllowedNow(
        allowed.length === 0
          ? { code: 'no-other-candidate', params: {} }
          : { code: 'no-other-candidate-now', params: { phases: allowed } },
      );
    await giveOrder(ports, releaseId, phaseOf(ports.plan, phase), { order: 'correct', by, reason }, [
      { type: 'candidate.replaced', from: release.version, to: version, reason },
    ]);
    await reviewDecisions(ports, releaseId);
    return {};
  },
});
