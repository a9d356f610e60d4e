/**
 * What a link in a mail stands for: a page of one person, about one message. It names nobody (`personOf`), does not end in a log
 * (it travels in the query), and cannot be made or changed by anybody else: whoever makes it signs the text below.
 */
import { addDays, type Instant, localDay } from './calendar.ts';

export const linkPurposes = ['survey', 'problem', 'unsubscribe'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

export interface Link {
  readonly purpose: LinkPurpose;
  readonly releaseId: string;
  readonly message: string;
  readonly person: string;
  /** The last day on which it is good, in UTC; absent: always (nobody may be kept from leaving). */
  readonly until?: string;
}

/** People answer late; the release has long ended then. */
const goodDays = 90;

export const linkFor = (
  purpose: LinkPurpose,
  { releaseId, message, person }: Pick<Link, 'releaseId' | 'message' | 'person'>,
  nowMs: number,
): Link => ({
  purpose,
  releaseId,
  message,
  person,
  ...(purpose === 'unsubscribe' ? {} : { until: addDays(localDay(nowMs, 'UTC'), goodDays) }),
});

export const isOver = ({ until }: Link, nowMs: number): boolean =>
  until !== undefined && localDay(nowMs, 'UTC') > until;

/** The text that is signed: fields without a dot in them, joined by dots. At most 170 characters. */
export const textOfLink = ({ purpose, releaseId, message, person, until }: Link): string =>
  [purpose[0], releaseId, message, person, until?.replaceAll('-', '') ?? ''].join('.');

/** Nothing for what `textOfLink` cannot have written. */
export function linkOfText(text: string): Link | undefined {
  const form = /^([spu])\.([a-z0-9-]{2,24})\.([a-z0-9-]{1,40})\.([0-9a-f]{64})\.(?:(\d{4})(\d{2})(\d{2}))?$/;
  const [, initial, releaseId, message, person, year, month, day] = form.exec(text) ?? [];
  const purpose = linkPurposes.find((one) => one[0] === initial);
  if (!purpose || releaseId === undefined || message === undefined || person === undefined) return undefined;
  const until: Instant | undefined = year === undefined ? undefined : `${year}-${month}-${day}`;
  return { purpose, releaseId, message, person, ...(until === undefined ? {} : { until }) };
}
