/** A chapter of the ledger as lines: every kind of fact has its sentence, or a reason to have none. */
import { say } from '#domain/coded.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
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

export function narrate(story: TimelineContext, chapter: TimelineSection): readonly TimelineLine[] {
  return chapter.entries.flatMap((entry) => lineOf(story, chapter, entry) ?? []);
}

/** One entry of a chapter; of what is told together, all so far. */
export function lineOf(
  story: TimelineContext,
  chapter: TimelineSection,
  { at, seq, actor, fact }: LedgerEntry,
): TimelineLine | undefined {
  const { texts } = story;
  switch (fact.type) {
    case 'script.starting':
      return scriptStarting(story, { at, seq, fact });
    case 'exposure.changing':
      return exposureChanging(story, { at, seq, fact });
    case 'script.started':
      return work.scriptStarted(story, { at, seq, fact });
    case 'script.finished':
      return work.scriptFinished(story, { at, seq, fact }, undoneBy(story, chapter, fact.command));
    case 'item.ticked':
      return work.itemTicked(story, chapter, { at, seq, fact });
    case 'item.waived':
      return work.itemWaived(story, { at, seq, fact });
    case 'item.unticked':
      return work.itemUnticked(story, { at, seq, fact });
    case 'phase.late':
      return work.phaseLate(story, chapter, { at, seq, fact });
    case 'exposure.changed':
      return work.exposureChanged(story, { at, seq, fact });
    case 'observation.started':
      return { at, mark: 'neutral', text: texts.observing(fact.hours) };
    case 'observation.breached':
      return work.breached(story, chapter, { at, seq, fact });
    case 'observation.recovered':
      return work.recovered(story, chapter, { at, seq, fact });
    case 'observation.foreseen':
      return work.foreseen(story, { at, seq, fact });
    case 'cohorts.compared':
      return work.cohortsCompared(story, { at, seq, fact });
    case 'risk.changed':
      return work.riskChanged(story, { at, seq, fact });
    case 'observation.frozen':
      return { at, mark: 'warning', text: texts.frozen(say(story.says.blindSpots, fact.blind)) };
    case 'observation.unfrozen':
      return { at, mark: 'neutral', text: texts.unfrozen(story.format.duration(fact.minutes * 60_000)) };
    case 'observation.concluded':
      return work.observationConcluded(story, { at, seq, fact });
    case 'message.planned':
      return messagePlanned(story, { at, seq, fact });
    case 'message.replanned':
      return messagePlanned(story, { at, seq, fact });
    case 'message.sending':
      return messageSending(story, { at, seq, fact });
    case 'message.held':
      return messageNotSent(story, { at, seq, fact });
    case 'message.skipped':
      return messageNotSent(story, { at, seq, fact });
    case 'message.cancelled':
      return messageCancelled(story, { at, seq, fact });
    case 'report.sending':
      if (!fact.again) return undefined;
      return { at, mark: 'warning', text: texts.reportAgain(story.report(fact.report)) };
    case 'report.sent':
      return reportSent(story, { at, fact });
    case 'report.skipped':
      return {
        at,
        mark: 'warning',
        text: texts.reportSkipped(story.report(fact.report), say(story.says.omissions, fact.reason)),
      };
    case 'gate.reminded':
      return { at, mark: 'warning', text: texts.gateReminded };
    case 'incident.opened':
      return incidentOpened(story, { at, seq, fact });
    case 'incident.called':
      return incidentCalled(story, { at, seq, fact });
    case 'incident.acknowledged':
      return incidentMoved(story, { at, seq, fact });
    case 'incident.unanswered':
      return incidentMoved(story, { at, seq, fact });
    case 'incident.resolved':
      return incidentMoved(story, { at, seq, fact });
    case 'incident.reopened':
      return incidentMoved(story, { at, seq, fact });
    // A report is worth a line when it goes, not when it is dated.
    case 'report.planned':
    case 'report.cancelled':
    // Told with `message.sending`.
    case 'message.sent':
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
      return atGate(story, chapter, { at, seq, fact });
    case 'phase.opened':
    case 'phase.held':
    case 'phase.resumed':
    case 'phase.closed':
    case 'phase.corrected':
      return ofPhase(story, chapter, { at, fact });
    case 'release.admitted':
    case 'release.paused':
    case 'access.withdrawn':
    case 'release.unpaused':
    case 'phase.ordered':
    case 'version.condemned':
    case 'candidate.replaced':
    case 'freeze.overridden':
    case 'task.closed':
    case 'launch.moved':
    case 'release.closed':
    case 'rollback.chosen':
    case 'component.switched':
    case 'task.opened':
    case 'decision.taken':
      return ofRelease(story, { at, actor, fact });
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
  story: TimelineContext,
  { at, fact }: Pick<At<'report.sent'>, 'at' | 'fact'>,
): TimelineLine {
  const roles = fact.told.map((role) => story.role(role)).join(', ');
  return { at, mark: 'mail', text: story.texts.reportSent(story.report(fact.report), roles) };
}

function atGate(
  story: TimelineContext,
  chapter: TimelineSection,
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
  const { texts } = story;
  const gate = story.phase(fact.phase)?.gate;
  switch (fact.type) {
    case 'gate.opened':
      return gateOpened(story, { at, seq, fact });
    case 'gate.approved':
      return {
        at,
        mark: 'good',
        text: texts.approved(story.role(fact.role), fact.by),
        details: story.quoted(fact.comment),
      };
    case 'gate.rejected':
      return {
        at,
        mark: 'bad',
        text: texts.rejected(story.role(fact.role), fact.by),
        details: story.quoted(fact.comment),
      };
    case 'gate.override-asked':
    case 'gate.overridden': {
      const say = fact.type === 'gate.overridden' ? texts.overridden : texts.overrideAsked;
      const text = say(fact.criterion, story.person(fact.by));
      return { at, mark: 'warning', text, details: story.quoted(fact.comment) };
    }
    case 'gate.late':
      return {
        at,
        mark: 'warning',
        text: texts.gateLate(gate?.timeoutHours ?? 0, say(story.says.needs, fact.waitsFor)),
      };
    case 'gate.decided':
      return gateDecided(story, chapter, { at, seq, fact });
  }
}

function ofPhase(
  story: TimelineContext,
  chapter: TimelineSection,
  {
    at,
    fact,
  }: Pick<
    At<'phase.opened' | 'phase.held' | 'phase.resumed' | 'phase.closed' | 'phase.corrected'>,
    'at' | 'fact'
  >,
): TimelineLine | undefined {
  const { texts } = story;
  switch (fact.type) {
    case 'phase.opened':
      return {
        at,
        mark: 'neutral',
        text: texts.opened(fact.attempt, story.phase(fact.phase)?.attemptsMax ?? fact.attempt),
      };
    case 'phase.held':
      return { at, mark: 'warning', text: texts.held(fact.from) };
    case 'phase.resumed':
      return {
        at,
        mark: 'neutral',
        text: texts.resumed[fact.resolution],
        details: story.quoted(fact.comment),
      };
    case 'phase.corrected':
      return { at, mark: 'good', text: texts.corrected, details: story.quoted(fact.comment) };
    case 'phase.closed': {
      // The gate has just said so, with its reasons.
      const decided = findFact(chapter.entries, 'gate.decided', ({ outcome }) => outcome === fact.outcome);
      if (decided) return undefined;
      const seen = findFact(
        chapter.entries,
        'observation.concluded',
        ({ verdict }) => verdict === 'unhealthy',
      );
      const why = fact.outcome === 'promote' || seen ? '' : ` (${story.reason(fact.reason)})`;
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
  | 'version.condemned'
  | 'candidate.replaced'
  | 'freeze.overridden'
  | 'task.closed'
  | 'launch.moved'
  | 'release.closed'
  | 'rollback.chosen'
  | 'component.switched'
  | 'task.opened'
  | 'decision.taken';

function ofRelease(
  story: TimelineContext,
  { at, actor, fact }: Pick<LedgerEntry, 'at' | 'actor'> & { readonly fact: FactOf<OfRelease> },
): TimelineLine | undefined {
  const { texts, format } = story;
  const by = story.person(actor.replace(/^\w+:/, ''));
  switch (fact.type) {
    case 'release.admitted': {
      const starter = story.person(fact.startedBy);
      return { at, mark: 'neutral', text: texts.admitted(starter, format.date(fact.planRevision)) };
    }
    case 'release.paused':
      return { at, mark: 'warning', text: texts.paused(by), details: story.quoted(fact.reason) };
    case 'access.withdrawn':
      return { at, mark: 'access', text: texts.exposure(fact.from, 0), details: story.quoted(fact.reason) };
    case 'release.unpaused':
      return { at, mark: 'neutral', text: texts.unpaused(by), details: story.quoted(fact.reason) };
    case 'phase.ordered':
      return { at, mark: 'warning', text: texts.ordered[fact.order](by), details: story.quoted(fact.reason) };
    case 'version.condemned':
      return {
        at,
        mark: 'bad',
        text: texts.condemned(fact.version, by),
        details: story.quoted(fact.reason),
      };
    case 'candidate.replaced': {
      const text = texts.candidateReplaced(fact.from, fact.to, by);
      return { at, mark: 'warning', text, details: story.quoted(fact.reason) };
    }
    case 'freeze.overridden': {
      const name = story.plan.freezes.find(({ id }) => id === fact.freeze)?.name ?? fact.freeze;
      const text = texts.freezeOverridden(name, format.moment(fact.until), by);
      return { at, mark: 'warning', text, details: story.quoted(fact.reason) };
    }
    case 'task.closed': {
      const opened = findFact(story.entries, 'task.opened', ({ task }) => task === fact.task)?.fact;
      return {
        at,
        mark: 'good',
        text: texts.taskDone(opened ? story.task(opened.title) : fact.task, by),
        details: story.quoted(fact.note),
      };
    }
    case 'launch.moved': {
      const text = texts.launchMoved(format.date(fact.from), format.date(fact.to));
      return { at, mark: 'warning', text, details: story.quoted(fact.reason) };
    }
    case 'release.closed':
      return {
        at,
        mark: fact.outcome === 'completed' ? 'good' : 'bad',
        text: texts.closed[fact.outcome],
        details: story.closing(fact.reason),
      };
    case 'rollback.chosen': {
      const why = story.reason(fact.reason);
      if (fact.level === 'none') return { at, mark: 'bad', text: texts.noRollback(why) };
      return { at, mark: 'bad', text: texts.rollbackChosen(story.plan.rollback[fact.level].name, why) };
    }
    case 'component.switched': {
      const name = story.plan.components[fact.component]?.name ?? fact.component;
      return { at, mark: 'access', text: `${name}${texts.colon}${texts.component[fact.state]}` };
    }
    case 'task.opened':
      return { at, mark: 'neutral', text: texts.task(story.task(fact.title), story.role(fact.owner)) };
    case 'decision.taken': {
      const { decisions } = texts;
      const known = Object.entries(decisions).find(([decision]) => decision === fact.decision);
      return { at, mark: 'neutral', text: known?.[1] ?? fact.decision, details: story.quoted(fact.comment) };
    }
    default:
      return leftOut(fact);
  }
}

/** The sentence of the plan that a script of a rollback carries out: scripts run in the order of the level's steps. */
function undoneBy(story: TimelineContext, chapter: TimelineSection, command: string): string {
  const [chosen] = factsOf(chapter.entries, 'rollback.chosen');
  const name = chosen?.fact.level;
  if (name === undefined || name === 'none') return '';
  const level: RollbackLevel = story.plan.rollback[name];
  const position = factsOf(chapter.entries, 'script.started').findIndex(
    (one) => one.fact.command === command,
  );
  return level.steps.filter(({ action }) => action.kind === 'script')[position]?.text ?? '';
}
