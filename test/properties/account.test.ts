/** The account of whatever may happen to a release: its parts add up, and every page of it can be written. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { htmlOf } from '#presentation/audit-report/html.ts';
import { markdownOf } from '#presentation/audit-report/markdown.ts';
import { pageOf } from '#presentation/audit-report/page.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { technicia } from '#test/rehearsal/run.ts';
import { expectAddsUp } from '#test/support/account.ts';
import { admitted } from '#test/support/builders.ts';
import { anyFact } from '#test/support/facts.ts';
import { record } from '#test/support/hashed.ts';

const languages = { fr: await textsOf('fr'), en: await textsOf('en') };

const batches = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 100_000_000 }), fc.array(anyFact, { maxLength: 4 })),
  { maxLength: 20 },
);

describe('whatever happens', () => {
  it('the parts of the time add up, and the pages can be written', () => {
    fc.assert(
      fc.property(batches, fc.constantFrom('fr', 'en'), (happened, language) => {
        let nowMs = Date.parse('2025-03-01T00:00:00.000Z');
        let release: Release | string = 'r1';
        const entries: LedgerEntry[] = [];
        const first: readonly [number, readonly Fact[]] = [0, [admitted]];
        for (const [afterMs, facts] of [first, ...happened]) {
          nowMs += afterMs;
          const step: ReturnType<typeof record> = record(release, facts, {
            at: new Date(nowMs).toISOString(),
            actor: 'user:ada',
          });
          release = step.next;
          entries.push(...step.entries);
        }
        if (typeof release === 'string') return;
        const told = { plan: technicia, release, entries };
        expectAddsUp(told);
        const page = pageOf(told, language, languages[language]);
        expect(htmlOf(page)).toContain('</html>');
        expect(markdownOf(page)).toContain('# ');
      }),
      { numRuns: 25 },
    );
  });
});
