/**
 * An alarm changed its state: look now instead of at the next tick. The alarm is a nudge, never the verdict. While users have
 * access and no observation would see what it sees, somebody is called, until it is silent again.
 * Triggered by the EventBridge event "CloudWatch Alarm State Change", at least once and in any order.
 */

import * as z from 'zod';
import { callAboutAlarm, closeEnded } from '#application/incidents.ts';
import { judging, watching } from '#application/port-groups.ts';
import { tickDecision } from '#application/reconcile-waits.ts';
import { EmptyOutput, Name } from '../contracts/identity.ts';
import { define } from '../runtime/definition.ts';

const Input = z.object({
  'detail-type': z.literal('CloudWatch Alarm State Change'),
  detail: z.object({
    alarmName: Name,
    state: z.object({ value: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) }),
  }),
});
const releasesMax = 20;

export const alarm = define({
  name: 'alarm',
  needs: [...judging, ...watching],
  input: Input,
  output: EmptyOutput,
  run: async ({ detail }, ports) => {
    const { alarmName, state } = detail;
    for (const releaseId of await ports.releases.active(releasesMax)) {
      if (state.value === 'OK') {
        await closeEnded(
          ports,
          await ports.releases.load(releaseId),
          'system:alarm',
          ({ title }) => title.code === 'alarm' && title.params.alarm === alarmName,
        );
        continue;
      }
      const waits = await ports.waits.open(releaseId);
      for (const wait of waits) await tickDecision(ports, wait);
      if (state.value === 'ALARM' && !waits.some(({ kind }) => kind === 'bake'))
        await callAboutAlarm(ports, releaseId, alarmName);
    }
    return {};
  },
});
