/** What people decided, and what the system decided for want of them: who, when, why. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { FactOf } from '../timeline/context.ts';

/** Facts that are a decision. */
const decisive = [
  'release.admitted',
  'release.paused',
  'release.unpaused',
  'launch.moved',
  'version.marked-bad',
  'candidate.replaced',
  'freeze.overridden',
  'phase.ordered',
  'gate.override-asked',
  'gate.overridden',
  'item.unticked',
  'incident.reopened',
  'gate.approved',
  'gate.rejected',
  'gate.decided',
  'item.waived',
  'phase.resumed',
  'phase.corrected',
  'decision.taken',
  'rollback.chosen',
  'rollback.agreed',
  'rollback.declined',
  'release.abort-asked',
  'access.withdrawn',
  'release.closed',
] as const satisfies readonly Fact['type'][];
type DecisiveFact = FactOf<(typeof decisive)[number]>;

export interface Decision {
  readonly at: string;
  /** `user:<id>`, `system:<handler>`, `world:<what>`. */
  readonly actor: string;
  readonly fact: DecisiveFact;
}

const isDecisive = (fact: Fact): fact is DecisiveFact => decisive.some((type) => type === fact.type);

export const decisionsOf = (entries: readonly LedgerEntry[]): readonly Decision[] =>
  entries.flatMap(({ at, actor, fact }) => (isDecisive(fact) ? [{ at, actor, fact }] : []));
