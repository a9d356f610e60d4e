/**
 * What a link in a mail stands for: a page of one person, about one message. It names nobody (`personOf`), does not end in a log
 * (it travels in the query), and cannot be made or changed by anybody else: whoever makes it signs the text below.
 */

import { utcDay } from '../plan/calendar.ts';
import { present } from '../present.ts';
import { dayMs } from '../time.ts';

export const linkPurposes = ['survey', 'problem', 'unsubscribe'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** The page of each purpose; a purpose is its page's letter in what is signed. */
export const pageOf = { survey: '/s', problem: '/p', unsubscribe: '/u' } as const satisfies Readonly<
  Record<LinkPurpose, string>
>;

/** More than any of ours. */
const tokenCharactersMax = 300;

export interface Link {
  readonly purpose: LinkPurpose;
  readonly releaseId: string;
  readonly message: string;
  readonly person: string;
  /** The last day on which it is good, in UTC; absent: always (nobody may be kept from leaving). */
  readonly until?: string;
}

/** People answer late; the release has long ended then. */
const goodMs = 90 * dayMs;

export const linkFor = (
  purpose: LinkPurpose,
  { releaseId, message, person }: Pick<Link, 'releaseId' | 'message' | 'person'>,
  nowMs: number,
): Link => ({
  purpose,
  releaseId,
  message,
  person,
  ...(purpose === 'unsubscribe' ? {} : { until: utcDay(nowMs + goodMs) }),
});

export const isOver = ({ until }: Link, nowMs: number): boolean =>
  until !== undefined && utcDay(nowMs) > until;

/** The text that is signed: fields without a dot in them, joined by dots. At most 170 characters. */
export const textOfLink = ({ purpose, releaseId, message, person, until }: Link): string =>
  [pageOf[purpose].slice(1), releaseId, message, person, until?.replaceAll('-', '') ?? ''].join('.');

/** Nothing for what `textOfLink` cannot have written. */
export function linkOfText(text: string): Link | undefined {
  const form = /^([spu])\.([a-z0-9-]{2,24})\.([a-z0-9-]{1,40})\.([0-9a-f]{64})\.(?:(\d{4})(\d{2})(\d{2}))?$/;
  const [, initial, releaseId, message, person, year, month, day] = form.exec(text) ?? [];
  const purpose = linkPurposes.find((one) => pageOf[one] === `/${initial}`);
  if (!purpose || releaseId === undefined || message === undefined || person === undefined) return undefined;
  const until = year === undefined ? undefined : `${year}-${month}-${day}`;
  return { purpose, releaseId, message, person, ...present({ until }) };
}

/** The address of a link's page, below where the pages begin. `signature` is of `text`, and neither needs to be encoded. */
export const addressOf = (pagesUrl: string, { purpose }: Link, text: string, signature: string): string =>
  `${pagesUrl}${pageOf[purpose]}?t=${text}.${signature}`;

/** What was signed, and what says so; nothing for a token that cannot be one. */
export function tokenParts(token: string): { readonly text: string; readonly signature: string } | undefined {
  const cut = token.lastIndexOf('.');
  if (token.length > tokenCharactersMax || cut < 0) return undefined;
  return { text: token.slice(0, cut), signature: token.slice(cut + 1) };
}
