/**
 * What each fact holds of the words of people: what is left out of a ledger that is handed on, and what no language and no
 * typography may touch. Programs of people (a script, a service) count as people: what they print may hold anything.
 */
import type { SourceFault } from '../judge/source-faults.ts';
import type { Quoted } from '../quoted.ts';
import type {
  BlindSpot,
  Cause,
  CheckAnswer,
  Closing,
  IncidentTitle,
  ItemEvidence,
  TaskTitle,
} from './causes.ts';
import type { Fact, Reason } from './facts.ts';

type Words = readonly Quoted[];
type Holds<T extends Fact['type']> = (fact: Extract<Fact, { type: T }>) => Words;

const none = (): Words => [];
const given = (words: Quoted | undefined): Words => (words === undefined || words === '' ? [] : [words]);

/** What a source answered, by the names that such parameters have. */
const ofFault = ({ params }: SourceFault): Words => [
  ...('said' in params ? given(params.said) : []),
  ...('type' in params ? given(params.type) : []),
  ...('values' in params ? params.values.flatMap(given) : []),
];
const ofAnswer = (answer: CheckAnswer): Words =>
  answer.code === 'unreadable' ? ofFault(answer.params.fault) : [];
export const ofBlindSpot = (blind: BlindSpot): Words =>
  blind.code === 'check' ? ofAnswer(blind.params.answer) : [];
const ofEvidence = (evidence: ItemEvidence): Words =>
  evidence.code === 'words' ? given(evidence.params.words) : [];
const ofClosing = (closing: Closing): Words =>
  closing.code === 'ordered' || closing.code === 'rollback-left' ? given(closing.params.reason) : [];
const ofReason = ({ cause }: Reason): Words => (cause === undefined ? [] : ofCause(cause));
const ofTask = (title: TaskTitle): Words =>
  title.code === 'post-incident' ? ofTitle(title.params.title) : [];

export function ofCause(cause: Cause): Words {
  switch (cause.code) {
    case 'rejected':
      return given(cause.params.comment);
    case 'ordered':
      return given(cause.params.reason);
    case 'script':
    case 'fault':
      return given(cause.params.said);
    case 'check':
      return ofAnswer(cause.params.answer);
    default:
      return [];
  }
}

/** Of the title of an incident. */
export function ofTitle(title: IncidentTitle): Words {
  switch (title.code) {
    case 'reported':
      return given(title.params.words);
    case 'blind':
      return ofAnswer(title.params.answer);
    case 'phase-failed':
      return title.params.cause === undefined ? [] : ofCause(title.params.cause);
    default:
      return [];
  }
}

const ofWhy = ({ reason }: { readonly reason: Quoted }): Words => given(reason);
const ofComment = ({ comment }: { readonly comment: Quoted }): Words => given(comment);
const ofItsReason = ({ reason }: { readonly reason: Reason }): Words => ofReason(reason);

const words: { readonly [T in Fact['type']]: Holds<T> } = {
  'release.admitted': none,
  'release.paused': ofWhy,
  'release.unpaused': ofWhy,
  'version.marked-bad': ofWhy,
  'candidate.replaced': ofWhy,
  'freeze.overridden': ofWhy,
  'launch.moved': ofWhy,
  'release.abort-asked': ofWhy,
  'release.closed': ({ reason }) => ofClosing(reason),
  'phase.opened': none,
  'phase.held': none,
  'phase.resumed': ofComment,
  'phase.unblocked': none,
  'phase.closed': ofItsReason,
  'phase.late': none,
  'phase.ordered': ofWhy,
  'phase.corrected': ofComment,
  'script.starting': none,
  'script.started': none,
  'script.finished': ({ summary }) => given(summary),
  'item.ticked': ({ evidence }) => ofEvidence(evidence),
  'item.unticked': ofWhy,
  'item.waived': ofWhy,
  'exposure.changing': none,
  'exposure.changed': none,
  'access.withdrawn': ofWhy,
  'observation.started': none,
  'observation.breached': none,
  'observation.recovered': none,
  'observation.foreseen': none,
  'cohorts.compared': none,
  'observation.frozen': ({ blind }) => ofBlindSpot(blind),
  'observation.unfrozen': none,
  'observation.concluded': ofItsReason,
  'gate.opened': none,
  'gate.approved': ofComment,
  'gate.rejected': ofComment,
  'gate.override-asked': ofComment,
  'gate.overridden': ofComment,
  'gate.reminded': none,
  'gate.late': none,
  'gate.decided': ofItsReason,
  'rollback.chosen': ofItsReason,
  'rollback.agreed': ofComment,
  'rollback.declined': ofComment,
  'rollback.failed': none,
  'component.switched': none,
  'message.planned': none,
  'message.replanned': none,
  'message.held': none,
  'message.sending': none,
  'message.sent': none,
  'message.recounted': none,
  'message.skipped': none,
  'message.cancelled': none,
  'report.planned': none,
  'report.sending': none,
  'report.sent': none,
  'report.skipped': none,
  'report.cancelled': none,
  'incident.opened': ({ title }) => ofTitle(title),
  'incident.called': none,
  'incident.acknowledged': none,
  'incident.unanswered': none,
  'incident.resolved': ({ comment }) => given(comment),
  'incident.override-asked': ofComment,
  'incident.overridden': ofComment,
  'incident.reopened': ofWhy,
  'task.opened': ({ title }) => ofTask(title),
  'task.closed': ({ note }) => given(note),
  'decision.taken': ofComment,
  'risk.changed': none,
  'measure.recorded': none,
};

/** The words of people in a fact, without those that are empty. None in one that only a later version knows. */
export const wordsIn = <T extends Fact['type']>(fact: Extract<Fact, { type: T }>): Words =>
  (words as Readonly<Partial<Record<T, Holds<T>>>>)[fact.type as T]?.(fact) ?? [];
