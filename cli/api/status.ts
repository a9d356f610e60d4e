/** `jalon status`, once or until the release has ended. */
import { CommandFailed, exitCodes } from '../terminal/exit.ts';
import { Client } from './client.ts';
import { placeOf } from './endpoint.ts';
import { type RunOptions, releaseMeant } from './execute.ts';
import { type Telling, tellingOf } from './output-context.ts';
import type { ProcessEnvironment } from './process-context.ts';
import { Lookout, type ReleaseSnapshot } from './release-poller.ts';
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
export async function statusCommand(options: WatchOptions, surroundings: ProcessEnvironment): Promise<void> {
  const place = placeOf(options, surroundings);
  const telling = await tellingOf(surroundings, options.lang);
  const signal = options.watch ? surroundings.interrupted() : undefined;
  const client = new Client(place, surroundings, telling.language, signal);
  const lookout = new Lookout(client, await releaseMeant(client, options.release));
  if (signal === undefined) {
    surroundings.stdout(`${printed(await lookout.see(), options, telling)}\n`);
    return;
  }
  const { isTerminal } = surroundings;
  const turn =
    options.json || isTerminal
      ? redrawing(lookout, options, telling, surroundings)
      : following(lookout, telling, surroundings);
  await untilEnded(turn, signal, options.every * 1000, surroundings);
}

const printed = (sight: ReleaseSnapshot, { json = false }: RunOptions, telling: Telling): string =>
  json ? JSON.stringify(sight) : statusPage(sight, telling).join('\n');

/** Looks once, prints what is new, answers how the release stands. */
type Turn = () => Promise<string>;

/** The whole screen; as JSON a line whenever something has changed. */
function redrawing(
  lookout: Lookout,
  options: RunOptions,
  telling: Telling,
  { stdout }: ProcessEnvironment,
): Turn {
  let before = '';
  if (!options.json) stdout(clearScreen);
  return async () => {
    const sight = await lookout.see();
    const text = printed(sight, options, telling);
    if (text !== before) stdout(options.json ? `${text}\n` : drawn(text));
    before = text;
    return sight.release.status;
  };
}

const drawn = (text: string): string =>
  `${home}${text.replaceAll('\n', `${clearLine}\n`)}${clearLine}\n${clearBelow}`;

/** Where it is, then a line for everything that happens. */
function following(lookout: Lookout, telling: Telling, { stdout }: ProcessEnvironment): Turn {
  let seq: number | undefined;
  return async () => {
    if (seq === undefined) {
      const sight = await lookout.see();
      stdout(`${statusLine(sight, telling)}\n`);
      seq = sight.release.seq;
      return sight.release.status;
    }
    const release = await lookout.release();
    while (seq < release.seq) {
      const entries = await lookout.happened(seq);
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
