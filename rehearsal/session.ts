/**
 * A world that is served while it goes on: time, commands and reads take turns, and whatever came from outside stands in the
 * journal before it is carried out. Replayed, the same inputs at the same virtual instants give the same ledger. While the
 * journal takes no line (a full disk) every turn throws NotKept: the world stands still, and nothing that would be lost is seen.
 */

import { unreachable } from '#domain/unreachable.ts';
import type { HttpResponse } from '#functions/contracts/http.ts';
import { ask, type Sent } from './gateway.ts';
import { type JournalLine, NotKept, StateUnusable } from './journal.ts';
import { change, type WorldChange } from './steering.ts';
import type { World } from './world/world.ts';

/** What came from outside. */
type Input =
  | {
      readonly kind: 'start';
      readonly releaseId: string;
      readonly version: string;
      readonly launchDay: string;
    }
  | { readonly kind: 'request'; readonly sent: Kept }
  | { readonly kind: 'world'; readonly change: WorldChange };
/** A request as JSON keeps it. */
type Kept = Omit<Sent, 'query'> & { readonly query: string };

export interface Recorder {
  /** Throws NotKept, and then has nothing of the line. */
  append(line: JournalLine): void;
}

export class Session {
  readonly world: World;
  readonly #journal: Recorder;
  #turn: Promise<unknown> = Promise.resolve();
  /** Virtual time that the journal knows of. */
  #writtenMs: number;
  /** Something happened that it does not know of yet. */
  #owed = false;
  #seq = 0;
  #hash = '';

  constructor(world: World, journal: Recorder) {
    this.world = world;
    this.#journal = journal;
    this.#writtenMs = world.clock.nowMs();
    world.releases.onEntry(({ seq, hash }) => {
      this.#seq = seq;
      this.#hash = hash;
    });
  }

  /** Goes where the journal says. Throws StateUnusable when that leads to another ledger than it did. */
  async replay(lines: readonly JournalLine[]): Promise<void> {
    for (const { at, input, seq, hash } of lines) {
      await this.#goTo(at);
      // What was refused then is refused now.
      if (input !== undefined) await this.#execute(input as Input).catch(() => {});
      if (seq !== undefined && (seq !== this.#seq || hash !== this.#hash))
        throw new StateUnusable(
          `the state leads to another ledger than it did (entry ${this.#seq}, not ${seq}): this is another version of the program; begin anew with --fresh`,
        );
    }
    this.#writtenMs = this.world.clock.nowMs();
  }

  start(release: {
    readonly releaseId: string;
    readonly version: string;
    readonly launchDay: string;
  }): Promise<void> {
    return this.#next(async () => void (await this.#take({ kind: 'start', ...release })));
  }

  /** Time goes on. What happened in it is in the journal before anybody sees it; that nothing did need not be. */
  advance(ms: number): Promise<void> {
    return this.#next(async () => {
      const before = this.#seq;
      await this.#goTo(this.world.clock.nowMs() + ms);
      if (this.#seq !== before) this.#write();
    });
  }

  /** A request to the API: reads leave no trace, commands are kept. */
  request(sent: Sent): Promise<HttpResponse> {
    return this.#next(async () => {
      if (sent.method === 'GET' || sent.method === 'HEAD') {
        this.#keep();
        return ask(this.world, sent);
      }
      const kept = { ...sent, query: `${sent.query ?? ''}` };
      return (await this.#take({ kind: 'request', sent: kept })) as HttpResponse;
    });
  }

  /** Throws what the change refuses; then nothing was changed. */
  steer(wanted: WorldChange): Promise<void> {
    return this.#next(async () => void (await this.#take({ kind: 'world', change: wanted })));
  }

  /** Looks at the world between two turns. */
  look<T>(see: (world: World) => T): Promise<T> {
    return this.#next(async () => {
      this.#keep();
      return see(this.world);
    });
  }

  #next<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => {
      if (this.#owed) this.#write();
      return act();
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #take(input: Input): Promise<unknown> {
    this.#journal.append({ at: this.world.clock.nowMs(), input });
    try {
      return await this.#execute(input);
    } finally {
      // The input is kept, and what came of it with it: only the proof may be owed.
      this.#tryToWrite();
    }
  }

  #tryToWrite(): void {
    try {
      this.#write();
    } catch (error) {
      if (!(error instanceof NotKept)) throw error;
    }
  }

  /** Ends when the input has had its effect at this instant: the next one, now or in a replay, comes after it. */
  async #execute(input: Input): Promise<unknown> {
    try {
      return await this.#carryOut(input);
    } finally {
      await this.world.clock.settle();
    }
  }

  async #carryOut(input: Input): Promise<unknown> {
    switch (input.kind) {
      case 'start':
        return this.world.start(input);
      case 'request':
        return ask(this.world, { ...input.sent, query: new URLSearchParams(input.sent.query) });
      case 'world':
        return change(this.world, input.change);
      default:
        return unreachable(input);
    }
  }

  /** Runs what is due until then; an instant that has been reached is not run again. */
  async #goTo(ms: number): Promise<void> {
    const { clock } = this.world;
    if (ms > clock.nowMs()) await clock.runFor(ms - clock.nowMs(), { eventsMax });
  }

  #keep(): void {
    if (this.world.clock.nowMs() !== this.#writtenMs) this.#write();
  }

  #write(): void {
    const at = this.world.clock.nowMs();
    this.#owed = true;
    this.#journal.append({ at, ...(this.#seq === 0 ? {} : { seq: this.#seq, hash: this.#hash }) });
    this.#owed = false;
    this.#writtenMs = at;
  }
}

/** Of one step: two months of ticks and mail to a million people. */
const eventsMax = 5_000_000;
