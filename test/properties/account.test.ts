/** The account of whatever may happen to a release: its parts add up, and every page of it can be written. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountOf } from '#domain/account/account.ts';
import { kindsOfTime, sumOf } from '#domain/account/hours.ts';
import { htmlOf } from '#domain/account/html.ts';
import { markdownOf } from '#domain/account/markdown.ts';
import type { Outcome } from '#domain/account/outcome.ts';
import { pageOf } from '#domain/account/page.ts';
import { minutesOf } from '#domain/account/promises.ts';
import type { Fact } from '#domain/facts.ts';
import type { LedgerEntry } from '#domain/ledger.ts';
import { type Release, record } from '#domain/release.ts';
import { textsOf } from '#domain/texts/texts.ts';
import { readScenario, scenarioNames } from '#rehearsal/scenario.ts';
import { rehearsalOf, technicia } from '#test/rehearsal/run.ts';
import { admitted } from '#test/support/builders.ts';
import { anyFact } from '#test/support/facts.ts';

const languages = { fr: await textsOf('fr'), en: await textsOf('en') };

function expectAddsUp(told: Parameters<typeof accountOf>[0]) {
  const account = accountOf(told);
  const { visits, all, total } = account.hours;
  expect(total).toBe(minutesOf(account.startedAt, account.endedAt));
  expect(sumOf(all)).toBe(total);
  for (const kind of kindsOfTime)
    expect(visits.reduce((sum, { minutes }) => sum + minutes[kind], 0)).toBe(all[kind]);
  return account;
}

/** What each scenario comes to. */
const outcomes: Readonly<Record<string, Outcome>> = {
  'a-person-degrades': 'partly-rolled-back',
  'aborted-in-console': 'aborted',
  'approval-never-comes': 'late',
  'chatbot-slow': 'partly-rolled-back',
  'cohorts-differ': 'late',
  'error-rate-at-10': 'rolled-back',
  'everything-well': 'as-planned',
  'gate-rejected': 'rolled-back',
  'late-regression': 'rolled-back',
  'launch-slips': 'late',
  'metrics-outage': 'as-planned',
  'night-without-traffic': 'as-planned',
  'ocr-fails-at-50': 'partly-rolled-back',
  'pilots-dissatisfied': 'as-planned',
  'rollback-after-50': 'partly-rolled-back',
  'shared-incident': 'as-planned',
  'staging-tests-fail': 'corrected',
  'two-correction-rounds': 'corrected',
};

describe('the account of a rehearsal', () => {
  it.each(scenarioNames())('%s: the parts of its time add up to the whole', async (name) => {
    const told = await rehearsalOf({ scenario: readScenario(name), users: 500 });
    const { outcome, hours } = expectAddsUp(told);
    const known = outcomes[name];
    if (known !== undefined) expect(outcome).toBe(known);
    expect(hours.visits.map(({ phase }) => phase)).toContain('preparation');
    expect(markdownOf(pageOf(told, 'fr', languages.fr))).not.toMatch(/undefined|NaN|\[object/);
  });
});

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
