/** What `jalon status` reads of a release, as few requests as it can: what has not changed is not sent again. */
import type * as z from 'zod';
import type { ReadName } from '#functions/runtime/operations.ts';
import type { Answer, Client } from './client.ts';
import type { ValuesFor } from './requests.ts';
import { type Answers, answers, type Look, Looks, Release, reading } from './responses.ts';

/** 100 looks each: a bake that is looked at every five minutes for two weeks. */
const lookPagesMax = 41;

export interface Sight {
  readonly release: z.output<typeof Release>;
  readonly phases: Answers['phases']['phases'];
  readonly gates: Answers['gates']['gates'];
  readonly dates: Answers['forecast']['dates'];
  /** Of the phase that is not closed. */
  readonly now?: {
    readonly phase: Answers['phase'];
    /** The latest look of its observation. */
    readonly look?: Look;
  };
}

/** Looks at a release again and again; keeps what the API need not send twice. */
export class Lookout {
  readonly #client: Client;
  readonly #releaseId: string;
  readonly #kept = new Map<string, Answer>();
  /** Where the last page of looks began, by phase and attempt. */
  readonly #lookPages = new Map<string, string>();

  constructor(client: Client, releaseId: string) {
    this.#client = client;
    this.#releaseId = releaseId;
  }

  /** Throws CommandFailed. */
  release(): Promise<Sight['release']> {
    return this.#read('read-release', {}, Release);
  }

  /** Throws CommandFailed. */
  async see(): Promise<Sight> {
    const release = await this.release();
    const [{ phases }, { gates }, { dates }] = await Promise.all([
      this.#read('list-phases', {}, answers.phases),
      this.#read('list-gates', {}, answers.gates),
      this.#read('read-forecast', {}, answers.forecast),
    ]);
    const current = phases.find(({ status }) => status === 'open' || status === 'held');
    if (current === undefined || release.status !== 'active') return { release, phases, gates, dates };
    const [phase, look] = await Promise.all([
      this.#read('read-phase', { phase: current.id }, answers.phase),
      this.#latestLook(current.id, current.attempt),
    ]);
    return { release, phases, gates, dates, now: { phase, ...(look === undefined ? {} : { look }) } };
  }

  /** Everything that happened after an entry, oldest first. Throws CommandFailed. */
  async happened(after: number): Promise<Answers['timeline']['entries']> {
    const page = await this.#client.read('read-timeline', { releaseId: this.#releaseId, after });
    return reading(answers.timeline, page).entries;
  }

  async #latestLook(phase: string, attempt: number): Promise<Look | undefined> {
    const key = `${phase}#${attempt}`;
    let latest: Look | undefined;
    for (let pages = 0; pages < lookPagesMax; pages += 1) {
      const after = this.#lookPages.get(key);
      const asked = { phase, attempt, ...(after === undefined ? {} : { after }) };
      const { looks, next } = await this.#read('read-looks', asked, Looks);
      latest = looks.at(-1) ?? latest;
      if (next === undefined) return latest;
      this.#lookPages.set(key, next);
    }
    return latest;
  }

  async #read<N extends ReadName, T extends z.ZodType>(
    operation: N,
    values: Omit<ValuesFor<N>, 'releaseId'>,
    schema: T,
  ): Promise<z.output<T>> {
    const key = `${operation} ${JSON.stringify(values)}`;
    const asked = { ...values, releaseId: this.#releaseId };
    // A page of looks that is full is never asked for again.
    const answer = await this.#client.read(operation, asked, this.#kept.get(key));
    this.#kept.set(key, answer);
    return reading(schema, answer);
  }
}
