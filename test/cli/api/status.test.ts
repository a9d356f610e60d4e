/** `jalon status` over a rehearsed release: one screen, and watching it. That it ends is `test/scenarios/watched.test.ts`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '#domain/time.ts';
import { rehearse } from '#rehearsal/rehearse.ts';
import type { World } from '#rehearsal/world/world.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { jalon, listening, serverOf } from './terminal.ts';

let world: World;
let server: ReturnType<typeof serverOf>;
let api = '';
const statuses: number[] = [];
beforeAll(async () => {
  ({ world } = await rehearse({
    plan: readPlanForTest('technicia'),
    seed: 1,
    users: 4000,
    untilPhase: 'production-10',
  }));
  await world.clock.runFor(dayMs);
  server = serverOf(world);
  server.on('request', (_, response) => response.on('finish', () => statuses.push(response.statusCode)));
  api = await listening(server);
});
afterAll(() => server.close());

const place = () => ['--api', api, '--as', 'qa'];

/** Stops after so many waits, each of which takes what is given. */
function patience(waits: number, during: (nth: number) => Promise<void> | void) {
  const controller = new AbortController();
  let count = 0;
  return {
    interrupted: () => controller.signal,
    wait: async () => {
      count += 1;
      await during(count);
      if (count === waits) controller.abort();
    },
  };
}

describe('jalon status', () => {
  it('shows on one screen where the release is', async () => {
    const { code, stdout, stderr } = await jalon(['status', ...place()]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const part of [
      /^technicia-2025-05-18 {2}Release under way\n/,
      /Access +10 % of users/,
      /Where +production-10 \(Production 10 %\), attempt 1, since Sun 2025-05-18 09:00/,
      /Waits for +proven health/,
      /Approvals +missing: project-lead, technical-lead/,
      /Incidents +no incident open/,
      /production-10 +open +1 .* 05-18 – +9 +0 +1 +0\n/,
      /Health of production-10, as seen on Mon 2025-05-19 08:\d\d/,
      /error-rate +\d\.\d+ +\d\.\d+ +not proven worse/,
      /Next\nSat 2025-05-24 18:00 {2}production-10 ends/,
      /Dates and times of Europe\/Paris\.\n$/,
    ])
      expect(stdout).toMatch(part);
    const lines = stdout.split('\n');
    expect(lines.length).toBeLessThan(45);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(110);
  });

  it('says the same in French, and as JSON', async () => {
    expect((await jalon(['status', '--lang', 'fr', ...place()])).stdout).toMatch(
      /Attend +la preuve de santé/,
    );
    const { stdout } = await jalon(['status', '--json', ...place()]);
    expect(JSON.parse(stdout)).toMatchObject({
      release: { id: 'technicia-2025-05-18', exposure: 10 },
      now: { phase: { id: 'production-10' }, look: { exposure: 10 } },
    });
  });
});

describe('jalon status --watch', () => {
  it('draws again only what has changed, and reads only that', async () => {
    let unchanged = 0;
    const { code, stdout } = await jalon(['status', '--watch', '--every', '1', ...place()], {
      isTerminal: true,
      environment: { NO_COLOR: '1' },
      ...patience(3, async (nth) => {
        if (nth === 1) statuses.length = 0;
        if (nth === 2) {
          unchanged = statuses.filter((status) => status === 304).length;
          await world.clock.runFor(hourMs);
        }
      }),
    });
    expect(code).toBe(130);
    expect(unchanged).toBe(6);
    expect(stdout.match(/Health of production-10/g)).toHaveLength(2);
  });

  it('goes on while the API is away for a moment', async () => {
    const { code, stderr } = await jalon(['status', '--watch', ...place()], {
      ...patience(9, (nth) => {
        if (nth === 1) {
          server.close();
          server.closeAllConnections();
        }
        if (nth === 8) server.listen(Number(new URL(api).port), '127.0.0.1');
      }),
    });
    expect(code).toBe(130);
    expect(stderr.match(/cannot be reached/g)).toHaveLength(1);
  });
});
