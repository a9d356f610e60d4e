/**
 * A wait: a task token parked until a person, a script, a metric or a date settles it.
 *
 * `ARMED -> SETTLING(answer) -> SETTLED`. The move to SETTLING is one conditional write with one winner; only then is
 * Step Functions told. Whoever comes later finds the stored answer and either sends it again (a crash between the two)
 * or does nothing. Arming again (a retry of the state carries a new token) raises the epoch: what belongs to an older
 * epoch is ignored.
 */
import type { Order } from '../ledger/facts.ts';

export const waitKinds = [
  'start',
  'script',
  'checklist',
  'bake',
  'gate',
  'hold',
  'correction',
  'decision',
  'agreement',
  'follow-up',
  'acknowledgement',
] as const;
export type WaitKind = (typeof waitKinds)[number];

/** What a phase stands at, and so what an order can be carried out at; the others are a release's or an incident's. */
type WaitRule =
  | {
      readonly of: 'phase';
      readonly orders: readonly Order[];
      /** An order settles it as it stands, or is read by its review, which settles it with its own end. */
      readonly ordered: 'at-once' | 'by-its-review' | 'never';
    }
  | { readonly of: 'release' | 'incident' };

/** One row per kind; who looks at it is in `application/reconcile-waits.ts`. */
export const waitRules: Readonly<Record<WaitKind, WaitRule>> = {
  start: { of: 'phase', orders: ['skip-wait', 'correct', 'roll-back'], ordered: 'at-once' },
  // As soon as it has ended: what installs must not be overtaken by what takes back.
  script: { of: 'phase', orders: ['correct', 'roll-back'], ordered: 'by-its-review' },
  checklist: { of: 'phase', orders: ['correct', 'roll-back'], ordered: 'at-once' },
  bake: { of: 'phase', orders: ['promote', 'hold', 'correct', 'roll-back'], ordered: 'at-once' },
  gate: { of: 'phase', orders: ['skip-wait', 'hold', 'correct', 'roll-back'], ordered: 'by-its-review' },
  hold: { of: 'phase', orders: ['correct', 'roll-back'], ordered: 'at-once' },
  correction: { of: 'phase', orders: [], ordered: 'never' },
  decision: { of: 'phase', orders: ['roll-back'], ordered: 'at-once' },
  agreement: { of: 'phase', orders: ['roll-back'], ordered: 'at-once' },
  'follow-up': { of: 'release' },
  acknowledgement: { of: 'incident' },
};

/** The orders that settle the wait as it stands. */
export function ordersSettling({ kind }: Pick<Wait, 'kind'>): readonly Order[] {
  const rule = waitRules[kind];
  return rule.of === 'phase' && rule.ordered === 'at-once' ? rule.orders : [];
}

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
