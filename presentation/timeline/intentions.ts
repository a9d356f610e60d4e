/**
 * What was about to be started or switched, and nobody knows whether it was. A line only when its phase or its release is
 * left that way: all others are told by the fact that follows them.
 */
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Reason } from '#domain/ledger/facts.ts';
import { type FactOf, factsOf, findFact, type TimelineContext, type TimelineLine } from './context.ts';

type Told<T extends Parameters<typeof factsOf>[1]> = Pick<LedgerEntry, 'at' | 'seq'> & {
  readonly fact: FactOf<T>;
};

export function scriptStarting(
  context: TimelineContext,
  { at, seq, fact }: Told<'script.starting'>,
): TimelineLine | undefined {
  const started = factsOf(context.entries, 'script.started').some(
    (one) => one.seq > seq && isIn(one.fact, fact) && one.fact.script === fact.script,
  );
  if (started || !isLeft(context, seq, fact)) return undefined;
  return { at, mark: 'warning', text: context.texts.scriptUncertain(context.script(fact.script)) };
}

export function exposureChanging(
  context: TimelineContext,
  { at, seq, fact }: Told<'exposure.changing'>,
): TimelineLine | undefined {
  const changed = factsOf(context.entries, 'exposure.changed').some((one) => one.seq > seq);
  if (changed || !isLeft(context, seq, fact)) return undefined;
  return { at, mark: 'warning', text: context.texts.exposureUncertain(fact.to) };
}

interface Where {
  readonly phase: string;
  readonly attempt: number;
}
const isIn = (one: Where, { phase, attempt }: Where) => one.phase === phase && one.attempt === attempt;

/** A phase that was left because the runner refused a script leaves nothing uncertain. */
function isLeft({ entries }: TimelineContext, seq: number, where: Where): boolean {
  const later = entries.filter((entry) => entry.seq > seq);
  const left = findFact(later, 'phase.closed', (closed) => isIn(closed, where));
  if (left) return !isRefusal(left.fact.reason);
  return findFact(later, 'release.closed') !== undefined;
}

const isRefusal = ({ cause }: Reason) => cause?.code === 'fault' && cause.params.error === 'ScriptNotStarted';
