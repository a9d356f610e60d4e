/** `jalon status`, once or until the release has ended. */
import { CommandFailed, exitCodes } from '../terminal/exit.ts';
import { Client } from './client.ts';
import { endpointOf } from './endpoint.ts';
import { type RunOptions, releaseMeant } from './execute.ts';
import { type Telling, tellingOf } from './output-context.ts';
import type { ProcessEnvironment } from './process-context.ts';
import { ReleasePoller, type ReleaseSnapshot } from './release-poller.ts';
import { statusLine, statusPage } from './status-view.ts';
import { entryLine } from './views.ts';

export interface WatchOptions extends RunOptions {
  readonly watch?: boolean;
  /** Seconds. */
  readonly every: number;
}

/** Home, and to the end of the screen: nothing flickers as it would after clearing it. */
const home = '\u001b[H';
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';
const clearScreen = '\u001b[2J';
/** Weeks at one look per second; beyond that something else is wrong. */
const looksMax = 5_000_000;
/** So often an API may be away, one wait after another. */
const unansweredMax = 100;

/**
 * Ends with 0; with `--watch` when the release has ended: 0 completed, 3 otherwise; 130 after Ctrl-C. An API that is away for
 * a while does not end a watch. Throws CommandFailed.
 */
export async function statusCommand(
  options: WatchOptions,
  processEnvironment: ProcessEnvironment,
): Promise<void> {
  const endpoint = endpointOf(options, processEnvironment);
  const telling = await tellingOf(processEnvironment, options.lang);
  const signal = options.watch ? processEnvironment.interrupted() : undefined;
  const client = new Client(endpoint, processEnvironment, telling.language, signal);
  const poller = new ReleasePoller(client, await releaseMeant(client, options.release));
  if (signal === undefined) {
    processEnvironment.stdout(`${printed(await poller.snapshot(), options, telling)}\n`);
    return;
  }
  const { isTerminal } = processEnvironment;
  const turn =
    options.json || isTerminal
      ? redrawing(poller, options, telling, processEnvironment)
      : following(poller, telling, processEnvironment);
  await untilEnded(turn, signal, options.every * 1000, processEnvironment);
}

const printed = (snapshot: ReleaseSnapshot, { json = false }: RunOptions, telling: Telling): string =>
  json ? JSON.stringify(snapshot) : statusPage(snapshot, telling).join('\n');

/** Looks once, prints what is new, answers how the release stands. */
type Turn = () => Promise<string>;

/** The whole screen; as JSON a line whenever something has changed. */
function redrawing(
  poller: ReleasePoller,
  options: RunOptions,
  telling: Telling,
  { stdout }: ProcessEnvironment,
): Turn {
  let before = '';
  if (!options.json) stdout(clearScreen);
  return async () => {
    const snapshot = await poller.snapshot();
    const text = printed(snapshot, options, telling);
    if (text !== before) stdout(options.json ? `${text}\n` : drawn(text));
    before = text;
    return snapshot.release.status;
  };
}

const drawn = (text: string): string =>
  `${home}${text.replaceAll('\n', `${clearLine}\n`)}${clearLine}\n${clearBelow}`;

/** Where it is, then a line for everything that happens. */
function following(poller: ReleasePoller, telling: Telling, { stdout }: ProcessEnvironment): Turn {
  let seq: number | undefined;
  return async () => {
    if (seq === undefined) {
      const snapshot = await poller.snapshot();
      stdout(`${statusLine(snapshot, telling)}\n`);
      seq = snapshot.release.seq;
      return snapshot.release.status;
    }
    const release = await poller.release();
    while (seq < release.seq) {
      const entries = await poller.happened(seq);
      for (const entry of entries) stdout(`${entryLine(entry, telling)}\n`);
      seq = entries.at(-1)?.seq ?? release.seq;
    }
    return release.status;
  };
}

async function untilEnded(
  turn: Turn,
  signal: AbortSignal,
  everyMs: number,
  { wait, endWith, stderr }: ProcessEnvironment,
): Promise<void> {
  let unanswered = 0;
  for (let look = 0; look < looksMax && !signal.aborted; look += 1) {
    try {
      const status = await turn();
      unanswered = 0;
      if (status !== 'active')
        return endWith(status === 'completed' ? exitCodes.completed : exitCodes.rolledBack);
    } catch (error) {
      if (signal.aborted) break;
      unanswered += 1;
      const isAway = error instanceof CommandFailed && error.exitCode === exitCodes.unreachable;
      if (!isAway || unanswered === unansweredMax) throw error;
      if (unanswered === 1) stderr(`jalon: ${error.message}\n`);
    }
    await wait(everyMs).catch(() => {});
  }
  endWith(exitCodes.interrupted);
}
