/** Rehearsals for tests: one per plan, scenario and seed, and what must be true of any of them. */

import { expect } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { emptyRelease, type Release } from '#domain/ledger/records.ts';
import { applied, replay } from '#domain/ledger/replay.ts';
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

/** What is true of every rehearsal, whatever went wrong in it, and whoever ordered what. */
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
  expectNoWayAround(entries);
  if (release.status !== 'active') expectAllSaid({ release, mailbox, world });
}

/** The flag has what the ledger says, and every mail is accounted for: nothing is on its way for ever. */
function expectAllSaid({ release, mailbox, world }: Pick<Rehearsal, 'release' | 'mailbox' | 'world'>): void {
  if ((release.exposing ?? release.exposure) === release.exposure)
    expect(world.switches.percent, 'the flag is what the ledger says').toBe(release.exposure);
  for (const [id, { status, sent, failed = 0, campaign }] of Object.entries(release.messages)) {
    expect(status, `${id} has an end`).not.toBe('sending');
    if (status !== 'sent') continue;
    const reached = mailbox.campaigns.find((one) => one.campaign === campaign)?.people ?? 0;
    expect(reached, `${id}: as many mails as the ledger counts`).toBeGreaterThanOrEqual(sent);
    expect(reached, `${id}: no more mails than the ledger knows of`).toBeLessThanOrEqual(sent + failed);
  }
}

/** Not the product's own rule: what it must come to. */
const blockersOf = ({ paused, version, badVersion, incidents }: Release): readonly string[] => [
  ...(paused ? ['paused'] : []),
  ...(version === badVersion ? ['bad version'] : []),
  ...Object.entries(incidents).flatMap(([id, { status, severity, override }]) =>
    status !== 'resolved' &&
    (severity === 'critical' || severity === 'major') &&
    override?.grantedBy === undefined
      ? [id]
      : [],
  ),
];

/** Nobody is given more while something blocks it. */
function expectNoWayAround(entries: Rehearsal['entries']): void {
  let before: Release | undefined;
  for (const entry of entries) {
    const { fact } = entry;
    if (before && fact.type === 'exposure.changing' && fact.to > fact.from)
      expect(blockersOf(before), `${fact.to} % under a blocker`).toEqual([]);
    before = applied(before ?? emptyRelease(entry.releaseId), entry);
  }
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
