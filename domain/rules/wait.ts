/**
 * A wait: a task token parked until a person, a script, a metric or a date settles it.
 *
 * `ARMED -> SETTLING(answer) -> SETTLED`. The move to SETTLING is one conditional write with one winner; only then is
 * Step Functions told. Whoever comes later finds the stored answer and either sends it again (a crash between the two)
 * or does nothing. Arming again (a retry of the state carries a new token) raises the epoch: what belongs to an older
 * epoch is ignored.
 */
export const waitKinds = [
  'start',
  'script',
  'checklist',
  'bake',
  'gate',
  'hold',
  'correction',
  'decision',
  'follow-up',
  'acknowledgement',
] as const;
export type WaitKind = (typeof waitKinds)[number];

export interface Wait {
  readonly releaseId: string;
  /** Unique in a release: `phase.attempt.kind` and what else tells it apart. */
  readonly waitId: string;
  readonly kind: WaitKind;
  readonly phase: string;
  readonly attempt: number;
  readonly epoch: number;
  /** Never leaves the waits table except towards Step Functions. */
  readonly token: string;
  readonly status: 'armed' | 'settling' | 'settled' | 'cancelled';
  /** What Step Functions is told, once decided. */
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly armedAt: string;
  readonly deadlineAt?: string;
  /** For a script: the command it runs as. */
  readonly reference?: string;
}

export const waitIdOf = (phase: string, attempt: number, kind: WaitKind, reference = '') =>
  [phase, attempt, kind, reference].filter((part) => part !== '').join('.');
