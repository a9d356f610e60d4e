/** Incidents: who was called, on which level, and how long it took. */
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import { quoted } from '#domain/quoted.ts';
import { type FactOf, factsOf, findFact, type TimelineContext, type TimelineLine } from './context.ts';

type Told<T extends Parameters<typeof factsOf>[1]> = Pick<LedgerEntry, 'at' | 'seq'> & {
  readonly fact: FactOf<T>;
};

/** The first call belongs to the opening: the ladder starts in the same minute. */
export function incidentOpened(
  context: TimelineContext,
  { at, fact }: Told<'incident.opened'>,
): TimelineLine {
  const { texts } = context;
  const [first] = callsOf(context, fact.incident);
  const title = context.title(fact.title);
  const calledNow = first ? texts.calledAt(first.fact.level, context.role(first.fact.role)) : '';
  const called = fact.groupedWith === undefined ? calledNow : texts.grouped;
  return { at, mark: 'bad', text: `${texts.incident(texts.severities[fact.severity], title)}${called}` };
}

export function incidentCalled(
  context: TimelineContext,
  { at, seq, fact }: Told<'incident.called'>,
): TimelineLine | undefined {
  if (callsOf(context, fact.incident)[0]?.seq === seq) return undefined;
  return { at, mark: 'warning', text: context.texts.called(fact.level, context.role(fact.role)) };
}

export function incidentMoved(
  context: TimelineContext,
  {
    at,
    fact,
  }: Told<
    | 'incident.acknowledged'
    | 'incident.resolved'
    | 'incident.reopened'
    | 'incident.unanswered'
    | 'incident.override-asked'
    | 'incident.overridden'
  >,
): TimelineLine {
  const { texts } = context;
  const opened = findFact(context.entries, 'incident.opened', ({ incident }) => incident === fact.incident);
  // With one incident there is nothing to tell apart.
  const several = factsOf(context.entries, 'incident.opened').length > 1;
  const details = several && opened ? [{ text: context.title(opened.fact.title) }] : [];
  if (fact.type === 'incident.unanswered') return { at, mark: 'bad', text: texts.unanswered, details };
  const after = context.since(opened?.at ?? at, at);
  if (fact.type === 'incident.resolved') {
    const by = fact.by === undefined ? undefined : context.person(fact.by);
    const text = fact.falseAlarm ? texts.falseAlarm(by ?? '', after) : texts.resolved(by, after);
    return { at, mark: 'good', text, details: [...details, ...context.quoted(fact.comment ?? quoted(''))] };
  }
  const by = context.person(fact.by);
  if (fact.type === 'incident.override-asked' || fact.type === 'incident.overridden') {
    const text = fact.type === 'incident.overridden' ? texts.incidentOverridden : texts.incidentOverrideAsked;
    return { at, mark: 'warning', text: text(by), details: [...details, ...context.quoted(fact.comment)] };
  }
  if (fact.type === 'incident.reopened') {
    const why = context.quoted(fact.reason);
    return { at, mark: 'bad', text: texts.reopened(by), details: [...details, ...why] };
  }
  return { at, mark: 'neutral', text: texts.acknowledged(by, after), details };
}

const callsOf = (context: TimelineContext, incident: string) =>
  factsOf(context.entries, 'incident.called').filter(({ fact }) => fact.incident === incident);
