/** A rehearsal: a release run in virtual time in a simulated world, with the same state machine and the same handlers. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Release } from '#domain/ledger/records.ts';
import { addDays, instantOf, toInstant } from '#domain/plan/calendar.ts';
import { dayInRelease } from '#domain/plan/message-dates.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { dayMs } from '#domain/time.ts';
import type { Execution } from './asl/execution.ts';
import type { Bill } from './bill.ts';
import type { Scenario } from './scenario.ts';
import { type Chaos, calm } from './world/chaos.ts';
import { calledBy } from './world/team.ts';
import { type Behaviour, contentUsers } from './world/users.ts';
import { type SentNotice, World } from './world/world.ts';

export interface RehearsalOptions {
  readonly plan: Plan;
  readonly scenario?: Scenario | undefined;
  /** One seed makes the rehearsal repeatable bit for bit. */
  readonly seed: number;
  /** Users of the product, 0 to 1,000,000. */
  readonly users: number;
  /** By default the plan's own. */
  readonly launchDay?: string;
  /** Stops when this phase opens. */
  readonly untilPhase?: string;
  readonly behaviour?: Behaviour;
  readonly chaos?: Chaos;
  readonly onEntry?: (entry: LedgerEntry, release: Release) => void;
}

export interface Rehearsal {
  readonly plan: Plan;
  readonly release: Release;
  readonly entries: readonly LedgerEntry[];
  readonly executionStatus: Execution['status'];
  readonly executionError?: string;
  readonly bill: Bill;
  readonly mailbox: {
    readonly campaigns: readonly {
      readonly campaign: string;
      readonly message: string;
      readonly people: number;
      readonly mails: number;
    }[];
  };
  readonly notices: readonly SentNotice[];
  readonly startedAt: string;
  readonly endedAt: string;
  readonly stoppedAtPhase?: string;
  /** What its people are called. */
  readonly person: (id: string) => string;
  /** The world as it was left, for who wants to look closer. */
  readonly world: World;
}

/** A release of half a year with ticks every five minutes has about 100,000 events; mail comes on top. */
const eventsMax = 5_000_000;
/** After the end: mail under way, incidents to resolve. */
const afterglowMs = 3 * dayMs;

/** Throws what starting the release refuses, and an AggregateError when a handler failed in a way nobody expected. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { plan, untilPhase } = options;
  const launchDay = options.launchDay ?? plan.launch.day;
  const world = rehearsalWorld({ ...options, launchDay });
  const startMs = world.clock.nowMs();
  const release = firstRelease(plan, launchDay);
  const { releaseId } = release;
  let reached = false;
  world.releases.onEntry((entry, release) => {
    if (entry.fact.type === 'phase.opened' && entry.fact.phase === untilPhase) reached = true;
    options.onEntry?.(entry, release);
  });
  await world.start(release);
  await world.clock.runUntil((nowMs) => reached || isOver(world, releaseId, nowMs), { eventsMax });
  refuseSurprises(world, options.chaos ?? calm);
  return report(options, world, releaseId, startMs, reached);
}

/** What a release manager starts in a rehearsal. */
export const firstRelease = ({ product }: Plan, launchDay: string) => ({
  releaseId: `${product.slice(0, 13)}-${launchDay}`,
  version: '1.0.0',
  launchDay,
});

/** The world on the eve of the first phase, when the release manager starts it in the afternoon. */
export function rehearsalWorld(
  options: Pick<RehearsalOptions, 'plan' | 'scenario' | 'seed' | 'users' | 'behaviour' | 'chaos'> & {
    readonly launchDay: string;
  },
): World {
  const { plan, scenario, seed, users, launchDay } = options;
  const [first] = plan.phases;
  if (!first) throw new RangeError('a plan needs at least one phase');
  const eve = addDays(dayInRelease(plan, launchDay, first.from), -1);
  return new World({
    plan,
    scenario,
    seed,
    users,
    behaviour: options.behaviour ?? contentUsers,
    chaos: options.chaos ?? calm,
    startMs: instantOf(eve, '16:00', plan.timeZone),
  });
}

function executionOf(world: World, releaseId: string): Execution | undefined {
  return world.engine.executions().find(({ name }) => name === releaseId);
}

/** Nothing more comes of a release: it has ended, its mail has gone, its incidents are resolved. */
export function isOver(world: World, releaseId: string, nowMs: number): boolean {
  const execution = executionOf(world, releaseId);
  if (!execution || execution.status === 'RUNNING') return false;
  const release = world.releases.peek(releaseId);
  if (!release || nowMs > (execution.stopMs ?? nowMs) + afterglowMs) return true;
  const sending = Object.values(release.messages).some(({ status }) => status === 'sending');
  const troubled = Object.values(release.incidents).some(
    ({ status }) => status === 'open' || status === 'acknowledged',
  );
  return release.status !== 'active' && !sending && !troubled;
}

/** A rehearsal that hid a handler's bug would be worse than none. */
function refuseSurprises({ delivery: { deadLetters } }: World, { crash }: Chaos): void {
  if (deadLetters.length === 0 || crash > 0) return;
  const errors = deadLetters.map(({ handler, error }) => new Error(`${handler} failed`, { cause: error }));
  throw new AggregateError(
    errors,
    `${errors.length} events could not be handled, the first by ${errors[0]?.message}`,
  );
}

function report(
  { plan, untilPhase }: RehearsalOptions,
  world: World,
  releaseId: string,
  startMs: number,
  reached: boolean,
): Rehearsal {
  const stopped = reached && untilPhase !== undefined ? { stoppedAtPhase: untilPhase } : {};
  return { ...rehearsalOf(plan, world, releaseId, startMs), ...stopped };
}

/** A release of a world as a rehearsal that stands where the world does. */
export function rehearsalOf(plan: Plan, world: World, releaseId: string, startMs: number): Rehearsal {
  const execution = executionOf(world, releaseId);
  const release = world.releases.peek(releaseId);
  if (!execution || !release) {
    throw new Error(
      `release "${releaseId}" was refused: ${execution?.cause ?? 'its execution did not start'}`,
    );
  }
  return {
    plan,
    release,
    entries: world.releases.ledger(releaseId),
    person: calledBy(plan),
    executionStatus: execution.status,
    ...present({ executionError: execution.error }),
    bill: world.bill(),
    mailbox: { campaigns: world.mailboxes.summary() },
    notices: world.notices,
    startedAt: toInstant(startMs),
    endedAt: toInstant(world.clock.nowMs()),
    world,
  };
}
