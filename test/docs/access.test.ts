/** The formula of `docs/reference/access.md`, in each of its languages, run as it stands there, gives the cohorts of the domain. */

import { spawnSync } from 'node:child_process';
import { PGlite } from '@electric-sql/pglite';
import { describe, expect, it } from 'vitest';
import { cohortSeed, isExposed } from '#domain/plan/exposure-buckets.ts';
import { bucketOf } from '#test/support/hashed.ts';
import { mustHave, program } from '#test/support/needed.ts';
import { textOf } from '#test/support/sources.ts';

const page = textOf('docs/reference/access.md');
const snippet = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]+?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';

const strange = [
  'é-ü-漢',
  'é',
  'e\u0301',
  '𝒜𝒹𝒶 👩‍🔧',
  'مرحبا',
  "o'brien",
  'a"b\\c',
  'x; DROP TABLE users',
  '  inner  blanks  ',
  'ada@example.org',
  '%41%00',
  '',
  'İı',
];
const ids = [
  ...Array.from({ length: 4000 }, (_, index) => `user-${index}`),
  ...Array.from(
    { length: 1000 },
    (_, index) => `utilisateur n° ${index} – été ${String.fromCodePoint(0x4e00 + index)}`,
  ),
  ...strange,
];
const percents = [0, 1, 10, 33, 50, 99, 100];

/** By percentage, who has access, as a line of digits. */
const expected = percents.map((percent) =>
  ids.map((id) => Number(isExposed(bucketOf(cohortSeed('technicia'), id), percent))).join(''),
);
const asked = JSON.stringify({ ids, percents });

/** What a program that reads the question from its input prints. */
function run(command: string, ...args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = spawnSync(command, args, { input: asked, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.trim().split('\n');
}

describe('the formula', () => {
  it('is about people on both sides of every percentage', () => {
    for (const [index, percent] of percents.entries())
      expect(expected[index]?.includes('1')).toBe(percent > 0);
  });

  it('gives the cohorts of the domain in TypeScript', () => {
    const program = `${snippet('ts')}
      const { ids, percents } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
      for (const percent of percents) console.log(ids.map((id: string) => Number(hasAccess(id, percent))).join(''));`
      .replace("import { createHash } from 'node:crypto'", "const { createHash } = require('node:crypto')")
      .replace('export ', '');
    expect(run(process.execPath, '--input-type=commonjs-typescript', '--eval', program)).toEqual(expected);
  });

  it('gives the cohorts of the domain in Python', () => {
    const source = `${snippet('python')}
import json, sys
asked = json.loads(sys.stdin.buffer.read())
for percent in asked["percents"]:
    print("".join(str(int(has_access(one, percent))) for one in asked["ids"]))
`;
    mustHave([program('python3', 'apt-get install python3')]);
    expect(run('python3', '-c', source)).toEqual(expected);
  });

  it('gives the cohorts of the domain in SQL', async () => {
    const database = await PGlite.create();
    await database.exec(snippet('sql'));
    const { rows } = await database.query<{ told: string }>(
      `SELECT string_agg(has_access(id, percent)::int::text, '' ORDER BY place) AS told
         FROM unnest($1::text[]) WITH ORDINALITY AS users(id, place),
              unnest($2::int[]) WITH ORDINALITY AS percents(percent, nth)
        GROUP BY nth ORDER BY nth`,
      [ids, percents],
    );
    await database.close();
    expect(rows.map(({ told }) => told)).toEqual(expected);
  });
});
