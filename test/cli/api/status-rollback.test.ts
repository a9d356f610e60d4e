/** `jalon status` while people are asked about a rollback: it says what they can do. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayMs, minuteMs } from '#domain/time.ts';
import { rehearse } from '#rehearsal/rehearse.ts';
import type { World } from '#rehearsal/world/world.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { lead } from '#test/support/world.ts';
import { jalon, listening, serverOf } from './terminal.ts';

let world: World;
let server: ReturnType<typeof serverOf>;
let api = '';
const releaseId = 'technicia-2025-05-18';
const phase = 'production-10';
beforeAll(async () => {
  const plan = readPlanForTest('technicia');
  ({ world } = await rehearse({ plan, seed: 1, users: 400, untilPhase: phase }));
  await world.clock.runFor(dayMs);
  server = serverOf(world);
  api = await listening(server);
});
afterAll(() => server.close());

const waitsFor = async (...more: string[]) =>
  (await jalon(['status', '--api', api, '--as', 'qa', ...more])).stdout.match(
    /(?:Waits for|Attend) +(.*)/,
  )?.[1];

it('says that two people must agree, and how one decides once it is declined', async () => {
  const order = { order: 'roll-back', level: 'full', reason: 'vu' };
  await world.delivery.invoke('order-phase', { actor: lead, releaseId, phase, ...order });
  await world.clock.runFor(minuteMs);
  expect(await waitsFor()).toMatch(/two people who agree \("jalon agree-rollback production-10"/);
  expect(await waitsFor('--lang', 'fr')).toMatch(/l’accord de deux personnes/);
  await world.delivery.invoke('decline-rollback', { actor: lead, releaseId, phase, comment: '' });
  await world.clock.runFor(minuteMs);
  expect(await waitsFor()).toMatch(/a person who decides \("jalon decide production-10"/);
});
