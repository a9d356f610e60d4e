/** A section of the ledger as lines: every kind of fact has its sentence, or a reason to have none. */

import { say } from '#domain/coded.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import { isRollbackLevel } from '#domain/ledger/outcomes.ts';
import type { RollbackLevel } from '#domain/plan/plan.ts';
import { leftOut } from '#domain/unreachable.ts';
import {
  type FactOf,
  factsOf,
  findFact,
  type TimelineContext,
  type TimelineLine,
  type TimelineSection,
} from './context.ts';
import { gateDecided, gateOpened } from './gate.ts';
import { incidentCalled, incidentMoved, incidentOpened } from './incidents.ts';
import { exposureChanging, scriptStarting } from './intentions.ts';
import { messageCancelled, messageNotSent, messagePlanned, messageSending } from './messages.ts';
import * as work from './phase-work.ts';

export function narrate(context: TimelineContext, section: TimelineSection): readonly TimelineLine[] {
  return section.entries.flatMap((entry) => lineOf(context, section, entry) ?? []);
}

/** One entry of a section; of what is told together, all so far. */
export function lineOf(
  context: TimelineContext,
  section: TimelineSection,
  { at, seq, actor, fact }: LedgerEntry,
): TimelineLine | undefined {
  const { texts } = context;
  switch (fact.type) {
    case 'script.starting':
      return scriptStarting(context, { at, seq, fact });
    case 'exposure.changing':
      return exposureChanging(context, { at, seq, fact });
    case 'script.started':
      return work.scriptStarted(context, { at, seq, fact });
    case 'script.finished':
      return work.scriptFinished(context, { at, seq, fact }, undoneBy(context, section, fact.command));
    case 'item.ticked':
      return work.itemTicked(context, section, { at, seq, fact });
    case 'item.waived':
      return work.itemWaived(context, { at, seq, fact });
    case 'item.unticked':
      return work.itemUnticked(context, { at, seq, fact });
    case 'phase.late':
      return work.phaseLate(context, section, { at, seq, fact });
    case 'exposure.changed':
      return work.exposureChanged(context, { at, seq, fact });
    case 'observation.started':
      return { at, mark: 'neutral', text: texts.observing(fact.hours) };
    case 'observation.breached':
      return work.breached(context, section, { at, seq, fact });
    case 'observation.recovered':
      return work.recovered(context, section, { at, seq, fact });
    case 'observation.foreseen':
      return work.foreseen(context, { at, seq, fact });
    case 'cohorts.compared':
      return work.cohortsCompared(context, { at, seq, fact });
    case 'risk.changed':
      return work.riskChanged(context, { at, seq, fact });
    case 'observation.frozen':
      return { at, mark: 'warning', text: texts.frozen(say(context.says.blindSpots, fact.blind)) };
    case 'observation.unfrozen':
      return { at, mark: 'neutral', text: texts.unfrozen(context.format.duration(fact.minutes * 60_000)) };
    case 'observation.concluded':
      return work.observationConcluded(context, { at, seq, fact });
    case 'message.planned':
      return messagePlanned(context, { at, seq, fact });
    case 'message.replanned':
      return messagePlanned(context, { at, seq, fact });
    case 'message.sending':
      return messageSending(context, { at, seq, fact });
    case 'message.held':
      return messageNotSent(context, { at, seq, fact });
    case 'message.skipped':
      return messageNotSent(context, { at, seq, fact });
    case 'message.cancelled':
      return messageCancelled(context, { at, seq, fact });
    case 'report.sending':
      if (!fact.again) return undefined;
      return { at, mark: 'warning', text: texts.reportAgain(context.report(fact.report)) };
    case 'report.sent':
      return reportSent(context, { at, fact });
    case 'report.skipped':
      return {
        at,
        mark: 'warning',
        text: texts.reportSkipped(context.report(fact.report), say(context.says.omissions, fact.reason)),
      };
    case 'gate.reminded':
      return { at, mark: 'warning', text: texts.gateReminded };
    case 'incident.opened':
      return incidentOpened(context, { at, seq, fact });
    case 'incident.called':
      return incidentCalled(context, { at, seq, fact });
    case 'incident.acknowledged':
      return incidentMoved(context, { at, seq, fact });
    case 'incident.unanswered':
      return incidentMoved(context, { at, seq, fact });
    case 'incident.resolved':
      return incidentMoved(context, { at, seq, fact });
    case 'incident.override-asked':
    case 'incident.overridden':
    case 'incident.reopened':
      return incidentMoved(context, { at, seq, fact });
    // A report is worth a line when it goes, not when it is dated.
    case 'report.planned':
    case 'report.cancelled':
    // Told with `message.sending`.
    case 'message.sent':
    case 'message.recounted':
    // The summary has the last value of each measure; a line a day would drown the rest.
    case 'measure.recorded':
      return undefined;
    case 'gate.opened':
    case 'gate.approved':
    case 'gate.rejected':
    case 'gate.override-asked':
    case 'gate.overridden':
    case 'gate.late':
    case 'gate.decided':
      return atGate(context, section, { at, seq, fact });
    case 'phase.opened':
    case 'phase.held':
    case 'phase.resumed':
    case 'phase.unblocked':
    case 'phase.closed':
    case 'phase.corrected':
      return ofPhase(context, section, { at, fact });
    case 'release.admitted':
    case 'release.paused':
    case 'access.withdrawn':
    case 'release.unpaused':
    case 'phase.ordered':
    case 'version.marked-bad':
    case 'candidate.replaced':
    case 'freeze.overridden':
    case 'task.closed':
    case 'launch.moved':
    case 'release.abort-asked':
    case 'release.closed':
    case 'rollback.chosen':
    case 'rollback.agreed':
    case 'rollback.declined':
    case 'rollback.failed':
    case 'component.switched':
    case 'task.opened':
    case 'decision.taken':
      return ofRelease(context, { at, actor, fact });
    default:
      return leftOut(fact);
  }
}

type At<T extends Parameters<typeof factsOf>[1]> = {
  readonly at: string;
  readonly seq: number;
  readonly actor: string;
  readonly fact: FactOf<T>;
};

function reportSent(
  context: TimelineContext,
  { at, fact }: Pick<At<'report.sent'>, 'at' | 'fact'>,
): TimelineLine {
  const roles = fact.told.map((role) => context.role(role)).join(', ');
  return { at, mark: 'mail', text: context.texts.reportSent(context.report(fact.report), roles) };
}

function atGate(
  context: TimelineContext,
  section: TimelineSection,
  {
    at,
    seq,
    fact,
  }: Omit<
    At<
      | 'gate.opened'
      | 'gate.approved'
      | 'gate.rejected'
      | 'gate.override-asked'
      | 'gate.overridden'
      | 'gate.late'
      | 'gate.decided'
    >,
    'actor'
  >,
): TimelineLine {
  const { texts } = context;
  const gate = context.phase(fact.phase)?.gate;
  switch (fact.type) {
    case 'gate.opened':
      return gateOpened(context, { at, seq, fact });
    case 'gate.approved':
      return {
        at,
        mark: 'good',
        text: texts.approved(context.role(fact.role), fact.by),
        details: context.quoted(fact.comment),
      };
    case 'gate.rejected':
      return {
        at,
        mark: 'bad',
        text: texts.rejected(context.role(fact.role), fact.by),
        details: context.quoted(fact.comment),
      };
    case 'gate.override-asked':
    case 'gate.overridden': {
      const say = fact.type === 'gate.overridden' ? texts.overridden : texts.overrideAsked;
      const text = say(fact.criterion, context.person(fact.by));
      return { at, mark: 'warning', text, details: context.quoted(fact.comment) };
    }
    case 'gate.late':
      return {
        at,
        mark: 'warning',
        text: texts.gateLate(gate?.timeoutHours ?? 0, say(context.says.needs, fact.waitsFor)),
      };
    case 'gate.decided':
      return gateDecided(context, section, { at, seq, fact });
  }
}

function ofPhase(
  context: TimelineContext,
  section: TimelineSection,
  {
    at,
    fact,
  }: Pick<
    At<
      'phase.opened' | 'phase.held' | 'phase.resumed' | 'phase.unblocked' | 'phase.closed' | 'phase.corrected'
    >,
    'at' | 'fact'
  >,
): TimelineLine | undefined {
  const { texts } = context;
  switch (fact.type) {
    case 'phase.opened':
      return {
        at,
        mark: 'neutral',
        text: texts.opened(fact.attempt, context.phase(fact.phase)?.attemptsMax ?? fact.attempt),
      };
    case 'phase.held':
      return {
        at,
        mark: 'warning',
        text:
          fact.because === undefined
            ? texts.held(fact.from)
            : texts.heldBy(say(context.says.blockers, fact.because)),
      };
    case 'phase.unblocked':
      return { at, mark: 'neutral', text: texts.unblocked };
    case 'phase.resumed':
      return {
        at,
        mark: 'neutral',
        text: texts.resumed[fact.resolution],
        details: context.quoted(fact.comment),
      };
    case 'phase.corrected':
      return { at, mark: 'good', text: texts.corrected, details: context.quoted(fact.comment) };
    case 'phase.closed': {
      // The gate has just said so, with its reasons.
      const decided = findFact(section.entries, 'gate.decided', ({ outcome }) => outcome === fact.outcome);
      if (decided) return undefined;
      const seen = findFact(
        section.entries,
        'observation.concluded',
        ({ verdict }) => verdict === 'unhealthy',
      );
      const why = fact.outcome === 'promote' || seen ? '' : ` (${context.reason(fact.reason)})`;
      return {
        at,
        mark: fact.outcome === 'promote' ? 'good' : 'bad',
        text: `${texts.left[fact.outcome]}${why}`,
      };
    }
  }
}

/** What people and the workflow do to the release as a whole. */
type OfRelease =
  | 'release.admitted'
  | 'release.paused'
  | 'access.withdrawn'
  | 'release.unpaused'
  | 'phase.ordered'
  | 'version.marked-bad'
  | 'candidate.replaced'
  | 'freeze.overridden'
  | 'task.closed'
  | 'launch.moved'
  | 'release.abort-asked'
  | 'release.closed'
  | 'rollback.chosen'
  | 'rollback.agreed'
  | 'rollback.declined'
  | 'rollback.failed'
  | 'component.switched'
  | 'task.opened'
  | 'decision.taken';

function ofRelease(
  context: TimelineContext,
  { at, actor, fact }: Pick<LedgerEntry, 'at' | 'actor'> & { readonly fact: FactOf<OfRelease> },
): TimelineLine | undefined {
  const { texts, format } = context;
  const by = context.person(actor.replace(/^\w+:/, ''));
  switch (fact.type) {
    case 'release.admitted': {
      const starter = context.person(fact.startedBy);
      return { at, mark: 'neutral', text: texts.admitted(starter, format.date(fact.planRevision)) };
    }
    case 'release.paused':
      return { at, mark: 'warning', text: texts.paused(by), details: context.quoted(fact.reason) };
    case 'access.withdrawn':
      return { at, mark: 'access', text: texts.exposure(fact.from, 0), details: context.quoted(fact.reason) };
    case 'release.unpaused':
      return { at, mark: 'neutral', text: texts.unpaused(by), details: context.quoted(fact.reason) };
    case 'phase.ordered':
      return {
        at,
        mark: 'warning',
        text: texts.ordered[fact.order](by),
        details: context.quoted(fact.reason),
      };
    case 'version.marked-bad':
      return {
        at,
        mark: 'bad',
        text: texts.markedBad(fact.version, by),
        details: context.quoted(fact.reason),
      };
    case 'candidate.replaced': {
      const text = texts.candidateReplaced(fact.from, fact.to, by);
      return { at, mark: 'warning', text, details: context.quoted(fact.reason) };
    }
    case 'freeze.overridden': {
      const name = context.plan.freezes.find(({ id }) => id === fact.freeze)?.name ?? fact.freeze;
      const text = texts.freezeOverridden(name, format.moment(fact.until), by);
      return { at, mark: 'warning', text, details: context.quoted(fact.reason) };
    }
    case 'task.closed': {
      const opened = findFact(context.entries, 'task.opened', ({ task }) => task === fact.task)?.fact;
      return {
        at,
        mark: 'good',
        text: texts.taskDone(opened ? context.task(opened.title) : fact.task, by),
        details: context.quoted(fact.note),
      };
    }
    case 'launch.moved': {
      const text = texts.launchMoved(format.date(fact.from), format.date(fact.to));
      return { at, mark: 'warning', text, details: context.quoted(fact.reason) };
    }
    case 'release.abort-asked': {
      const text = texts.abortAsked(context.person(fact.by));
      return { at, mark: 'warning', text, details: context.quoted(fact.reason) };
    }
    case 'release.closed':
      return {
        at,
        mark: fact.outcome === 'completed' ? 'good' : 'bad',
        text: texts.closed[fact.outcome],
        details: context.closing(fact.reason),
      };
    case 'rollback.chosen': {
      const why = context.reason(fact.reason);
      if (!isRollbackLevel(fact.level)) return { at, mark: 'bad', text: texts.asked[fact.level](why) };
      return { at, mark: 'bad', text: texts.rollbackChosen(context.plan.rollback[fact.level].name, why) };
    }
    case 'rollback.agreed':
    case 'rollback.declined': {
      const what = fact.level === 'abandon' ? texts.giveUp : context.plan.rollback[fact.level].name;
      const person = context.person(fact.by);
      const isAgreed = fact.type === 'rollback.agreed';
      return {
        at,
        mark: isAgreed ? 'neutral' : 'warning',
        text: isAgreed ? texts.agreed(what, person) : texts.declined(what, person),
        details: context.quoted(fact.comment),
      };
    }
    case 'rollback.failed':
      return { at, mark: 'bad', text: texts.rollbackFailed(fact.error) };
    case 'component.switched': {
      const name = context.plan.components[fact.component]?.name ?? fact.component;
      return { at, mark: 'access', text: `${name}${texts.colon}${texts.component[fact.state]}` };
    }
    case 'task.opened':
      return { at, mark: 'neutral', text: texts.task(context.task(fact.title), context.role(fact.owner)) };
    case 'decision.taken': {
      const { decisions } = texts;
      const known = Object.entries(decisions).find(([decision]) => decision === fact.decision);
      return {
        at,
        mark: 'neutral',
        text: known?.[1] ?? fact.decision,
        details: context.quoted(fact.comment),
      };
    }
    default:
      return leftOut(fact);
  }
}

/** The sentence of the plan that a script of a rollback carries out: scripts run in the order of the level's steps. */
function undoneBy(context: TimelineContext, section: TimelineSection, command: string): string {
  const [chosen] = factsOf(section.entries, 'rollback.chosen');
  const name = chosen?.fact.level;
  if (name === undefined || !isRollbackLevel(name)) return '';
  const level: RollbackLevel = context.plan.rollback[name];
  const position = factsOf(section.entries, 'script.started').findIndex(
    (one) => one.fact.command === command,
  );
  return level.steps.filter(({ action }) => action.kind === 'script')[position]?.text ?? '';
}
