/** A release watched by `jalon status` until it has ended, and told by `jalon story`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '#domain/time.ts';
import { rehearse } from '#rehearsal/rehearse.ts';
import type { World } from '#rehearsal/world/world.ts';
import { jalon, listening, serverOf } from '#test/cli/api/terminal.ts';
import { readPlanForTest } from '#test/support/plans.ts';

let world: World;
let server: ReturnType<typeof serverOf>;
let api = '';
beforeAll(async () => {
  ({ world } = await rehearse({
    plan: readPlanForTest('technicia'),
    seed: 1,
    users: 4000,
    untilPhase: 'production-10',
  }));
  await world.clock.runFor(dayMs);
  server = serverOf(world);
  api = await listening(server);
});
afterAll(() => server.close());

const place = () => ['--api', api, '--as', 'qa'];

describe('jalon status --watch', () => {
  it('tells what happens line by line until the release has ended', async () => {
    const { code, stdout } = await jalon(['status', '--watch', ...place()], {
      wait: () => world.clock.runFor(dayMs),
    });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^technicia-2025-05-18 · production-10 \(attempt 1\) · 10 % of users · waits for/,
    );
    expect(
      lines.filter((line) => line.includes('exposure.changed')).map((line) => line.slice(0, 20)),
    ).toEqual(['Sun 2025-05-25 09:00', 'Sun 2025-06-01 09:00']);
    expect(lines.at(-1)).toMatch(/release\.closed {2}\S+ {2}outcome completed/);
    const seqs = lines.flatMap((line) => /:\d\d +(\d+) {2}/.exec(line)?.[1] ?? []).map(Number);
    expect(seqs).toEqual(seqs.map((_, at) => (seqs[0] ?? 0) + at));
    expect(code).toBe(0);
  });

  it('of a release that has ended shows how', async () => {
    const { code, stdout } = await jalon(['status', '--release', 'technicia-2025-05-18', ...place()]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/Waits for +nothing: it has ended/)]);
  });
});

describe('jalon story', () => {
  it('tells it in the words of the plan', async () => {
    const typed = ['story', 'technicia', '--release', 'technicia-2025-05-18', ...place()];
    const { code, stdout, stderr } = await jalon(typed);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Préparation \(section 2\)\n +prévu /);
    expect(stdout).toMatch(/09:00 {2}» Accès ouvert : de 10 % à 50 % des utilisateurs/);
    expect((await jalon([...typed, '--lang', 'en'])).stdout).toMatch(/Access opened: from 10 % to 50 %/);
  });

  it('refuses the plan of another release', async () => {
    const typed = ['story', 'example', '--release', 'technicia-2025-05-18', ...place()];
    expect(await jalon(typed)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /goes by another plan \(technicia, 2025-04-07\) than the file \(demo-shop, /,
      ),
    });
  });
});
