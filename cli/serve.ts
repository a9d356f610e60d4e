/** `jalon rehearse --speed`: the rehearsal goes on at a speed that people can follow, and its API is served on this machine. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as rest } from 'node:timers/promises';
import { InvalidInput } from '#domain/errors.ts';
import { ledgerFormat } from '#domain/ledger/format.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { formatOf, type Language } from '#presentation/format.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { ownAnswer, type Sent } from '#rehearsal/gateway.ts';
import { type Header, Journal, NotKept, StateUnusable } from '#rehearsal/journal.ts';
import { firstRelease, isOver, rehearsalOf, rehearsalWorld } from '#rehearsal/rehearse.ts';
import type { Scenario } from '#rehearsal/scenario.ts';
import { httpServer } from '#rehearsal/server.ts';
import { Session } from '#rehearsal/session.ts';
import { type Speed, speedOf } from '#rehearsal/speed.ts';
import { claimsIn } from '#rehearsal/tokens.ts';
import { isWorld, type Pace, worldApi } from '#rehearsal/world-api.ts';
import { summary } from './summary/summary.ts';
import { BadInput, exitCodes } from './terminal/exit.ts';
import type { Io } from './terminal/io.ts';
import { paintFor } from './terminal/paint.ts';
import { LiveTimeline } from './timeline/live.ts';

export interface ServeOptions {
  readonly speed: string;
  readonly port: number;
  readonly state: string;
  readonly fresh?: boolean;
}
interface Rehearsed {
  readonly plan: Plan;
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  readonly users: number;
  readonly launchDay: string;
  readonly language: Language;
}

const stepMs = 100;
/** So much real time at once, should the machine not keep up: the world is late rather than deaf. */
const lagMsMax = 1000;

/** Serves until it is interrupted; answers the exit code. Throws BadInput. */
export async function serveCommand(rehearsed: Rehearsed, options: ServeOptions, io: Io): Promise<number> {
  const { plan, language } = rehearsed;
  const pace: Pace = { speed: speedFrom(options.speed) };
  const world = rehearsalWorld(rehearsed);
  const startMs = world.clock.nowMs();
  const { journal, lines, notes } = stateOf(rehearsed, options);
  for (const note of notes) io.stderr(`jalon: ${note}\n`);
  const session = new Session(world, journal);
  // Both: a module that is loaded in the middle of a step would take more turns than the clock waits for.
  await Promise.all([textsOf('fr'), textsOf('en')]);
  const style = { language, texts: await textsOf(language), paint: paintFor(process.stdout, process.env) };
  const timeline = new LiveTimeline(plan, style);
  world.releases.onEntry((entry, release) => timeline.hear(entry, release));
  /** After the journal knows: what is on the screen is never lost. */
  const tell = () => {
    const lines = timeline.lines();
    if (lines.length > 0) io.stdout(`${lines.join('\n')}\n`);
  };
  try {
    await session.replay(lines);
    if (lines.length === 0) await session.start(firstRelease(plan, rehearsed.launchDay));
  } catch (error) {
    if (error instanceof NotKept) throw new BadInput(`--state is "${options.state}": ${error.message}`);
    throw error instanceof StateUnusable ? new BadInput(error.message) : error;
  }
  tell();
  const answering = (sent: Sent) => answerOf(session, pace, sent);
  const server = httpServer(answering, (bearer) => claimsIn(plan, bearer));
  const address = await listen(server, options.port);
  io.stderr(
    welcome(
      address,
      options,
      pace.speed,
      formatOf(language, plan.timeZone).moment(toInstant(world.clock.nowMs())),
    ),
  );
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const ended = new Set<string>();
  let faults = 0;
  const late = () =>
    io.stderr('jalon: this machine cannot keep the speed: time goes as fast as it can be worked out\n');
  const isKept = keeping(io);
  await keepPace(pace, stopping.signal, late, async (virtualMs) => {
    if (!(await isKept(session.advance(virtualMs)))) return;
    tell();
    for (const { handler, error } of world.delivery.deadLetters.slice(faults))
      io.stderr(`jalon: ${handler} failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    faults = world.delivery.deadLetters.length;
    const release = world.releases.peek(world.releaseId);
    if (!release || ended.has(release.id) || !isOver(world, release.id, world.clock.nowMs())) return;
    ended.add(release.id);
    const rehearsal = rehearsalOf(plan, world, release.id, startMs);
    io.stdout(`${summary(rehearsal, style).join('\n')}\n`);
    io.stderr('jalon: the release has ended; the API goes on answering until Ctrl-C\n');
  });
  server.closeAllConnections();
  server.close();
  await isKept(session.look(() => {}));
  journal.close();
  io.stderr(`jalon: stopped; the same command goes on from here, with the state in ${options.state}\n`);
  return exitCodes.interrupted;
}

/** Whether the journal has what came of a turn. That it has not is said once, until it has again. */
function keeping(io: Io): (turn: Promise<void>) => Promise<boolean> {
  let stuck = false;
  return async (turn) => {
    try {
      await turn;
      stuck = false;
      return true;
    } catch (error) {
      if (!(error instanceof NotKept)) throw error;
      if (!stuck)
        io.stderr(
          `jalon: the journal cannot be written (${error.message}): time stands still and nothing is answered until it can\n`,
        );
      stuck = true;
      return false;
    }
  };
}

function speedFrom(text: string): Speed {
  try {
    return speedOf(text);
  } catch (error) {
    throw error instanceof InvalidInput ? new BadInput(`--speed: ${sayRefusal('en', error.refusal)}`) : error;
  }
}

function stateOf(
  { plan, scenario, seed, users, launchDay }: Rehearsed,
  { state, fresh = false }: ServeOptions,
) {
  const header: Header = {
    jalon: ledgerFormat,
    plan: createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 16),
    product: plan.product,
    launchDay,
    seed,
    users,
    scenario: scenario?.name ?? null,
  };
  const suffix = new Date().toISOString().replaceAll(':', '-');
  try {
    return Journal.open(state, header, { fresh, pid: process.pid, isAlive, suffix });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(error instanceof StateUnusable ? why : `--state is "${state}": ${why}`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A page of another site must not steer it through the reader's browser. */
const localHosts = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

function answerOf(session: Session, pace: Pace, sent: Sent) {
  if (!localHosts.test(sent.headers?.['host'] ?? ''))
    return Promise.resolve(ownAnswer(421, 'Misdirected Request: only localhost is served'));
  return isWorld(sent) ? worldApi(session, pace, sent) : session.request(sent);
}

async function listen(server: Server, port: number): Promise<string> {
  const failed = new Promise<never>((_, reject) => {
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      reject(new BadInput(taken ? `port ${port} is taken: choose another one with --port` : error.message));
    });
  });
  server.listen(port, '127.0.0.1');
  await Promise.race([once(server, 'listening'), failed]);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const welcome = (address: string, { state }: ServeOptions, { text }: Speed, now: string) =>
  `jalon: ${address} answers, at ${text}; it is ${now} there, the state is in ${state}
  curl -H 'Authorization: Bearer project-lead' ${address}/releases
  curl -H 'Authorization: Bearer project-lead' ${address}/world/clock --json '{"advance": "2d"}'
  curl -H 'Authorization: Bearer project-lead' ${address}/world/mails   # a mail of each kind, with links that work here
`;

/** Steps of virtual time in the rhythm of real time, until the signal. That it cannot be kept is said once. */
async function keepPace(
  pace: Pace,
  signal: AbortSignal,
  late: () => void,
  step: (virtualMs: number) => Promise<void>,
): Promise<void> {
  let before = performance.now();
  let owedMs = 0;
  let told = false;
  while (!signal.aborted) {
    await rest(stepMs, undefined, { signal }).catch(() => {});
    const elapsedMs = performance.now() - before;
    before += elapsedMs;
    if (elapsedMs > lagMsMax && !told) {
      told = true;
      late();
    }
    // Slow speeds have less than a millisecond in a step.
    owedMs += Math.min(elapsedMs, lagMsMax) * pace.speed.factor;
    const virtualMs = Math.floor(owedMs);
    owedMs -= virtualMs;
    if (!signal.aborted) await step(virtualMs);
  }
}
