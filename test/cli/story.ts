/** A ledger made by hand, for tests of what is printed. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { ledgerFormat } from '#domain/ledger/format.ts';
import type { Release } from '#domain/ledger/records.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { record } from '#test/support/hashed.ts';
import { readPlanForTest } from '#test/support/plans.ts';

export const technicia = readPlanForTest('technicia');

/** Facts with the instant at which each happened. */
export type Happened = readonly (readonly [at: string, ...facts: Fact[]])[];

export function told(happened: Happened, plan: Plan = technicia) {
  let release: Release | string = 'technicia-2025-05-18';
  const entries: LedgerEntry[] = [];
  for (const [at, ...facts] of happened) {
    const recorded = record(release, facts, { at, actor: 'user:project-lead-1' });
    release = recorded.next;
    entries.push(...recorded.entries);
  }
  if (typeof release === 'string') throw new RangeError('a story needs at least one fact');
  return { plan, release, entries };
}

export const admitted: Fact = {
  type: 'release.admitted',
  product: 'technicia',
  version: '1.0.0',
  launchDay: '2025-05-18',
  startedBy: 'project-lead-1',
  executionArn: 'arn:aws:states:eu-west-3:123456789012:execution:release:technicia-2025-05-18',
  format: ledgerFormat,
  planRevision: '2025-04-07',
};
