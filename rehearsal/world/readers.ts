/** Users who read their mail and follow its links: some answer, few report a problem. What they do goes through the public pages. */
import type { Mail } from '#domain/mailing/mail.ts';
import { hourMs } from '#domain/time.ts';
import type { VirtualClock } from '../clock.ts';
import { eventOf } from '../gateway.ts';
import type { Chance } from './chance.ts';
import type { Behaviour } from './users.ts';

/** Enough to know a share to a few percent; more would only take time. */
const answersPerCampaignMax = 200;
/** People get about so many mails with a link to report a problem. */
const mailsPerReader = 5;

interface ReadersOptions {
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly behaviour: Behaviour;
  readonly visit: (event: unknown) => void;
}

export class Readers {
  readonly #options: ReadersOptions;
  readonly #answers = new Map<string, number>();

  constructor(options: ReadersOptions) {
    this.#options = options;
  }

  /** A mail has arrived. */
  read({ text, tags: { campaign } }: Mail): void {
    const { chance, behaviour } = this.#options;
    const answers = this.#answers.get(campaign) ?? 0;
    if (answers < answersPerCampaignMax && chance.happens(behaviour.answersSurvey)) {
      this.#answers.set(campaign, answers + 1);
      this.#follow(linkIn(text, 's'), this.#opinion());
    }
    if (chance.happens(behaviour.reportsProblem / mailsPerReader))
      this.#follow(linkIn(text, 'p'), { text: 'Une page ne répond pas.' });
  }

  #opinion(): Readonly<Record<string, string>> {
    const { chance, behaviour } = this.#options;
    const satisfied = chance.happens(behaviour.satisfied);
    const value = satisfied ? 4 + Math.floor(2 * chance.uniform()) : 1 + Math.floor(3 * chance.uniform());
    return { satisfaction: `${value}`, usage: chance.happens(behaviour.adoptedAfter30Days) ? '1' : '0' };
  }

  /** People look at their mail within three days. */
  #follow(link: URL | undefined, form: Readonly<Record<string, string>>): void {
    if (!link) return;
    const { clock, chance, visit } = this.#options;
    const event = eventOf({
      method: 'POST',
      path: link.pathname,
      query: link.searchParams,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'fr' },
      body: new URLSearchParams(form).toString(),
    });
    clock.after(chance.between(0.5, 72) * hourMs, () => visit(event));
  }
}

/** Not every mail has one. */
function linkIn(text: string, page: 's' | 'p'): URL | undefined {
  const [address] = (page === 's' ? /https:\S+\/s\?\S+/ : /https:\S+\/p\?\S+/).exec(text) ?? [];
  return address === undefined ? undefined : new URL(address);
}
