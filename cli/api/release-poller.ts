/** What `jalon status` reads of a release, as few requests as it can: what has not changed is not sent again. */

import type * as z from 'zod';
import { present } from '#domain/present.ts';
import type { ReadName } from '#functions/runtime/operations.ts';
import type { ApiAnswer, Client } from './client.ts';
import type { ValuesFor } from './requests.ts';
import { type AnswersByPage, answers, type EvaluationView, Looks, Release, reading } from './responses.ts';

/** 100 looks each: a bake that is looked at every five minutes for two weeks. */
const lookPagesMax = 41;

export interface ReleaseSnapshot {
  readonly release: z.output<typeof Release>;
  readonly phases: AnswersByPage['phases']['phases'];
  readonly gates: AnswersByPage['gates']['gates'];
  readonly dates: AnswersByPage['forecast']['dates'];
  /** Of the phase that is not closed. */
  readonly now?: {
    readonly phase: AnswersByPage['phase'];
    /** The latest look of its observation. */
    readonly look?: EvaluationView;
  };
}

/** Looks at a release again and again; keeps what the API need not send twice. */
export class ReleasePoller {
  readonly #client: Client;
  readonly #releaseId: string;
  readonly #kept = new Map<string, ApiAnswer>();
  /** Where the last page of looks began, by phase and attempt. */
  readonly #lookPages = new Map<string, string>();

  constructor(client: Client, releaseId: string) {
    this.#client = client;
    this.#releaseId = releaseId;
  }

  /** Throws CommandFailed. */
  release(): Promise<ReleaseSnapshot['release']> {
    return this.#read('read-release', {}, Release);
  }

  /** Throws CommandFailed. */
  async snapshot(): Promise<ReleaseSnapshot> {
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
    return { release, phases, gates, dates, now: { phase, ...present({ look }) } };
  }

  /** Everything that happened after an entry, oldest first. Throws CommandFailed. */
  async happened(after: number): Promise<AnswersByPage['timeline']['entries']> {
    const page = await this.#client.read('read-timeline', { releaseId: this.#releaseId, after });
    return reading(answers.timeline, page).entries;
  }

  async #latestLook(phase: string, attempt: number): Promise<EvaluationView | undefined> {
    const key = `${phase}#${attempt}`;
    let latest: EvaluationView | undefined;
    for (let pages = 0; pages < lookPagesMax; pages += 1) {
      const after = this.#lookPages.get(key);
      const asked = { phase, attempt, ...present({ after }) };
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
