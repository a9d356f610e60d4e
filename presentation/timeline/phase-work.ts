/** What is done inside a phase: scripts, checklist, access, observation. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import { itemsOf } from '#domain/plan/checklist.ts';
import {
  type FactOf,
  factsOf,
  findFact,
  type TimelineContext,
  type TimelineLine,
  type TimelineSection,
} from './context.ts';

/** Open items that a late checklist names. */
const namedMax = 5;

type Told<T extends Parameters<typeof factsOf>[1]> = Pick<LedgerEntry, 'at' | 'seq'> & {
  readonly fact: FactOf<T>;
};

export function scriptStarted(
  context: TimelineContext,
  { at, fact }: Told<'script.started'>,
): TimelineLine | undefined {
  const finished = findFact(context.entries, 'script.finished', ({ command }) => command === fact.command);
  return finished
    ? undefined
    : { at, mark: 'neutral', text: context.texts.scriptRunning(context.script(fact.script)) };
}

export function scriptFinished(
  context: TimelineContext,
  { at, fact }: Told<'script.finished'>,
  step: string,
): TimelineLine {
  const { texts } = context;
  const started = findFact(context.entries, 'script.started', ({ command }) => command === fact.command);
  const after = context.since(started?.at ?? at, at);
  const script = context.script(fact.script);
  const purpose = step === '' ? [] : [{ text: step }];
  if (fact.status === 'succeeded') {
    return { at, mark: 'good', text: texts.scriptPassed(script, after), details: purpose };
  }
  return {
    at,
    mark: 'bad',
    text: texts.scriptFailed(script, after, fact.exitCode),
    details: [...purpose, ...(fact.summary === '' ? [] : [{ text: context.names.words(fact.summary) }])],
  };
}

/** One line for the items due before exposure and one for those due at the gate, each where its last item was done. */
export function itemTicked(
  context: TimelineContext,
  section: TimelineSection,
  { at, seq, fact }: Told<'item.ticked'>,
): TimelineLine | undefined {
  const phase = context.phase(fact.phase);
  if (!phase) return undefined;
  const items = itemsOf(phase);
  const due = items.find(({ id }) => id === fact.item)?.due ?? 'checklist';
  const group = new Set(items.filter((item) => item.due === due).map(({ id }) => id));
  const mine = (of: { readonly phase: string; readonly item: string }) =>
    of.phase === fact.phase && group.has(of.item);
  const all = factsOf(section.entries, 'item.ticked').filter((tick) => mine(tick.fact));
  if (all.at(-1)?.seq !== seq) return undefined;
  // One that was taken back and done again is one.
  const ticks = [...new Map(all.map((tick) => [tick.fact.item, tick])).values()];
  const waived = factsOf(section.entries, 'item.waived').filter((waiver) => mine(waiver.fact)).length;
  const bySystem = ticks.filter((tick) => tick.fact.system).length;
  const total = group.size - waived;
  const { texts, format } = context;
  const text = (due === 'checklist' ? texts.checklist : texts.checklistAtGate)(
    ticks.length,
    total,
    ticks.length - bySystem,
    bySystem,
  );
  const first = ticks[0]?.at ?? at;
  const since = format.day(first) === format.day(at) ? '' : texts.firstDone(format.shortDay(first));
  return { at, mark: ticks.length === total ? 'good' : 'neutral', text: `${text}${since}` };
}

const itemName = (
  context: TimelineContext,
  { phase: id, item }: { readonly phase: string; readonly item: string },
) => {
  const phase = context.phase(id);
  const text = phase && itemsOf(phase).find((one) => one.id === item)?.text;
  return `${item} ${text ?? ''}`.trim();
};

export const itemWaived = (context: TimelineContext, { at, fact }: Told<'item.waived'>): TimelineLine => ({
  at,
  mark: 'warning',
  text: context.texts.waived(
    itemName(context, fact),
    context.person(fact.by),
    context.names.words(fact.reason),
  ),
});

export const itemUnticked = (
  context: TimelineContext,
  { at, fact }: Told<'item.unticked'>,
): TimelineLine => ({
  at,
  mark: 'warning',
  text: context.texts.unticked(itemName(context, fact), context.person(fact.by)),
  details: context.quoted(fact.reason),
});

/** Names what was open when the phase's last day ended. */
export function phaseLate(
  context: TimelineContext,
  section: TimelineSection,
  { at, seq, fact }: Told<'phase.late'>,
): TimelineLine {
  const done = new Set(
    section.entries.flatMap((entry) =>
      (entry.fact.type === 'item.ticked' || entry.fact.type === 'item.waived') && entry.seq < seq
        ? [entry.fact.item]
        : [],
    ),
  );
  const phase = context.phase(fact.phase);
  const open = (phase ? itemsOf(phase) : []).filter(({ id, due }) => due === 'checklist' && !done.has(id));
  const named = open.slice(0, namedMax).map(({ id, text, owner }) => ({
    mark: 'neutral' as const,
    text: `${id} ${text} (${context.role(owner)})`,
  }));
  const others = open.length - named.length;
  return {
    at,
    mark: 'warning',
    text: context.texts.late(fact.open),
    details: [...named, ...(others > 0 ? [{ text: context.texts.andOthers(others) }] : [])],
  };
}

export function exposureChanged(
  context: TimelineContext,
  { at, fact }: Told<'exposure.changed'>,
): TimelineLine {
  return { at, mark: 'access', text: context.texts.exposure(fact.from, fact.to) };
}

/** A check that breaks again and again is told at its first breach and at its last. */
export function breached(
  context: TimelineContext,
  section: TimelineSection,
  { at, seq, fact }: Told<'observation.breached'>,
): TimelineLine | undefined {
  const { texts, format, plan } = context;
  const same = factsOf(section.entries, 'observation.breached').filter(
    (one) => one.fact.check === fact.check,
  );
  const check = plan.checks[fact.check];
  if (same[0]?.seq !== seq && same.length > 2) {
    if (same.at(-1)?.seq !== seq) return undefined;
    return {
      at,
      mark: 'warning',
      text: `${check?.name ?? fact.check}, ${texts.breachesMore(same.length - 1)}`,
    };
  }
  const value =
    fact.value === undefined || !check ? texts.noValue : format.reading(fact.value, check.objective);
  const objective = check ? format.objective(check.objective) : '';
  const control =
    fact.control === undefined || !check ? undefined : format.reading(fact.control, check.objective);
  const whose =
    fact.blame === 'environment'
      ? texts.environment
      : control === undefined
        ? ''
        : texts.provenWorse(control);
  const mark = check?.class === 'rollback' && fact.blame === 'release' ? 'bad' : 'warning';
  return {
    at,
    mark,
    text: texts.breached(check?.name ?? fact.check, value, objective, fact.reset && mark !== 'bad'),
    details: whose === '' ? [] : [{ text: whose }],
  };
}

/** Told once, after the last breach of the check: what goes up and down all day is one context. */
export function recovered(
  context: TimelineContext,
  section: TimelineSection,
  { at, seq, fact }: Told<'observation.recovered'>,
): TimelineLine | undefined {
  const same = factsOf(section.entries, 'observation.recovered').filter(
    (one) => one.fact.check === fact.check,
  );
  if (same.at(-1)?.seq !== seq) return undefined;
  return {
    at,
    mark: 'good',
    text: context.texts.recovered(context.plan.checks[fact.check]?.name ?? fact.check),
  };
}

/** What the observation will and will not see, check by check; nothing to say is no line. */
export function foreseen(
  context: TimelineContext,
  { at, fact }: Told<'observation.foreseen'>,
): TimelineLine | undefined {
  const { texts, format, plan } = context;
  const name = (id: string) => plan.checks[id]?.name ?? id;
  const [first, ...others] = fact.sights.map(({ check, ratio }) =>
    ratio === undefined
      ? { mark: 'warning' as const, text: texts.blind(name(check)) }
      : { mark: 'neutral' as const, text: texts.sees(name(check), format.number(ratio, 2)) },
  );
  return first ? { at, ...first, details: others } : undefined;
}

export function cohortsCompared(
  context: TimelineContext,
  { at, fact }: Told<'cohorts.compared'>,
): TimelineLine {
  const marks = { healthy: 'good', unhealthy: 'bad', inconclusive: 'neutral', unknown: 'neutral' } as const;
  const names = fact.checks.map((id) => context.plan.checks[id]?.name ?? id);
  const text = context.texts.cohorts[fact.verdict];
  return {
    at,
    mark: marks[fact.verdict],
    text,
    details: names.length === 0 ? [] : [{ text: names.join(', ') }],
  };
}

/** Told once for each state that the risk has had in the section's course. */
export function riskChanged(context: TimelineContext, { at, fact }: Told<'risk.changed'>): TimelineLine {
  const risk = context.plan.risks.find(({ id }) => id === fact.risk);
  const mark = fact.state === 'threatening' ? 'warning' : 'good';
  return { at, mark, text: context.texts.risk[fact.state](`${fact.risk} ${risk?.name ?? ''}`.trim()) };
}

export function observationConcluded(
  context: TimelineContext,
  { at, fact }: Told<'observation.concluded'>,
): TimelineLine {
  const { texts, format } = context;
  const hours = fact.healthyMinutes > 0 ? texts.healthyHours(format.number(fact.healthyMinutes / 60, 1)) : '';
  const healthy = fact.verdict === 'healthy';
  return {
    at,
    mark: healthy ? 'good' : fact.verdict === 'unhealthy' ? 'bad' : 'warning',
    text: `${texts.observed[fact.verdict]}${hours}`,
  };
}
