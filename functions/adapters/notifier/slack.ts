/**
 * A notice for an incoming webhook of Slack: blocks, and a fallback text for notifications. Limits and escapes are those of
 * Slack's reference (Block Kit, "Formatting text for app surfaces").
 */
import type { Notice } from '#domain/mailing/notice.ts';
import { shortened } from './shortened.ts';

const headerMax = 150;
const sectionMax = 3_000;
/** Of the fallback, which Slack cuts in its notifications long before. */
const fallbackMax = 3_000;
/** Blocks of text after the header; Slack takes 50 blocks. */
const sectionsMax = 5;

export function slackMessage({ subject, text, kind, releaseId, about }: Notice) {
  return {
    text: shortened(escaped(subject), fallbackMax),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: shortened(subject, headerMax), emoji: false } },
      ...paragraphs(text).map((one) => ({
        type: 'section',
        text: { type: 'mrkdwn', text: shortened(escaped(one), sectionMax), verbatim: true },
      })),
      {
        type: 'context',
        elements: [
          {
            type: 'plain_text',
            text: shortened(`${releaseId} · ${about} · ${kind}`, headerMax),
            emoji: false,
          },
        ],
      },
    ],
  };
}

/** Parts of a text between empty lines; what is too much is in the mail. */
const paragraphs = (text: string): readonly string[] =>
  text
    .split(/\n{2,}/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .slice(0, sectionsMax);

/** The three signs that Slack reads as its own. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
