/** Where the API is and who asks: options, environment, profiles. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endpointOf } from '#cli/api/endpoint.ts';
import { jalon } from './terminal.ts';

let folder = '';
let environment: Record<string, string> = {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jalon-'));
  environment = { XDG_CONFIG_HOME: folder };
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, 'jalon', 'profiles.json');
const https = 'https://api.example.org';
const set = (...args: readonly string[]) => jalon(['profile', 'set', ...args], { environment });

describe('a profile', () => {
  it('is kept for its owner alone, without a token, and is listed', async () => {
    writeFileSync(join(folder, 'token'), 'secret\n');
    const made = await set('prod', '--api', `${https}/`, '--token-file', join(folder, 'token'));
    expect(made).toEqual({ code: 0, stdout: `${file()}\n`, stderr: '' });
    expect((statSync(file()).mode & 0o777).toString(8)).toBe('600');
    expect(readFileSync(file(), 'utf8')).not.toContain('secret');
    await set('staging', '--api', https, '--', 'printf', 'other');
    expect((await jalon(['profile', 'list'], { environment })).stdout).toBe(
      `prod  ${https}  ${join(folder, 'token')}\nstaging  ${https}  printf other\n`,
    );
  });

  it('gives its API and its token', async () => {
    writeFileSync(join(folder, 'token'), 'secret\n');
    await set('prod', '--api', https, '--token-file', join(folder, 'token'));
    await set('staging', '--api', 'https://staging.example.org', '--', 'printf', '%s\\n', 'other');
    expect(endpointOf({ profile: 'prod' }, { environment })).toEqual({ api: https, token: 'secret' });
    const named = { ...environment, JALON_PROFILE: 'staging', JALON_API: https, JALON_TOKEN: 'third' };
    expect(endpointOf({}, { environment: named })).toEqual({
      api: 'https://staging.example.org',
      token: 'other',
    });
    // Another API is not told the profile's token.
    expect(endpointOf({ api: https }, { environment: named })).toEqual({ api: https, token: 'third' });
  });

  it.each<[readonly string[], RegExp]>([
    [['prod', '--api', https], /either --token-file, or after -- a command/],
    [['prod', '--api', 'http://api.example.org', '--', 'x'], /it must be an https address/],
    [['pr od', '--api', https, '--', 'x'], /1 to 64 letters, digits/],
  ])('is refused as %j', async (args, message) => {
    const { code, stderr } = await set(...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(existsSync(file())).toBe(false);
  });

  it.each<[string, number, RegExp]>([
    ['false', 5, /gets its token from "false", which gave none: it ended with 1/],
    ['true', 5, /it printed no token/],
    ['no-such-command', 5, /ENOENT/],
  ])('whose command is %s gives no token', async (command, code, message) => {
    await set('prod', '--api', https, '--', command);
    const ran = await jalon(['status', '--profile', 'prod'], { environment });
    expect([ran.code, ran.stderr]).toEqual([code, expect.stringMatching(message)]);
  });

  it('that nobody made, or that was spoilt, is said', async () => {
    await set('prod', '--api', https, '--', 'x');
    const unknown = await jalon(['status', '--profile', 'test'], { environment });
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringMatching(/there is no profile "test" \(prod\)/),
    ]);
    writeFileSync(file(), '{"prod": {"api": "x", "token": "secret"}}');
    const spoilt = await jalon(['status', '--profile', 'prod'], { environment });
    expect([spoilt.code, spoilt.stderr]).toEqual([2, expect.stringMatching(/profiles\.json: prod\.token/)]);
    expect(spoilt.stderr).not.toContain('secret');
  });
});

describe('the place', () => {
  it.each<[Parameters<typeof endpointOf>[0], Record<string, string>, { api: string; token: string }]>([
    [{ as: 'qa' }, {}, { api: 'http://127.0.0.1:4010', token: 'qa' }],
    [
      { as: 'ada:qa,devops', api: 'http://localhost:9/' },
      {},
      { api: 'http://localhost:9', token: 'ada:qa,devops' },
    ],
    [{}, { JALON_API: `${https}/v1/`, JALON_TOKEN: ' t\n' }, { api: `${https}/v1`, token: 't' }],
  ])('is found in options first, then in the environment: %j and %j', (options, given, place) => {
    expect(endpointOf(options, { environment: given })).toEqual(place);
  });

  it.each<[Parameters<typeof endpointOf>[0], Record<string, string>, RegExp]>([
    [{}, {}, /where is the API\?/],
    [{ api: https }, {}, /nobody is signed in: set JALON_TOKEN/],
    [{ api: 'http://api.example.org' }, { JALON_TOKEN: 't' }, /must be an https address/],
    [{ api: 'here' }, { JALON_TOKEN: 't' }, /must be an https address/],
    [{ api: https, profile: 'prod' }, {}, /write one of them/],
    [{ as: 'qa', api: https }, {}, /only a rehearsal on this machine/],
    [{ as: 'qa' }, { JALON_API: https }, /only a rehearsal on this machine/],
    [{ as: 'q a' }, {}, /write a role, or ada:project-lead,qa/],
    [{ as: 'qa', profile: 'prod' }, {}, /has no profile/],
    [{ api: https, tokenFile: '/nowhere/token' }, {}, /there is no file \/nowhere\/token/],
  ])('is refused when it is none or unsafe: %j and %j', (options, given, message) => {
    expect(() => endpointOf(options, { environment: given })).toThrow(message);
  });
});
