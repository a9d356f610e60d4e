/** People hear of the end of a release's execution before it comes, once. */
import { expect, it } from 'vitest';
import { callBeforeEnd } from '#application/incidents.ts';
import { machineDaysMax, machineEndToldDays } from '#domain/rules/launch-day.ts';
import { dayMs } from '#domain/time.ts';
import { crowded, crowdedRelease } from '#test/support/crowded-release.ts';

it('a release whose execution ends in a fortnight is an incident, once', async () => {
  const ports = await crowdedRelease();
  const { startedAt } = await ports.releases.load(crowded.releaseId);
  const look = async (days: number) => {
    const nowMs = Date.parse(startedAt) + days * dayMs;
    await callBeforeEnd({ ...ports, clock: { nowMs: () => nowMs } }, crowded.releaseId);
    const { incidents } = await ports.releases.load(crowded.releaseId);
    return Object.values(incidents).filter(({ title }) => title.code === 'machine-ends');
  };
  const told = machineDaysMax - machineEndToldDays;
  expect(await look(told - 1)).toEqual([]);
  expect(await look(told)).toHaveLength(1);
  expect(await look(told + 1)).toHaveLength(1);
});
