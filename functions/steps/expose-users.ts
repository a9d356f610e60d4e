/**
 * Gives access to a percentage of users, or takes it away; switched components come back on; held messages may go. Where
 * something keeps users from getting more, the phase is held instead.
 * Triggered by the states "Expose users in <phase>" and "Withdraw access". Running it twice is harmless.
 */

import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { promiseMessages, reviewMessages } from '#application/messages.ts';
import { notify } from '#application/notify.ts';
import { messaging, type With } from '#application/port-groups.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { systemTicks } from '#domain/plan/checklist.ts';
import { agreementMinutes, messagesOf } from '#domain/rules/agreement.ts';
import { intendExposure, isHeld } from '#domain/rules/exposing.ts';
import { minuteMs } from '#domain/time.ts';
import { exposed } from '#presentation/alerts.ts';
import { InPhase, Percent } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = InPhase.extend({
  percent: Percent,
  level: z.enum(['full', 'partial', 'degraded']).exactOptional(),
  /** The machine has a state that holds the phase; a rollback has none, and is never held. */
  mayHold: z.literal(true).exactOptional(),
});
const Output = z.strictObject({ held: z.boolean() });
const actor = 'system:expose-users';

export const exposeUsers = defineStep({
  name: 'expose-users',
  needs: [...messaging, 'exposure', 'notifier'],
  input: Input,
  output: Output,
  run: async ({ releaseId, phase, attempt, percent, level, mayHold }, ports) => {
    const asked = { phase, attempt, percent };
    const begun = await commit(ports, releaseId, actor, (release) =>
      intendExposure(ports.plan, release, asked, mayHold ? ports.clock.nowMs() : undefined),
    );
    if (mayHold && isHeld(begun, phase)) {
      await restoreSwitches(ports, begun);
      return { held: true };
    }
    const { exposure: before } = begun;
    await ports.exposure.set(releaseId, percent);
    if (percent > 0) await restoreComponents(ports, releaseId);
    // Before the fact: a try that dies in between tells it again, and the fact would keep it from being told.
    const alert = exposed(ports.plan, { releaseId, phase }, before, percent);
    if (alert) await notify(ports, alert);
    await commit(ports, releaseId, actor, (release): readonly Fact[] => {
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
    return { held: false };
  },
});

/** As the ledger has them: who began to give more and died may have moved them. */
async function restoreSwitches(
  ports: With<'exposure'>,
  { id, exposure, exposing, components }: Release,
): Promise<void> {
  // This release has never moved them: what they say is of another one.
  if (exposing === undefined) return;
  await ports.exposure.set(id, exposure);
  for (const [component, state] of Object.entries(components))
    if (state !== 'on') await ports.exposure.switch(id, component, state);
}

/** Users are exposed again after a correction: what was switched off for them is part of what is tried again. */
async function restoreComponents(ports: With<'releases' | 'exposure'>, releaseId: string): Promise<void> {
  const { components } = await ports.releases.load(releaseId);
  const switched = Object.keys(components).filter((component) => components[component] !== 'on');
  for (const component of switched) await ports.exposure.switch(releaseId, component, 'on');
  await commit(ports, releaseId, actor, (release) =>
    switched
      .filter((component) => release.components[component] !== 'on')
      .map((component): Fact => ({ type: 'component.switched', component, state: 'on' })),
  );
}
