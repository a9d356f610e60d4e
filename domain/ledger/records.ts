/** The records that a release is made of: what its ledger adds up to, and the keys of their rows. */
import type { GateOutcome, RollbackLevelName, Severity } from '../plan/plan.ts';
import type { Quoted } from '../quoted.ts';
import type { Blocker, IncidentTitle, ItemEvidence, TaskTitle } from './causes.ts';
import { genesis } from './entries.ts';
import type {
  ComponentState,
  CriterionReading,
  MessageStatus,
  Order,
  Reason,
  RiskState,
  Verdict,
} from './facts.ts';
import type { ReleaseOutcome, RollbackCourse } from './outcomes.ts';

export interface PhaseRecord {
  readonly attempt: number;
  readonly status: 'open' | 'held' | 'closed';
  readonly openedAt: string;
  /** When its users first got access in this attempt. */
  readonly exposedAt?: string;
  readonly closedAt?: string;
  readonly outcome?: GateOutcome;
  /** It is held because of this, and goes on by itself. */
  readonly heldBy?: Blocker;
  /** How the bake ended, until the phase is observed again. */
  readonly observed?: { readonly verdict: Verdict; readonly reason: Reason };
  /** People were reminded that the checklist is late. */
  readonly late: boolean;
  /** What a person answered to the wait of this kind; the first answer counts. */
  readonly answers?: Readonly<Partial<Record<'hold' | 'correction' | 'decision', string>>>;
  /** By criterion of its gate: who asked that it shall not count, and who granted it. */
  readonly overrides?: Rows<OverrideRecord>;
  /** Runs of scripts that the runner was asked for, or was about to be. */
  readonly runs?: readonly string[];
}
export interface OverrideRecord {
  readonly askedBy: string;
  readonly comment: Quoted;
  readonly grantedBy?: string;
}
/** What a person has ordered and the workflow has not yet carried out. */
export interface OrderRecord {
  readonly phase: string;
  readonly attempt: number;
  readonly order: Order;
  readonly level?: RollbackLevelName;
  readonly component?: string;
  readonly by: string;
  readonly reason: Quoted;
}
/** What became of the phase that could not go on, until a phase is entered again. */
export interface RollbackRecord {
  readonly phase: string;
  readonly attempt: number;
  readonly course: RollbackCourse | 'abandon';
  readonly component: string;
  readonly reason: Reason;
  readonly chosenAt: string;
  /** Who wants it, each once: who chose it, and who agreed. */
  readonly people: readonly string[];
  /** When the last of them said so, of those who agreed. */
  readonly agreedAt?: string;
  /** It could not be carried out: the error. */
  readonly failed?: string;
  /** How often it could not. */
  readonly failures?: number;
  /** Who asked that the release be aborted all the same: it takes a second person. */
  readonly abortAskedBy?: string;
}
interface ScriptRecord {
  readonly status: 'running' | 'succeeded' | 'failed';
  readonly exitCode: number;
  readonly summary: Quoted;
  readonly startedAt?: string;
}
export interface ItemRecord {
  readonly status: 'done' | 'waived';
  readonly by: string;
  readonly at: string;
  /** Of a waiver, why it need not be done. */
  readonly evidence: ItemEvidence;
}
export interface MessageRecord {
  readonly status: MessageStatus;
  readonly dueAt?: string;
  /** Counts plans of this message; a schedule of an older epoch does nothing. */
  readonly epoch: number;
  readonly campaign?: string;
  /** Campaigns of it that still went when the last one began. */
  readonly earlier?: readonly string[];
  readonly sent: number;
  /** Once it has been sent: whom it did not reach. */
  readonly failed?: number;
}
/** The campaigns of a message that are still under way. */
export const campaignsUnderWay = ({ status, campaign, earlier = [] }: MessageRecord): readonly string[] => [
  ...earlier,
  ...(status === 'sending' && campaign !== undefined ? [campaign] : []),
];
export interface ReportRecord {
  readonly status: 'planned' | 'over';
  /** When the next one goes; of one that is over, when it would have gone. */
  readonly dueAt: string;
  /** Counts plans of this report; a schedule of an older epoch does nothing. */
  readonly epoch: number;
  /** When its readers were last told, or it was first planned: the next one tells what came after. */
  readonly toldAt: string;
  /** Somebody began to tell it then, and it is not known what came of it. */
  readonly sendingAt?: string;
}
export interface IncidentRecord {
  readonly severity: Severity;
  readonly title: IncidentTitle;
  readonly phase: string;
  /** Who reported it; absent: the system did. */
  readonly by?: string;
  /** While that one is not resolved, nobody is called for this one. */
  readonly groupedWith?: string;
  readonly status: 'open' | 'acknowledged' | 'unanswered' | 'resolved';
  readonly openedAt: string;
  readonly resolvedAt?: string;
  /** It was closed as one. */
  readonly falseAlarm?: boolean;
  /** That it shall not stop the release. */
  readonly override?: OverrideRecord;
  /** How often it was opened again. */
  readonly reopened?: number;
}
export interface Approval {
  readonly role: string;
  readonly by: string;
  readonly at: string;
  readonly approved: boolean;
  readonly comment: Quoted;
}
export interface GateRecord {
  readonly openedAt: string;
  readonly approvals: readonly Approval[];
  readonly escalated: boolean;
  /** Those who have not answered were asked again. */
  readonly reminded?: boolean;
  readonly decided?: {
    readonly outcome: GateOutcome;
    readonly reason: Reason;
    /** What the criteria read then. */
    readonly readings?: readonly CriterionReading[];
    readonly at?: string;
    readonly rules?: number;
    readonly overridden?: readonly string[];
  };
}
interface TaskRecord {
  readonly title: TaskTitle;
  readonly owner: string;
  readonly openedAt: string;
  readonly incident?: string;
  readonly closed?: { readonly by: string; readonly at: string; readonly note: Quoted };
}
interface RiskRecord {
  readonly state: RiskState;
  readonly check: string;
  readonly at: string;
}
export type Rows<T> = Readonly<Record<string, T>>;
/** A release without its rows. */
export interface ReleaseHead {
  readonly id: string;
  /** Sequence number and hash of the last ledger entry. */
  readonly seq: number;
  readonly hash: string;
  readonly product: string;
  readonly version: string;
  readonly planRevision: string;
  readonly launchDay: string;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly executionArn: string;
  readonly status: 'active' | ReleaseOutcome;
  readonly closedAt?: string;
  readonly paused: boolean;
  readonly order?: OrderRecord;
  readonly rollback?: RollbackRecord;
  /** The version that was found to be bad; once another one has taken its place it stands in nobody's way. */
  readonly badVersion?: string;
  /** Freeze windows that do not count for this release, by id: until when. */
  readonly overriddenFreezes?: Readonly<Record<string, string>>;
  /** Percentage of users with access. */
  readonly exposure: number;
  /** What it was last to become: until `exposure` is the same, users may have either. */
  readonly exposing?: number;
  /** Something of this release is installed in production. */
  readonly deployed: boolean;
}
/** The rows of a release: one table for each kind. */
export interface ReleaseTables {
  readonly phases: Rows<PhaseRecord>;
  /** By `phase/item`. */
  readonly items: Rows<ItemRecord>;
  /** By command. */
  readonly scripts: Rows<ScriptRecord>;
  /** By `phase#attempt`. */
  readonly gates: Rows<GateRecord>;
  readonly messages: Rows<MessageRecord>;
  readonly reports: Rows<ReportRecord>;
  readonly incidents: Rows<IncidentRecord>;
  readonly components: Rows<ComponentState>;
  readonly tasks: Rows<TaskRecord>;
  /** What a check said last of a risk; a risk that is not here is quiet. */
  readonly risks: Rows<RiskRecord>;
  /** Last value of each measure that the product's own store keeps: scripts' results, surveys, adoption. */
  readonly measures: Rows<{ readonly value: number; readonly samples: number; readonly at: string }>;
}
export interface Release extends ReleaseHead, ReleaseTables {}

const noRows: ReleaseTables = {
  phases: {},
  items: {},
  scripts: {},
  gates: {},
  messages: {},
  reports: {},
  incidents: {},
  components: {},
  tasks: {},
  risks: {},
  measures: {},
};
export type TableName = keyof ReleaseTables;
const isTable = (member: string): member is TableName => Object.hasOwn(noRows, member);
export const tableNames: readonly TableName[] = Object.keys(noRows).filter(isTable);

/** What is single in a release, and its tables of rows by name. */
export function headAndTables(release: Release): {
  readonly head: ReleaseHead;
  readonly tables: ReleaseTables;
} {
  const members = Object.entries(release);
  return {
    head: Object.fromEntries(members.filter(([name]) => !isTable(name))) as ReleaseHead,
    tables: Object.fromEntries(members.filter(([name]) => isTable(name))) as ReleaseTables,
  };
}
export const itemKey = (phase: string, item: string) => `${phase}/${item}`;
/** Of a phase the attempt that is or was last; of one that has not been entered, the first. */
export const lastAttempt = ({ phases }: Pick<Release, 'phases'>, phase: string): number =>
  phases[phase]?.attempt ?? 1;
export const gateKey = (phase: string, attempt: number) => `${phase}#${attempt}`;
/** A release before its first fact. */
export const emptyRelease = (id: string): Release => ({
  id,
  seq: 0,
  hash: genesis,
  product: '',
  version: '',
  planRevision: '',
  launchDay: '',
  startedBy: '',
  startedAt: '',
  executionArn: '',
  status: 'active',
  paused: false,
  exposure: 0,
  deployed: false,
  ...noRows,
});
