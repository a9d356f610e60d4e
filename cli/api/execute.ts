/** One command against the API: what was typed becomes a request, its answer a page or a sentence. */

import type { CommandName, ReadName } from '#functions/runtime/operations.ts';
import type { Language } from '#presentation/format.ts';
import { BadInput, CommandFailed, exitCodes } from '../terminal/exit.ts';
import { type ApiAnswer, Client } from './client.ts';
import type { ActCommand, AnswerPage, ApiCommand, ReadCommand } from './command-spec.ts';
import { type EndpointOptions, endpointOf } from './endpoint.ts';
import { type Telling, tellingOf } from './output-context.ts';
import type { ProcessEnvironment } from './process-context.ts';
import { isOfRelease, type Values, type ValuesFor } from './requests.ts';
import { type AnswersByPage, answers, reading } from './responses.ts';
import { pages } from './views.ts';

export interface RunOptions extends EndpointOptions {
  readonly release?: string;
  readonly lang?: Language;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly idempotencyKey?: string;
}

/** Throws CommandFailed. */
export async function run(
  row: ApiCommand,
  typed: Values,
  options: RunOptions,
  processEnvironment: ProcessEnvironment,
): Promise<void> {
  const endpoint = endpointOf(options, processEnvironment);
  const telling = await tellingOf(processEnvironment, options.lang);
  const client = new Client(endpoint, processEnvironment, telling.language);
  const values = isOfRelease(row.operation)
    ? { ...typed, releaseId: await releaseMeant(client, options.release) }
    : typed;
  // Every parameter of the path is an argument of its command, or the release.
  if ('page' in row) {
    const answer = await client.read(row.operation, withoutPicks(row, values) as ValuesFor<ReadName>);
    const lines = options.json ? [answer.text] : printed(row, answer, telling, values);
    processEnvironment.stdout(lines.map((line) => `${line}\n`).join(''));
    return;
  }
  await confirm(row, values, options, telling, processEnvironment);
  const key = options.idempotencyKey ?? processEnvironment.newKey();
  const sent = { ...row.body, ...values } as ValuesFor<CommandName>;
  const answer = await client.command(row.operation, sent, key);
  processEnvironment.stdout(`${options.json ? answer.text : said(row.done[telling.language], values)}\n`);
  if (answer.replayed && !options.json) processEnvironment.stdout(`${telling.words.replayed}\n`);
}

/** The release that is named, or the only one under way. Throws CommandFailed. */
export async function releaseMeant(client: Client, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const { releases } = reading(answers.releases, await client.read('list-releases', {}));
  const [only, another] = releases;
  if (only !== undefined && another === undefined) return only.id;
  throw new BadInput(
    only === undefined
      ? 'no release is under way: write --release and the id of one that has ended ("jalon releases --state ended" lists them)'
      : `several releases are under way: write --release and one of ${releases.map(({ id }) => id).join(', ')}`,
  );
}

const withoutPicks = ({ arguments: inOrder = [] }: ReadCommand, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => !inOrder.some((one) => one.picks && one.name === name)),
  );

const printed = <P extends AnswerPage>(
  { page }: ReadCommand & { readonly page: P },
  answer: ApiAnswer,
  telling: Telling,
  typed: Values,
) => {
  const print: (answer: AnswersByPage[P], telling: Telling, typed: Values) => readonly string[] = pages[page];
  // The schema of a page reads the answers of that page.
  return print(reading(answers[page], answer) as AnswersByPage[P], telling, typed);
};

/** Throws CommandFailed unless a person at the terminal, or `--yes`, says that it is meant. */
async function confirm(
  { destructive, name, says }: ActCommand & { readonly name: string },
  { releaseId }: Values,
  { yes = false }: RunOptions,
  { words }: Telling,
  { ask }: ProcessEnvironment,
): Promise<void> {
  if (!destructive || yes) return;
  if (ask === undefined)
    throw new BadInput(
      `"jalon ${name}" cannot be taken back: write --yes when nobody is there to confirm it`,
    );
  const typed = await ask(words.confirm(String(releaseId), says)).catch(() => {
    throw new CommandFailed(exitCodes.interrupted, 'nothing was done');
  });
  if (typed.trim() !== releaseId) throw new BadInput(`that is not ${String(releaseId)}: nothing was done`);
}

const said = (sentence: string, values: Values): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
