/** The decisions of a release as a table: when, who, what, and why in their own words. */

import { say } from '#domain/coded.ts';
import type { Closing } from '#domain/ledger/causes.ts';
import { isRollbackLevel } from '#domain/ledger/outcomes.ts';
import type { Quoted } from '#domain/quoted.ts';
import type { Decision } from './decisions.ts';
import { type AuditReportContext, absent, type Cell, type DocumentBlock, tableOr } from './document.ts';

export function decisionRows(context: AuditReportContext): DocumentBlock {
  const { account, words, format } = context;
  const columns = [words.at, words.who, words.phase, words.what, words.why].map((title) => ({ title }));
  const rows = account.decisions.map((decision): readonly Cell[] => {
    const [what, why] = tell(context, decision);
    return [format.moment(decision.at), whoOf(context, decision), phaseOf(context, decision), what, why];
  });
  return tableOr(words.none, columns, rows);
}

/** A person by the id that they signed in with, for that is what can be checked. */
function whoOf({ words }: AuditReportContext, { actor }: Decision): string {
  const [, kind, id] = /^(\w+):(.*)$/s.exec(actor) ?? [];
  return kind === 'user' ? (id ?? '') : words.system(id ?? actor);
}

const phaseOf = ({ words, timeline }: AuditReportContext, { fact }: Decision): string =>
  'phase' in fact ? words.visit(timeline.phaseName(fact.phase), fact.attempt) : absent;

/** What was decided, and why: as typed, or of the system, its reason. */
function tell(context: AuditReportContext, decision: Decision): readonly [Cell, Cell] {
  const { words, timeline, format } = context;
  const { texts } = timeline;
  const { fact } = decision;
  const actor = whoOf(context, decision);
  const said = (text: Quoted): Cell => (text === '' ? '' : { said: text });
  switch (fact.type) {
    case 'release.admitted':
      return [texts.admitted(fact.startedBy, format.date(fact.planRevision)), ''];
    case 'release.paused':
      return [words.paused, said(fact.reason)];
    case 'release.unpaused':
      return [words.unpaused, said(fact.reason)];
    case 'launch.moved':
      return [texts.launchMoved(format.date(fact.from), format.date(fact.to)), said(fact.reason)];
    case 'version.marked-bad':
      return [texts.markedBad(fact.version, actor), said(fact.reason)];
    case 'candidate.replaced':
      return [texts.candidateReplaced(fact.from, fact.to, actor), said(fact.reason)];
    case 'freeze.overridden': {
      const name = timeline.plan.freezes.find(({ id }) => id === fact.freeze)?.name ?? fact.freeze;
      return [texts.freezeOverridden(name, format.moment(fact.until), actor), said(fact.reason)];
    }
    case 'phase.ordered':
      return [texts.ordered[fact.order](fact.by), said(fact.reason)];
    case 'gate.override-asked':
      return [texts.overrideAsked(fact.criterion, fact.by), said(fact.comment)];
    case 'gate.overridden':
      return [texts.overridden(fact.criterion, fact.by), said(fact.comment)];
    case 'item.unticked':
      return [texts.unticked(itemOf(timeline, fact.phase, fact.item), fact.by), said(fact.reason)];
    case 'incident.reopened':
      return [texts.reopened(fact.by), said(fact.reason)];
    case 'gate.approved':
      return [texts.approved(timeline.role(fact.role), fact.by), said(fact.comment)];
    case 'gate.rejected':
      return [texts.rejected(timeline.role(fact.role), fact.by), said(fact.comment)];
    case 'gate.decided':
      return [texts.decided[fact.outcome], fact.outcome === 'promote' ? '' : timeline.reason(fact.reason)];
    case 'item.waived':
      return [words.waived(itemOf(timeline, fact.phase, fact.item), fact.by), said(fact.reason)];
    case 'phase.resumed':
      return [texts.resumed[fact.resolution], said(fact.comment)];
    case 'phase.corrected':
      return [texts.corrected, said(fact.comment)];
    case 'decision.taken': {
      const known = Object.entries(texts.decisions).find(([decision]) => decision === fact.decision)?.[1];
      return [known ?? fact.decision, said(fact.comment)];
    }
    case 'rollback.chosen': {
      const why = timeline.reason(fact.reason);
      if (isRollbackLevel(fact.level)) return [timeline.plan.rollback[fact.level].name, why];
      return [texts.asked[fact.level](why), ''];
    }
    case 'rollback.agreed':
    case 'rollback.declined': {
      const what = fact.level === 'abandon' ? texts.giveUp : timeline.plan.rollback[fact.level].name;
      const say = fact.type === 'rollback.agreed' ? texts.agreed : texts.declined;
      return [say(what, fact.by), said(fact.comment)];
    }
    case 'release.abort-asked':
      return [texts.abortAsked(fact.by), said(fact.reason)];
    case 'access.withdrawn':
      return [texts.exposure(fact.from, 0), said(fact.reason)];
    case 'release.closed':
      return [texts.closed[fact.outcome], closingOf(context, fact.reason)];
  }
}

const closingOf = ({ timeline }: AuditReportContext, closing: Closing): Cell =>
  closing.code === 'ordered' && closing.params.reason !== ''
    ? { said: closing.params.reason }
    : say(timeline.says.closings, closing);

/** `3.1.2 Vérification…`, as the plan words it. */
function itemOf(timeline: AuditReportContext['timeline'], phase: string, id: string): string {
  const items = (timeline.phase(phase)?.checklists ?? []).flatMap((list) => list.items);
  const text = items.find((item) => item.id === id)?.text;
  return text === undefined ? id : `${id} ${text}`;
}
