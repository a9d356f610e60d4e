/** Where the API is and who asks: options, then the environment or a profile. */
import { BadInput, CommandFailed, exitCodes } from '../terminal/exit.ts';
import type { ProcessEnvironment } from './process-context.ts';
import { fileToken, readProfile, tokenOf } from './profiles.ts';

export interface EndpointOptions {
  readonly api?: string;
  readonly profile?: string;
  readonly tokenFile?: string;
  /** A role, or a person with roles: only for a rehearsal's server. */
  readonly as?: string;
}

export interface Endpoint {
  /** Without a slash at its end. */
  readonly api: string;
  readonly token: string;
}

/** Where `jalon rehearse --speed` listens unless --port says otherwise. */
const rehearsalApi = 'http://127.0.0.1:4010';
const local = ['localhost', '127.0.0.1', '[::1]'];
const asForm = /^[\w.@-]+(:[\w-]+(,[\w-]+)*)?$/;

/** A profile's token goes to the profile's API and nowhere else. Throws BadInput, CommandFailed. */
export function endpointOf(
  options: EndpointOptions,
  processEnvironment: Pick<ProcessEnvironment, 'environment'>,
): Endpoint {
  const { environment } = processEnvironment;
  if (options.as !== undefined) return inRehearsal(options, options.as, environment['JALON_API']);
  const profile = options.profile ?? (options.api === undefined ? environment['JALON_PROFILE'] : undefined);
  if (profile !== undefined && profile !== '') {
    if (options.api !== undefined)
      throw new BadInput('--api and --profile both say where the API is: write one of them');
    const found = readProfile(profile, environment);
    const token = options.tokenFile === undefined ? tokenOf(profile, found) : fileToken(options.tokenFile);
    return { api: addressOf(found.api), token };
  }
  const api = options.api ?? environment['JALON_API'];
  if (api === undefined || api === '')
    throw new BadInput(
      'where is the API? Write --api https://…, set JALON_API, name a --profile, or write --as project-lead for a rehearsal on this machine',
    );
  const token = options.tokenFile === undefined ? environment['JALON_TOKEN'] : fileToken(options.tokenFile);
  if (token === undefined || token.trim() === '')
    throw new CommandFailed(
      exitCodes.notPermitted,
      'nobody is signed in: set JALON_TOKEN to an access token, or write --token-file; docs/reference/cli.md says where a token comes from',
    );
  return { api: addressOf(api), token: token.trim() };
}

function inRehearsal(
  { api, profile }: EndpointOptions,
  as: string,
  fromEnvironment: string | undefined,
): Endpoint {
  if (profile !== undefined)
    throw new BadInput('--as is for a rehearsal, which has no profile: leave one out');
  if (!asForm.test(as))
    throw new BadInput(`--as is "${as}": write a role, or ada:project-lead,qa for a person with roles`);
  const address = addressOf(api ?? (fromEnvironment || rehearsalApi));
  if (!local.includes(new URL(address).hostname))
    throw new BadInput(
      `--as asks ${address} without signing in, which only a rehearsal on this machine lets anybody do: use a token there`,
    );
  return { api: address, token: as };
}

/** A token is sent there: on the network only encrypted. Throws BadInput. */
export function addressOf(text: string): string {
  const url = URL.parse(text);
  const isLocal = local.includes(url?.hostname ?? '');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal))
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  throw new BadInput(
    `the API is "${text}": it must be an https address, because a token is sent to it; http only on this machine`,
  );
}
