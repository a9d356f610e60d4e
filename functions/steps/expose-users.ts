/**
 * Gives access to a percentage of users, or takes it away; switched components come back on; held messages may go.
 * Triggered by the states "Expose users in <phase>" and "Withdraw access". Running it twice is harmless.
 */

import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { promiseMessages, reviewMessages } from '#application/messages.ts';
import { notify } from '#application/notify.ts';
import { messaging, type With } from '#application/port-groups.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { systemTicks } from '#domain/plan/checklist.ts';
import { agreementMinutes, messagesOf } from '#domain/rules/agreement.ts';
import { minuteMs } from '#domain/time.ts';
import { exposed } from '#presentation/alerts.ts';
import { EmptyOutput, InPhase, Percent } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = InPhase.extend({
  percent: Percent,
  level: z.enum(['full', 'partial', 'degraded']).exactOptional(),
});

export const exposeUsers = defineStep({
  name: 'expose-users',
  needs: [...messaging, 'exposure', 'notifier'],
  input: Input,
  output: EmptyOutput,
  run: async ({ releaseId, phase, attempt, percent, level }, ports) => {
    const { exposure: before } = await commit(
      ports,
      releaseId,
      'system:expose-users',
      ({ exposure: from, exposing = from }) =>
        exposing === percent ? [] : [{ type: 'exposure.changing', phase, attempt, from, to: percent }],
    );
    await ports.exposure.set(releaseId, percent);
    if (percent > 0) await restoreComponents(ports, releaseId);
    // Before the fact: a try that dies in between tells it again, and the fact would keep it from being told.
    const alert = exposed(ports.plan, { releaseId, phase }, before, percent);
    if (alert) await notify(ports, alert);
    await commit(ports, releaseId, 'system:expose-users', (release): readonly Fact[] => {
      const changed: readonly Fact[] =
        release.exposure === percent
          ? []
          : [{ type: 'exposure.changed', phase, attempt, from: release.exposure, to: percent }];
      // It ended meanwhile: the ledger says what users have, and nothing follows from it.
      if (release.status !== 'active') return changed;
      return [
        ...changed,
        ...systemTicks(ports.plan, release, { exposure: percent }, { code: 'exposure', params: { percent } }),
      ];
    });
    // Nothing is announced while access is taken away; who lost it is told in any case.
    if (percent > 0) await reviewMessages(ports, releaseId);
    else if (level !== undefined) {
      const dueMs = ports.clock.nowMs() + agreementMinutes * minuteMs;
      await promiseMessages(ports, releaseId, messagesOf(ports.plan, level), `${phase}.${attempt}`, dueMs);
    }
    return {};
  },
});

/** Users are exposed again after a correction: what was switched off for them is part of what is tried again. */
async function restoreComponents(ports: With<'releases' | 'exposure'>, releaseId: string): Promise<void> {
  const { components } = await ports.releases.load(releaseId);
  const switched = Object.keys(components).filter((component) => components[component] !== 'on');
  for (const component of switched) await ports.exposure.switch(releaseId, component, 'on');
  await commit(ports, releaseId, 'system:expose-users', (release) =>
    switched
      .filter((component) => release.components[component] !== 'on')
      .map((component): Fact => ({ type: 'component.switched', component, state: 'on' })),
  );
}
