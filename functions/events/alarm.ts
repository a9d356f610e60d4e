/**
 * An alarm changed its state: look now instead of at the next tick. The alarm is a nudge, never the verdict. While users have
 * access and no observation would see what it sees, somebody is called, until it is silent again.
 * What rang an hour ago, before the release began, or before somebody resolved the incident that it had opened, calls nobody.
 * Triggered by the EventBridge event "CloudWatch Alarm State Change", at least once, in any order, and late.
 */

import * as z from 'zod';
import { callAboutAlarm, closeEnded } from '#application/incidents.ts';
import { judging, watching } from '#application/port-groups.ts';
import { tickDecision } from '#application/reconcile-waits.ts';
import type { Release } from '#domain/ledger/records.ts';
import { hourMs } from '#domain/time.ts';
import { EmptyOutput, Name } from '../contracts/identity.ts';
import { define } from '../runtime/definition.ts';

const Input = z.object({
  'detail-type': z.literal('CloudWatch Alarm State Change'),
  time: z.iso.datetime(),
  detail: z.object({
    alarmName: Name,
    state: z.object({ value: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) }),
  }),
});
const releasesMax = 20;
/** Longer than EventBridge and Lambda take on a bad day; what comes later was dead, and somebody has redriven it. */
const newsMs = hourMs;

export const alarm = define({
  name: 'alarm',
  needs: [...judging, ...watching],
  input: Input,
  output: EmptyOutput,
  run: async ({ time, detail }, ports) => {
    const { alarmName, state } = detail;
    for (const releaseId of await ports.releases.active(releasesMax)) {
      if (state.value === 'OK') {
        await closeEnded(
          ports,
          await ports.releases.load(releaseId),
          'system:alarm',
          ({ title, openedAt }) =>
            title.code === 'alarm' &&
            title.params.alarm === alarmName &&
            Date.parse(openedAt) <= Date.parse(time),
        );
        continue;
      }
      const waits = await ports.waits.open(releaseId);
      for (const wait of waits) await tickDecision(ports, wait);
      if (state.value !== 'ALARM' || waits.some(({ kind }) => kind === 'bake')) continue;
      const release = await ports.releases.load(releaseId);
      if (isNews(release, alarmName, Date.parse(time), ports.clock.nowMs()))
        await callAboutAlarm(ports, releaseId, alarmName);
      else ports.log.write('STALE_EVENT', { releaseId, alarm: alarmName, time });
    }
    return {};
  },
});

const isNews = ({ startedAt, incidents }: Release, alarm: string, atMs: number, nowMs: number): boolean =>
  atMs > nowMs - newsMs &&
  atMs >= Date.parse(startedAt) &&
  !Object.values(incidents).some(
    ({ title, resolvedAt }) =>
      title.code === 'alarm' &&
      title.params.alarm === alarm &&
      resolvedAt !== undefined &&
      atMs <= Date.parse(resolvedAt),
  );
