/** `jalon profile`: makes and lists the names of APIs. */
import { resolve } from 'node:path';
import { BadInput } from '../terminal/exit.ts';
import { addressOf } from './endpoint.ts';
import type { ProcessEnvironment } from './process-context.ts';
import { profilesPath, readProfiles, writeProfile } from './profiles.ts';

interface Asked {
  readonly api: string;
  readonly tokenFile?: string;
  /** Empty when a file holds the token. */
  readonly tokenCommand: readonly string[];
}

/** Throws BadInput unless exactly one of the two says where tokens come from. */
export function setProfile(
  name: string,
  { api, tokenFile, tokenCommand }: Asked,
  { environment, stdout }: ProcessEnvironment,
): void {
  if ((tokenFile === undefined) === (tokenCommand.length === 0))
    throw new BadInput(
      'write where its tokens come from: either --token-file, or after -- a command that prints one',
    );
  const token = tokenFile === undefined ? { command: [...tokenCommand] } : { file: resolve(tokenFile) };
  stdout(`${writeProfile(name, { api: addressOf(api), token }, environment)}\n`);
}

export function listProfiles({ environment, stdout }: ProcessEnvironment): void {
  const profiles = Object.entries(readProfiles(environment));
  const lines = profiles.map(([name, { api, token }]) =>
    [name, api, 'file' in token ? token.file : token.command.join(' ')].join('  '),
  );
  stdout(
    `${(lines.length === 0 ? [`There is none yet in ${profilesPath(environment)}.`] : lines).join('\n')}\n`,
  );
}
