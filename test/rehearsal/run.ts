/** Rehearsals for tests: one per plan, scenario and seed, and what must be true of any of them. */

import { expect } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { replay } from '#domain/ledger/replay.ts';
import { messageOf } from '#domain/plan/message-dates.ts';
import { type Rehearsal, type RehearsalOptions, rehearse } from '#rehearsal/rehearse.ts';
import { firstBroken } from '#test/support/hashed.ts';
import { readPlanForTest } from '#test/support/plans.ts';

export const technicia = readPlanForTest('technicia');

export const rehearsalOf = (options: Partial<RehearsalOptions> = {}): Promise<Rehearsal> =>
  rehearse({ plan: technicia, seed: 1, users: 2000, ...options });

type PartialFact = Readonly<Record<string, unknown>> & { readonly type: string };

export const matches = (fact: Fact, wanted: PartialFact): boolean => {
  const members: Readonly<Record<string, unknown>> = { ...fact };
  return Object.entries(wanted).every(([key, value]) => members[key] === value);
};

/** The first wanted fact that does not come after the ones before it; nothing when all come in order. */
export function firstMissing(
  facts: readonly Fact[],
  wanted: readonly PartialFact[],
): PartialFact | undefined {
  let from = 0;
  for (const one of wanted) {
    const index = facts.findIndex((fact, position) => position >= from && matches(fact, one));
    if (index < 0) return one;
    from = index + 1;
  }
  return undefined;
}

/** What is true of every rehearsal, whatever went wrong in it. */
export function expectInvariants({ entries, release, mailbox, world, bill }: Rehearsal): void {
  expect(firstBroken(entries), 'the ledger is whole').toBeUndefined();
  expect(replay(release.id, entries), 'the projection is the fold of the ledger').toEqual(release);
  for (const { campaign, people, mails } of mailbox.campaigns)
    expect(mails, `${campaign}: nobody twice`).toBe(people);
  expect(bill.historyEvents).toBeLessThan(1000);
  if (release.status !== 'active') {
    expect(world.engine.executions().filter(({ status }) => status === 'RUNNING')).toEqual([]);
  }
  expectGuardsHeld(entries.map(({ fact }) => fact));
  expectTwoPeople(entries.map(({ fact }) => fact));
  expectNothingEarly({ entries });
}

/** Exposure when each message left was what its guard asks. */
function expectGuardsHeld(facts: readonly Fact[]): void {
  let exposure = 0;
  for (const fact of facts) {
    if (fact.type === 'exposure.changed') exposure = fact.to;
    if (fact.type !== 'message.sending') continue;
    const { exposureMin } = messageOf(technicia, fact.message).guard;
    if (exposureMin !== undefined)
      expect(exposure, `${fact.message} tells the truth`).toBeGreaterThanOrEqual(exposureMin);
  }
}

/** What restores data was wanted by two different people, unless the plan lets a verdict do it. */
function expectTwoPeople(facts: readonly Fact[]): void {
  const people = new Set<string>();
  for (const fact of facts) {
    if (fact.type === 'phase.opened' || fact.type === 'rollback.declined') people.clear();
    if (fact.type === 'phase.ordered' || fact.type === 'rollback.agreed') people.add(fact.by);
    if (fact.type !== 'script.starting' || !fact.run.startsWith('full.')) continue;
    expect(people.size, `two people want ${fact.run}`).toBeGreaterThanOrEqual(2);
  }
}

/** No message left before the date that was planned for it last; one that an event causes may go before it is promised. */
function expectNothingEarly({ entries }: Pick<Rehearsal, 'entries'>): void {
  const due = new Map<string, string>();
  for (const { at, fact } of entries) {
    const isDated = fact.type === 'message.replanned' || (fact.type === 'message.planned' && !fact.campaign);
    if (isDated) due.set(fact.message, fact.dueAt);
    if (fact.type === 'message.sending')
      expect(at >= (due.get(fact.message) ?? ''), `${fact.message} early`).toBe(true);
  }
}
