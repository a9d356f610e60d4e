/** Why what is asked is not possible in the state the release is in. */
import type { Blocker } from '../ledger/causes.ts';
import type { Fact, Order, PhaseResolution, Verdict } from '../ledger/facts.ts';
import type { Irrevocable, ReleaseOutcome } from '../ledger/outcomes.ts';
import type { GateOutcome } from '../plan/plan.ts';
import type { WaitKind } from '../rules/wait.ts';
import type { ReleaseStatus } from './release.ts';

interface OfPhase {
  readonly phase: string;
}
interface Decided extends OfPhase {
  readonly outcome: GateOutcome;
}

export interface NotAllowed {
  'release-ended': { readonly release: string; readonly status: ReleaseStatus };
  /** An execution that outlives its release wanted to write `fact`. */
  'fact-after-end': {
    readonly release: string;
    readonly status: ReleaseOutcome;
    readonly fact: Fact['type'];
  };
  /** `until`: an instant, from which on two people may abort it all the same. */
  'rollback-runs': { readonly release: string; readonly phase: string; readonly until: string };
  'release-gives-access': { readonly release: string };
  'release-completed': { readonly release: string };
  'access-of-another-release': { readonly release: string };
  /** `launchDay`: the day on which users got access. */
  'launch-day-fixed': { readonly launchDay: string };
  'no-other-candidate': Record<string, never>;
  'no-other-candidate-now': { readonly phases: readonly string[] };
  'freeze-not-in-force': { readonly freeze: string };

  'phase-not-open': OfPhase;
  /** `open`: what is waited for instead. */
  'not-waited-for': {
    readonly release: string;
    readonly kind: WaitKind;
    readonly phase?: string;
    readonly open: readonly { readonly kind: WaitKind; readonly phase: string }[];
  };
  /** An order of somebody stands in the way of another order, of an answer. */
  'order-under-way': { readonly by: string; readonly order: Order; readonly phase: string };
  'order-stands': { readonly by: string; readonly order: Order };
  'already-answered': { readonly answer: string };
  /** Who chose it, or has agreed, is not a second person. */
  'second-person-wanted': { readonly person: string; readonly level: Irrevocable };
  'hold-answered': { readonly phase: string; readonly answer: string };
  'phase-over': OfPhase;
  'observation-ended': { readonly phase: string; readonly verdict: Verdict };
  'gate-decided': Decided;
  'gate-decided-by-item': Decided;
  'gate-without-date': OfPhase;
  /** `at`: the wait that the phase stands at. */
  'order-impossible': { readonly phase: string; readonly order: Order; readonly at: WaitKind | 'none' };
  /** `from`: an instant. */
  'too-many-reports': { readonly person: string; readonly reportsMax: number; readonly from: string };
  'order-held-back': { readonly phase: string; readonly order: Order; readonly because: Blocker };
  /** What an answer to a hold would give is blocked. */
  'incident-stops-nothing': { readonly incident: string };
  'answer-held-back': {
    readonly phase: string;
    readonly answer: PhaseResolution;
    readonly because: Blocker;
  };
  /** An answer to a hold leads nowhere from where the phase stands. */
  'answer-impossible': {
    readonly phase: string;
    readonly answer: PhaseResolution;
    readonly possible: readonly PhaseResolution[];
  };
  'no-correction-left': { readonly phase: string; readonly attemptsMax: number };
  'no-retry-left': { readonly phase: string; readonly attemptsMax: number };
}
