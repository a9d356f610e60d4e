/**
 * Profiles: a name for an API and for where its tokens come from, in `$XDG_CONFIG_HOME/jalon/profiles.json`. Never a token
 * itself: a file that holds one, or a command that prints one.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { BadInput, CommandFailed, exitCodes } from '../terminal/exit.ts';
import type { ProcessEnvironment } from './process-context.ts';

const profilesMax = 100;
/** Somebody may have to type a code. */
const tokenCommandSecondsMax = 120;
const tokenBytesMax = 16_384;

const Token = z.union([
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ command: z.array(z.string()).min(1).max(50) }),
]);
const Profile = z.strictObject({ api: z.string().min(1), token: Token });
export type Profile = z.output<typeof Profile>;
const Profiles = z
  .record(z.string(), Profile)
  .refine((profiles) => Object.keys(profiles).every((name) => /^[\w.-]{1,64}$/.test(name)), {
    message: 'the name of a profile has 1 to 64 letters, digits, "-", "." and "_"',
  })
  .refine((profiles) => Object.keys(profiles).length <= profilesMax, `at most ${profilesMax} profiles`);

type Environment = ProcessEnvironment['environment'];

export function profilesPath(environment: Environment): string {
  const folder = environment['XDG_CONFIG_HOME'] || join(environment['HOME'] || homedir(), '.config');
  return join(folder, 'jalon', 'profiles.json');
}

/** None when there is no file. Throws BadInput. */
export function readProfiles(environment: Environment): Readonly<Record<string, Profile>> {
  const path = profilesPath(environment);
  const text = textIn(path);
  return text === undefined ? {} : checked(jsonIn(text, path), path);
}

/** Throws BadInput. */
export function readProfile(name: string, environment: Environment): Profile {
  const profiles = readProfiles(environment);
  const found = Object.entries(profiles).find(([known]) => known === name)?.[1];
  if (found !== undefined) return found;
  const known = Object.keys(profiles).join(', ') || 'none yet';
  throw new BadInput(
    `there is no profile "${name}" (${known}): "jalon profile set ${name} --api https://… --token-file …" makes it`,
  );
}

/** Readable by its owner alone. Throws BadInput. */
export function writeProfile(name: string, profile: Profile, environment: Environment): string {
  const path = profilesPath(environment);
  const profiles = checked({ ...readProfiles(environment), [name]: profile }, `profile "${name}"`);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 });
  return path;
}

/** Throws BadInput, or CommandFailed when the command gives no token. */
export function tokenOf(name: string, { token }: Profile): string {
  if ('file' in token) return fileToken(token.file);
  const [file = '', ...args] = token.command;
  const { status, stdout, error } = spawnSync(file, args, {
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
    timeout: tokenCommandSecondsMax * 1000,
    maxBuffer: tokenBytesMax,
  });
  const printed = error === undefined && status === 0 ? stdout.trim() : '';
  if (/^\S+$/.test(printed)) return printed;
  const why = error?.message ?? (status === 0 ? 'it printed no token' : `it ended with ${status}`);
  throw new CommandFailed(
    exitCodes.notPermitted,
    `profile "${name}" gets its token from "${token.command.join(' ')}", which gave none: ${why}`,
  );
}

/** Throws BadInput. */
export function fileToken(path: string): string {
  const token = textIn(path)?.trim();
  if (token === undefined) throw new BadInput(`there is no file ${path}: it must hold an access token`);
  if (/^\S+$/.test(token)) return token;
  throw new BadInput(`${path} does not hold a token: it must hold one access token and nothing else`);
}

/** Undefined when there is no such file. */
function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new BadInput(`${path} cannot be read (${code})`);
  }
}

function jsonIn(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadInput(`${path} is no JSON: mend it, or remove it and make the profiles again`);
  }
}

function checked(value: unknown, what: string): Readonly<Record<string, Profile>> {
  const parsed = Profiles.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`);
  throw new BadInput(`${what}: ${wrong.join('; ')}`);
}
