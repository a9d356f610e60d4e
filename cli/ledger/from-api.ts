/** The ledger of a release from the API of a deployment: the timeline, page after page. */
import * as z from 'zod';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import { entryIn } from '#functions/contracts/ledger-entry.ts';
import { addressOf } from '../api/endpoint.ts';
import { requestOf } from '../api/requests.ts';
import { BadInput } from '../terminal/exit.ts';
import type { LedgerSource } from './source.ts';

const requestTimeoutMs = 30_000;
/** 200 entries each. */
const pagesMax = 5_000;

const Page = z.object({
  entries: z.array(z.unknown()),
  next: z.int().min(1).exactOptional(),
  head: z.object({ seq: z.int(), hash: z.string() }),
});
type Page = z.infer<typeof Page>;

interface Place {
  /** Base address, for example `https://api.example.org`. */
  readonly api: string;
  readonly token: string;
  readonly releaseId: string;
}

/** The head is that of the first page; what happens meanwhile is left out. Throws BadInput. */
export async function fromApi(asked: Place): Promise<LedgerSource> {
  if (asked.token === '')
    throw new BadInput(
      'JALON_TOKEN is not set: it holds the access token; docs/reference/api.md says where it comes from',
    );
  const place = { ...asked, api: addressOf(asked.api) };
  const first = await pageAfter(place, 0);
  async function* pages() {
    let page: Page | undefined = first;
    for (let count = 1; page; count += 1) {
      const last: number | undefined = page.next;
      yield entriesOf(place, page).filter(({ seq }) => seq <= first.head.seq);
      if (count === pagesMax)
        throw new BadInput(`the API gave ${pagesMax} pages and still more: this is no ledger of a release`);
      page = last === undefined || last >= first.head.seq ? undefined : await pageAfter(place, last);
    }
  }
  return { head: first.head, pages: pages() };
}

async function pageAfter({ api, token, releaseId }: Place, after: number): Promise<Page> {
  const url = `${api}${requestOf('read-timeline', { releaseId }).path}?after=${after}`;
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    // A token goes nowhere else.
    redirect: 'error',
    signal: AbortSignal.timeout(requestTimeoutMs),
  }).catch((error: unknown) => {
    const { cause } = error as { readonly cause?: unknown };
    const why = cause instanceof Error ? cause.message : String(error);
    throw new BadInput(`${url} did not answer (${why}): check the address of the API`);
  });
  if (!answer.ok)
    throw new BadInput(
      `${url} answered ${answer.status}: ${advice[answer.status] ?? 'run the command again'}`,
    );
  const { data } = Page.safeParse(await answer.json().catch(() => undefined));
  if (data === undefined)
    throw new BadInput(
      `${url} answered something else than a timeline with its hashes: is it the API of this version of Jalon?`,
    );
  return data;
}

const advice: Readonly<Record<number, string>> = {
  401: 'sign in again, the token lasts an hour',
  403: 'whoever the token belongs to may not read it',
  404: 'check --release and the address of the API',
};

function entriesOf({ releaseId }: Place, { entries }: Page): readonly LedgerEntry[] {
  return entries.map((value) => {
    const entry = entryIn({ ...(value as object), releaseId });
    if (typeof entry === 'string') throw new BadInput(`the API gave what is no entry of a ledger: ${entry}`);
    return entry;
  });
}
