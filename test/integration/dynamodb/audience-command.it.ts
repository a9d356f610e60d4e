/** `jalon audience` as a shell runs it, on DynamoDB Local. */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { DynamoAudienceStore } from '#functions/adapters/dynamodb/audience.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { personOf } from '#test/support/hashed.ts';
import { root } from '#test/support/sources.ts';
import { freshTable } from './tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-audience-'));
afterAll(() => rmSync(folder, { recursive: true }));

const people = 3000;
const good = [
  'userId,email,locale,segments',
  ...Array.from({ length: people }, (_, n) => `u-${n},u${n}@example.org,fr,${n < 15 ? 'pilots' : ''}`),
];
const file = (name: string, lines: readonly string[]) => {
  writeFileSync(join(folder, name), lines.join('\n'));
  return join(folder, name);
};

function jalon(
  ...args: readonly string[]
): Promise<{ readonly code: unknown; readonly out: string; readonly err: string }> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodb'),
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  return new Promise((done) => {
    execFile(process.execPath, ['cli/jalon.ts', 'audience', ...args], { cwd: root, env }, (error, out, err) =>
      done({ code: error?.code ?? 0, out, err }),
    );
  });
}

describe('jalon audience', () => {
  it('imports all of a file or nothing, and takes a person away', async () => {
    const table = await freshTable('releases');
    const store = new DynamoAudienceStore({ ...table, product: 'technicia', sha256 });
    const size = () => store.count({ exposed: 100 });
    const at = ['--table', table.table];

    const bad = await jalon('import', file('bad.csv', [...good, 'u-x,nobody,,']), ...at);
    expect(bad.out).toMatch(/1 bad line:\n {2}line 3002: email is "nobody"/);
    expect([bad.code, await size()]).toEqual([2, 0]);

    const checked = await jalon('import', file('good.csv', good), ...at, '--dry-run');
    expect([checked.code, await size()]).toEqual([0, 0]);

    const imported = await jalon('import', file('good.csv', good), ...at);
    expect(imported).toEqual({
      code: 0,
      out: expect.stringContaining(`${people} users are the audience now.`),
      err: '',
    });
    expect([await size(), await store.count({ segment: 'pilots' })]).toEqual([people, 15]);

    const skipped = await jalon(
      'import',
      file('less.csv', ['userId,email', 'u-1,ada@example.org', 'x']),
      ...at,
      '--skip-bad',
      '--json',
    );
    expect(JSON.parse(skipped.out)).toMatchObject({
      outcome: 'imported',
      skipBad: true,
      report: { people: 1, refused: 1 },
    });
    expect(await size()).toBe(1);

    const [user, nobody] = [await jalon('erase', 'u-1', ...at), await jalon('erase', 'nobody', ...at)];
    expect(user.code).toBe(0);
    expect(nobody).toEqual(user);
    expect((await store.members([personOf('u-1')])).size).toBe(0);
  });

  it('says what is wrong with the table', async () => {
    const none = await jalon('import', file('good.csv', good.slice(0, 2)), '--table', 'no-such-table');
    expect(none.code).toBe(2);
    expect(none.err).toContain('there is no such table: check --stage or --table');
  });
});
