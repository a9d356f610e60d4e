/** Lets a release go on in a freeze window, until that window ends; the next one holds again. */

import { commit } from '#application/commit.ts';
import { judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { NotAllowedNow, NotFound } from '#domain/errors.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import { occurrenceAt } from '#domain/plan/freeze-windows.ts';
import { Command } from '../contracts/actor.ts';
import { EmptyOutput, FreeText, Name } from '../contracts/identity.ts';
import { permitted, requireActive } from '../runtime/permission.ts';

export const overrideFreeze = permitted({
  name: 'override-freeze',
  needs: judging,
  input: Command.extend({ freeze: Name, reason: FreeText }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, freeze, reason }, ports) => {
    const { plan, clock } = ports;
    const window = plan.freezes.find(({ id }) => id === freeze);
    if (!window) {
      const known = plan.freezes.map(({ id }) => id);
      throw new NotFound({ code: 'no-such-freeze', params: { freeze, known } });
    }
    const now = occurrenceAt(plan, window, clock.nowMs());
    if (!now) throw new NotAllowedNow({ code: 'freeze-not-in-force', params: { freeze } });
    const until = toInstant(now.toMs);
    await commit(ports, releaseId, `user:${actor.userId}`, (release) => {
      requireActive(release);
      return release.overriddenFreezes?.[freeze] === until
        ? []
        : [{ type: 'freeze.overridden', freeze, until, reason }];
    });
    await reviewDecisions(ports, releaseId);
    return {};
  },
});
