/**
 * A notice as every channel takes it. People's words are in it: a line end in a subject, or a sign that no text may hold, would
 * make a channel refuse what somebody must be told, and a sign of direction would turn what stands beside it.
 */
import type { Notice } from '#domain/mailing/notice.ts';
import { shortened } from './shortened.ts';

/** Longer than any of ours; mail programs show less. */
const subjectMax = 200;

/** Line ends, whatever they are called, tabulators and other controls. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Marks, embeddings, overrides and isolates of direction (Unicode, annex 9), and signs without a width. */
const turns = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;
/** What neither XML nor a mail may hold. */
const forbidden = /[^\P{Cc}\n\t]/gu;

export const cleaned = (notice: Notice): Notice => ({
  ...notice,
  subject: subjectOf(notice),
  text: body(notice.text),
  ...(notice.html === undefined ? {} : { html: body(notice.html) }),
});

function subjectOf({ subject, releaseId, about }: Notice): string {
  const line = subject.toWellFormed().replaceAll(turns, '').replaceAll(breaks, ' ').trim();
  return shortened(line === '' ? `${releaseId} · ${about}` : line, subjectMax);
}

const body = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll(turns, '')
    .replaceAll(forbidden, '');
