/** What every Links keeps: a link is read as it was made, and nothing else is read at all. */

import { describe, expect, it } from 'vitest';
import type { Links } from '#application/ports/mail.ts';
import { type Link, linkFor, linkPurposes } from '#domain/mailing/links.ts';
import { personOf } from '#test/support/hashed.ts';

const about = { releaseId: 'technicia-2025-05-18', message: 'pilots-invitation', person: personOf('ada') };
const nowMs = Date.parse('2025-05-18T09:00:00Z');
const tokenOf = (address: string) => new URL(address).searchParams.get('t') ?? '';

export function describeLinks(make: () => Links): void {
  describe('a link', () => {
    it.each(linkPurposes)('to a page of the kind %s is read as it was made', async (purpose) => {
      const links = make();
      const link: Link = linkFor(purpose, about, nowMs);
      const address = await links.make(link);
      expect(await links.read(tokenOf(address))).toStrictEqual(link);
    });

    it('fits on a line of a text, and names nobody', async () => {
      const address = await make().make(linkFor('survey', about, nowMs));
      expect(address.length).toBeLessThanOrEqual(400);
      expect(address).toMatch(/^https:\/\/[\w.-]+\/s\?t=[\w.-]+$/);
      expect(address).not.toContain('ada');
    });

    it('that was changed anywhere is none', async () => {
      const links = make();
      const token = tokenOf(await links.make(linkFor('survey', about, nowMs)));
      for (let at = 0; at < token.length; at += 1) {
        for (const sign of ['0', 'a', 'p', '.']) {
          if (token[at] === sign) continue;
          const changed = token.slice(0, at) + sign + token.slice(at + 1);
          expect(await links.read(changed), changed).toBeUndefined();
        }
      }
      expect(await links.read(token.slice(0, -1))).toBeUndefined();
      expect(await links.read(`${token}x`)).toBeUndefined();
      // As many characters as a signature has, and more bytes.
      const text = token.slice(0, token.lastIndexOf('.'));
      expect(await links.read(`${text}.${'é'.repeat(22)}`)).toBeUndefined();
    });

    it.each(['', '.', '..', 'a', 'x'.repeat(10_000), 'é', '__proto__.s', 'constructor.s.x', 'null'])(
      'is not read from a token that nobody signed: %j',
      async (token) => {
        expect(await make().read(token)).toBeUndefined();
      },
    );

    it('of one purpose is not one of another', async () => {
      const links = make();
      const survey = tokenOf(await links.make(linkFor('survey', about, nowMs)));
      const unsubscribe = tokenOf(await links.make(linkFor('unsubscribe', about, nowMs)));
      const [text, mac] = [
        unsubscribe.slice(0, unsubscribe.lastIndexOf('.')),
        survey.slice(survey.lastIndexOf('.')),
      ];
      expect(await links.read(text + mac)).toBeUndefined();
    });
  });
}
