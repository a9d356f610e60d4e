/** What the narrators of a timeline share: the plan, the words, and the ledger cut into sections. */

import { say } from '#domain/coded.ts';
import type { Closing, IncidentTitle, TaskTitle } from '#domain/ledger/causes.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact, Reason } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { dayInRelease } from '#domain/plan/message-dates.ts';
import type { LocalDay, Message, Phase, Plan } from '#domain/plan/plan.ts';
import type { Quoted } from '#domain/quoted.ts';
import type { Format } from '../format.ts';
import { type CauseTexts, type Names, namesOf } from '../messages/causes.ts';
import type { Texts } from '../messages/texts.ts';
import { shown } from '../words.ts';

/** What a timeline is told from. */
export interface TimelineInput {
  readonly plan: Plan;
  readonly release: Release;
  /** The whole ledger, oldest first. */
  readonly entries: readonly LedgerEntry[];
  /** A rehearsal was stopped when this phase opened. */
  readonly stoppedAtPhase?: string;
  /** What a person is called, by the id that they signed in with; absent: that. */
  readonly person?: (id: string) => string;
}

/** What a line is, for whoever marks or colours it. */
export type Mark = 'good' | 'bad' | 'warning' | 'neutral' | 'access' | 'mail';

export interface TimelineLine {
  readonly at: string;
  readonly mark: Mark;
  readonly text: string;
  readonly details?: readonly { readonly mark?: Mark; readonly text: string }[];
}

export interface TimelineSection {
  readonly kind: 'admission' | 'phase' | 'rollback' | 'follow-up';
  readonly phase: string;
  readonly attempt: number;
  readonly entries: LedgerEntry[];
}

export type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;

/** The first fact of a type among entries, with when it happened. */
export function findFact<T extends Fact['type']>(
  entries: readonly LedgerEntry[],
  type: T,
  holds: (fact: FactOf<T>) => boolean = () => true,
): { readonly at: string; readonly seq: number; readonly fact: FactOf<T> } | undefined {
  return factsOf(entries, type).find(({ fact }) => holds(fact));
}

export function factsOf<T extends Fact['type']>(
  entries: readonly LedgerEntry[],
  type: T,
): readonly { readonly at: string; readonly seq: number; readonly fact: FactOf<T> }[] {
  return entries.flatMap(({ at, seq, fact }) =>
    fact.type === type ? [{ at, seq, fact: fact as FactOf<T> }] : [],
  );
}

/** What came of each campaign, as it is known now. */
export const campaignEnds = (
  entries: readonly LedgerEntry[],
): readonly { readonly at: string; readonly seq: number; readonly fact: FactOf<'message.sent'> }[] =>
  factsOf(entries, 'message.sent').map((end) => {
    const recounted = factsOf(entries, 'message.recounted').findLast(
      ({ fact }) => fact.campaign === end.fact.campaign,
    );
    return recounted ? { ...end, fact: { ...recounted.fact, type: 'message.sent' } } : end;
  });

/** The launch day that held at an entry of the ledger. */
export function launchDayAt(entries: readonly LedgerEntry[], seq: number): LocalDay | undefined {
  let day: LocalDay | undefined;
  for (const { fact, seq: at } of entries) {
    if (at > seq) break;
    if (fact.type === 'release.admitted') day = fact.launchDay;
    if (fact.type === 'launch.moved') day = fact.to;
  }
  return day;
}

/** A phase's visit lasts until the next opening, so that a section reads from top to bottom in time. */
export function sectionsOf({ plan, entries }: TimelineInput): readonly TimelineSection[] {
  const lastPhase = plan.phases.at(-1)?.id;
  const sections: TimelineSection[] = [];
  let section: TimelineSection = { kind: 'admission', phase: '', attempt: 0, entries: [] };
  const begin = (kind: TimelineSection['kind'], phase: string, attempt: number) => {
    if (section.entries.length > 0) sections.push(section);
    section = { kind, phase, attempt, entries: [] };
  };
  for (const entry of entries) {
    const { fact } = entry;
    if (fact.type === 'phase.opened') begin('phase', fact.phase, fact.attempt);
    if (fact.type === 'rollback.chosen') begin('rollback', fact.phase, fact.attempt);
    section.entries.push(entry);
    if (fact.type === 'phase.closed' && fact.phase === lastPhase && fact.outcome === 'promote') {
      begin('follow-up', '', 0);
    }
  }
  begin('follow-up', '', 0);
  return sections;
}

export class TimelineContext {
  readonly plan: Plan;
  readonly release: Release;
  readonly entries: readonly LedgerEntry[];
  readonly texts: Texts;
  readonly format: Format;
  readonly names: Names;
  readonly says: CauseTexts;

  constructor({ plan, release, entries, person }: TimelineInput, texts: Texts, format: Format) {
    this.plan = plan;
    this.release = release;
    this.entries = entries;
    this.texts = texts;
    this.format = format;
    this.names = namesOf(plan, format, person);
    this.says = texts.causes(this.names);
  }

  role(id: string): string {
    return this.names.role(id);
  }

  person(id: string): string {
    return this.names.person(id);
  }

  script(id: string): string {
    return this.names.script(id);
  }

  phase(id: string): Phase | undefined {
    return this.plan.phases.find((candidate) => candidate.id === id);
  }

  phaseName(id: string): string {
    return this.phase(id)?.name ?? id;
  }

  /** A report by its step, as the plan words it. */
  report(id: string): string {
    return this.plan.reports.find((candidate) => candidate.id === id)?.step ?? id;
  }

  /** A date of the plan, for the launch day that held at an entry of the ledger. */
  dated(planned: LocalDay, seq: number): LocalDay {
    return dayInRelease(this.plan, this.launchDayAt(seq), planned);
  }

  launchDayAt(seq: number): LocalDay {
    return launchDayAt(this.entries, seq) ?? this.release.launchDay;
  }

  message(id: string): { readonly label: string; readonly subject: string; readonly audience: string } {
    const message = this.plan.messages.find((candidate) => candidate.id === id);
    if (!message) return { label: id, subject: id, audience: '' };
    return { label: this.label(message), subject: message.subject, audience: message.audienceName };
  }

  /** `J-7` as the plan words it, or the step of a message that an event causes. */
  label(message: Message): string {
    if (message.timing !== undefined) return message.timing;
    return message.date ? this.texts.launchOffset(message.date.day) : message.step;
  }

  /** Why a phase went another way than on. */
  reason({ cause }: Reason): string {
    return cause === undefined ? this.texts.noReason : say(this.says.causes, cause);
  }

  title(title: IncidentTitle): string {
    return say(this.says.titles, title);
  }

  task(title: TaskTitle): string {
    return say(this.says.tasks, title);
  }

  /** What a person typed, as a detail of a line; nothing for nothing. */
  quoted(words: Quoted): readonly { readonly text: string }[] {
    return words === '' ? [] : [{ text: this.texts.quoted(shown(words)) }];
  }

  /** Why a release was closed, as a detail of a line: in quotation marks when a person says so. */
  closing(closing: Closing): readonly { readonly text: string }[] {
    if (closing.code === 'ordered') return this.quoted(closing.params.reason);
    const text = say(this.says.closings, closing);
    return text === '' ? [] : [{ text }];
  }

  since(from: string, to: string): string {
    return this.format.duration(Date.parse(to) - Date.parse(from));
  }
}
