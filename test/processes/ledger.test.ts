/** `jalon ledger` as a shell runs it, and its exports from an API and from a table that answer over HTTP. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ExportOptions, exportCommand } from '#cli/ledger/export.ts';
import { writeLedger } from '#cli/ledger/write.ts';
import { BadInput } from '#cli/terminal/exit.ts';
import { type LedgerEntry, lineOf } from '#domain/ledger/entries.ts';
import { entryChange, headRow, rowChanges } from '#functions/adapters/dynamodb/release-rows.ts';
import { apiServer } from '#rehearsal/server.ts';
import { rehearsalOf } from '#test/rehearsal/run.ts';
import { claimsOf } from '#test/support/http.ts';
import { readOnlyTable } from '#test/support/read-only-table.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

function jalon(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/jalon.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    input,
  });
  return { status, stdout, stderr };
}

const rehearsal = await rehearsalOf({ users: 50, untilPhase: 'production-10' });
const { entries, release, world } = rehearsal;
const whole = entries.map((entry) => `${lineOf(entry)}\n`).join('');

describe('jalon rehearse --ledger', () => {
  it('writes what jalon ledger verify proves, from a file and from the standard input', () => {
    const file = at('rehearsed.jsonl');
    const rehearsed = jalon(['rehearse', '--until', 'staging', '--users', '50', '--ledger', file]);
    expect(rehearsed).toMatchObject({ status: 0, stderr: '' });
    const { status, stdout, stderr } = jalon(['ledger', 'verify', file]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/is whole: \d+ rows, from 2025-04-09T14:00:00.000Z to 2025-04-18T/);
    expect(stdout).toMatch(
      /This proves the rows up to \d+. Whether more came after, or all was written anew, only --head can tell/,
    );
    const head = /head {2}([0-9a-f]{64})/.exec(stdout)?.[1] ?? '';
    const again = jalon(['ledger', 'verify', '-', '--head', head], readFileSync(file, 'utf8'));
    expect(again).toMatchObject({ status: 0 });
    expect(again.stdout).toContain('nothing is missing');
  });
});

describe('jalon ledger verify', () => {
  const lines = whole.split('\n');
  it.each<[string, string, readonly string[], number, RegExp]>([
    [
      'a row that was changed',
      whole.replace('"actor":"user:', '"actor":"user:x'),
      [],
      4,
      /row 1 \(sequence number 1\) is broken: it is not what was hashed\n {2}expected {2}[0-9a-f]{64}\n {2}found/,
    ],
    [
      'a row that was taken out',
      lines.toSpliced(4, 1).join('\n'),
      [],
      4,
      /row 5 \(sequence number 6\).*\n {2}expected {2}5\n {2}found {5}6/,
    ],
    [
      'a tail that was cut off',
      `${lines.slice(0, 9).join('\n')}\n`,
      ['--seq', `${release.seq}`],
      4,
      /row 9 .* rows are missing after it/,
    ],
    [
      'a row that was cut',
      whole.slice(0, -9),
      [],
      4,
      /it has no end of line: the file was cut off within it/,
    ],
    ['a row that is no entry', `${lines[0]}\n{"a":1}\n`, [], 4, /row 2 is broken: releaseId: /],
    [
      'a name twice',
      `${lines[0]?.replace('{"actor"', '{"actor":"user:eve","actor"')}\n`,
      [],
      4,
      /row 1 is broken: it names a member of an object twice/,
    ],
    [
      'other blanks',
      whole.replace('{"actor":', '{ "actor":'),
      [],
      4,
      /row 1 is broken: it is not written as the export writes it/,
    ],
    ['no JSON', 'hello\n', [], 4, /row 1 is broken: it is not JSON/],
    ['an empty file', '', [], 4, /there is none: a ledger has at least one row/],
    ['a line without end', 'x'.repeat(500_000), [], 4, /it is longer than 409600 bytes/],
    [
      'a head that is none',
      whole,
      ['--head', 'abc'],
      2,
      /--head is "abc": it must be the 64 hexadecimal digits/,
    ],
  ])('names what is wrong and where: %s', (_what, content, options, status, message) => {
    const ended = jalon(['ledger', 'verify', '-', ...options], content);
    expect(ended.stderr).toMatch(message);
    expect(ended).toMatchObject({ status, stdout: '' });
  });

  it('says that there is no such file', () => {
    expect(jalon(['ledger', 'verify', at('nowhere')])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('write the path of a ledger, or - for the standard input'),
    });
  });
});

describe('jalon ledger report', () => {
  const file = at('report.jsonl');
  beforeAll(() => writeFileSync(file, whole));

  it('writes an account in the language that was asked for, twice', () => {
    const { status, stdout, stderr } = jalon(['ledger', 'report', file, '--lang', 'en', '--to', at('out')]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [markdown = '', html = ''] = stdout.trim().split('\n');
    expect(readFileSync(markdown, 'utf8')).toContain('| Outcome | Still under way |');
    expect(readFileSync(html, 'utf8')).toContain('<td data-label="Value">Still under way</td>');
  });

  it('writes nothing of a ledger that is not whole', () => {
    const ended = jalon(['ledger', 'report', '-', '--to', at('none')], whole.replace('user:', 'user:x'));
    expect(ended).toMatchObject({ status: 4, stdout: '' });
    expect(readdirSync(folder)).not.toContain('none');
  });

  it('refuses the plan of another product', () => {
    const ended = jalon(['ledger', 'report', file, '--plan', 'example', '--to', at('none')]);
    expect(ended).toMatchObject({ status: 2, stderr: expect.stringContaining('give its plan with --plan') });
  });
});

/** What a command says, in this process: it speaks to servers of this test. */
async function exported(options: Partial<ExportOptions>, env: Readonly<Record<string, string>> = {}) {
  const to = at(`export-${Object.keys(options).join('-')}.jsonl`);
  const said: string[] = [];
  const io = {
    stdout: (text: string) => void said.push(text),
    stderr: (text: string) => void said.push(text),
  };
  const status = await exportCommand({ release: release.id, to, ...options }, env, io);
  return { status, said: said.join(''), content: readFileSync(to, 'utf8') };
}
async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('jalon ledger export, from the API', () => {
  const server = apiServer(world, (bearer) =>
    bearer === 'lead' ? claimsOf('project-lead-1', 'project-lead') : undefined,
  );
  let api = '';
  beforeAll(async () => {
    api = await listening(server);
  });
  afterAll(() => server.close());

  it('writes the same ledger, proven up to the head', async () => {
    expect(entries.length).toBeGreaterThan(200);
    const { status, said, content } = await exported({}, { JALON_API: `${api}/`, JALON_TOKEN: 'lead' });
    expect(content).toBe(whole);
    expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining('nothing is missing') });
  });

  it.each<[Partial<ExportOptions>, Readonly<Record<string, string>>, RegExp]>([
    [{}, {}, /write where the ledger is: --table or --stage for DynamoDB, or --api/],
    [{ api: 'https://api.example' }, {}, /JALON_TOKEN is not set/],
    [{ api: 'http://api.example' }, { JALON_TOKEN: 'lead' }, /must be an https address/],
    [{ api: 'nonsense' }, { JALON_TOKEN: 'lead' }, /must be an https address/],
    [{ api: 'http://127.0.0.1:1' }, { JALON_TOKEN: 'lead' }, /did not answer .*: check the address/],
  ])('refuses before it asks anybody, given %j', async (options, env, message) => {
    await expect(exported(options, env)).rejects.toThrow(BadInput);
    await expect(exported(options, env)).rejects.toThrow(message);
  });

  it.each([
    [{ JALON_TOKEN: 'nobody' }, {}, /answered 401: sign in again/],
    [{ JALON_TOKEN: 'lead' }, { release: 'not-there' }, /answered 404: check --release/],
  ])('says what is wrong with what it was given: %j %j', async (env, options, message) => {
    await expect(exported({ api, ...options }, env)).rejects.toThrow(message);
  });
});

describe('jalon ledger export, from DynamoDB', () => {
  const rows = [
    headRow(release),
    ...[...rowChanges(undefined, release), ...entries.map(entryChange)].flatMap((one) =>
      'put' in one ? [one.put] : [],
    ),
  ];
  let stored: readonly (typeof rows)[number][] = [];
  const server = readOnlyTable(() => stored);
  beforeAll(async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', await listening(server));
    vi.stubEnv('AWS_REGION', 'eu-west-3');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'a');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'b');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });

  it('writes the same ledger, proven up to the head', async () => {
    stored = rows;
    const { status, content } = await exported({ table: 'releases' });
    expect(content).toBe(whole);
    expect(status).toBe(0);
  });

  it('writes a ledger that was changed in the table as it is, and names the row', async () => {
    stored = rows.map((row) => ('actor' in row && row['seq'] === 7 ? { ...row, actor: 'user:eve' } : row));
    const { status, said, content } = await exported({ table: 'releases' });
    expect({ status, said }).toEqual({
      status: 4,
      said: expect.stringContaining('row 7 (sequence number 7) is broken'),
    });
    expect(content).toContain('user:eve');
  });

  it('says that there is no such release', async () => {
    stored = [];
    await expect(exported({ table: 'releases', release: 'r9' })).rejects.toThrow(/there is no release "r9"/);
  });
});

describe('a ledger that cannot be written to its end', () => {
  it('leaves what was there before, and nothing beside it', async () => {
    const place = mkdtempSync(join(folder, 'half-'));
    writeFileSync(join(place, 'ledger.jsonl'), 'before');
    async function* pages(): AsyncGenerator<readonly LedgerEntry[]> {
      yield entries.slice(0, 5);
      throw new Error('the line went dead');
    }
    await expect(writeLedger(join(place, 'ledger.jsonl'), pages())).rejects.toThrow('the line went dead');
    expect(readdirSync(place)).toEqual(['ledger.jsonl']);
    expect(readFileSync(join(place, 'ledger.jsonl'), 'utf8')).toBe('before');
  });

  it('names the file', async () => {
    await expect(writeLedger(at('no/such/folder'), [entries])).rejects.toThrow(
      /no\/such\/folder cannot be written/,
    );
  });
});
