/** Moves the launch day: phases that have not started and messages that have not gone get new dates. */

import { commit } from '#application/commit.ts';
import { scheduleMessages } from '#application/messages.ts';
import { waiting } from '#application/port-groups.ts';
import { wakeAt } from '#application/waits.ts';
import { NotAllowedNow } from '#domain/errors.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import { dueMs, phaseStartMs } from '#domain/plan/message-dates.ts';
import { refuseImpossibleLaunch } from '#domain/rules/launch-day.ts';
import { Command } from '../contracts/actor.ts';
import { Day, EmptyOutput, Words } from '../contracts/identity.ts';
import { permitted, requireActive } from '../runtime/permission.ts';

export const moveLaunchDay = permitted({
  name: 'move-launch-day',
  needs: waiting,
  input: Command.extend({ launchDay: Day, reason: Words }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, launchDay: to, reason }, ports) => {
    const { plan, clock } = ports;
    // Before anything is written: a date that does not exist is refused here.
    for (const message of plan.messages) dueMs(plan, to, message);
    const release = await commit(ports, releaseId, `user:${actor.userId}`, (current) => {
      requireActive(current);
      if (current.exposure > 0) {
        throw new NotAllowedNow({ code: 'launch-day-fixed', params: { launchDay: current.launchDay } });
      }
      const situation = {
        nowMs: clock.nowMs(),
        startedMs: Date.parse(current.startedAt),
        phases: current.phases,
      };
      refuseImpossibleLaunch(plan, situation, to);
      return current.launchDay === to ? [] : [{ type: 'launch.moved', from: current.launchDay, to, reason }];
    });
    await scheduleMessages(ports, releaseId);
    for (const wait of await ports.waits.open(releaseId)) {
      if (wait.kind !== 'start') continue;
      await wakeAt(ports, wait, phaseStartMs(plan, release.launchDay, phaseOf(plan, wait.phase)));
    }
    return {};
  },
});
