/**
 * A notice for a workflow of Teams that posts what its webhook receives: a message with an Adaptive Card (version 1.4). Such
 * a message may have 28 kB.
 */
import type { Notice } from '#domain/mailing/notice.ts';
import { shortened } from './shortened.ts';

/** In characters, of which one takes up to four bytes and JSON up to six for signs that it escapes: 24 kB at the most. */
const titleMax = 200;
const textMax = 3_500;

const colours = {
  incident: 'attention',
  verdict: 'attention',
  gate: 'accent',
  reminder: 'warning',
  report: 'default',
};

export function teamsMessage({ subject, text, kind, releaseId, about }: Notice) {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          fallbackText: shortened(subject, titleMax),
          msteams: { width: 'Full' },
          body: [
            {
              type: 'TextBlock',
              text: verbatim(shortened(subject, titleMax)),
              size: 'large',
              weight: 'bolder',
              color: colours[kind],
              wrap: true,
            },
            { type: 'TextBlock', text: verbatim(shortened(text, textMax)), wrap: true },
            {
              type: 'TextBlock',
              text: verbatim(`${releaseId} · ${about} · ${kind}`),
              isSubtle: true,
              size: 'small',
              wrap: true,
            },
          ],
        },
      },
    ],
  };
}

/** Cards read Markdown: its signs are shown, not obeyed. */
const verbatim = (text: string): string => text.replaceAll(/[\\`*_[\]<>]/g, (sign) => `\\${sign}`);
