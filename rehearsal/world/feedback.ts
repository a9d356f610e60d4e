/** What users answered, and the links that led them there, in memory. */
import { hash } from 'node:crypto';
import type { FeedbackStore, SurveyAnswer } from '#application/ports/audience.ts';
import type { Links } from '#application/ports/mail.ts';
import { changesMax, type FeedbackTallies } from '#domain/audience/feedback.ts';
import { addressOf, type Link, linkOfText, textOfLink, tokenParts } from '#domain/mailing/links.ts';

export class MemoryFeedbackStore implements FeedbackStore {
  readonly #answers = new Map<string, Map<string, SurveyAnswer & { readonly version: number }>>();
  readonly #tallies = new Map<string, FeedbackTallies>();
  writes = 0;

  async put(answer: SurveyAnswer): Promise<boolean> {
    const { releaseId, person, question, good } = answer;
    const key = `${releaseId} ${person}`;
    const own = this.#answers.get(key) ?? new Map();
    const before = own.get(question);
    if (before && before.version >= changesMax) return false;
    this.writes += 1;
    this.#answers.set(key, own.set(question, { ...answer, version: (before?.version ?? 0) + 1 }));
    const tallies = this.#tallies.get(releaseId) ?? {};
    const sum = tallies[question] ?? { answers: 0, good: 0 };
    const tally = {
      answers: sum.answers + (before ? 0 : 1),
      good: sum.good + Number(good) - Number(before?.good ?? false),
    };
    this.#tallies.set(releaseId, { ...tallies, [question]: tally });
    return true;
  }

  async of(releaseId: string, person: string): Promise<Readonly<Record<string, number>>> {
    const own = this.#answers.get(`${releaseId} ${person}`) ?? new Map<string, SurveyAnswer>();
    return Object.fromEntries([...own].map(([question, { value }]) => [question, value]));
  }

  async tallies(releaseId: string): Promise<FeedbackTallies> {
    return this.#tallies.get(releaseId) ?? {};
  }
}

/** Where the addresses in mails begin; a served rehearsal shows its own in its place. */
export const pagesUrl = 'https://pages.example';

/** Signed with a key that only this world has: one hash, for of a hundred thousand links a few hundred are followed. */
export class SimulatedLinks implements Links {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  async make(link: Link): Promise<string> {
    const text = textOfLink(link);
    return addressOf(pagesUrl, link, text, this.#macOf(text));
  }

  async read(token: string): Promise<Link | undefined> {
    const parts = tokenParts(token);
    if (!parts || parts.signature !== this.#macOf(parts.text)) return undefined;
    return linkOfText(parts.text);
  }

  #macOf(text: string): string {
    return hash('sha256', `${this.#key}.${text}`, 'base64url').slice(0, 22);
  }
}
