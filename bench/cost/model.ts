/** The whole cost model of a plan, as data: the bill, what watches the bakes, how all of it grows. */
import { BadInput } from '#cli/terminal/exit.ts';
import type { Plan } from '#domain/plan/plan.ts';
import * as assumptions from './assumptions.ts';
import { withLongerBakes, withMoreChecks } from './growth.ts';
import { causedBy, causes, type Measured, measure, polled, polledLoops, ticked } from './measure.ts';
import { callbackEvents, type Polled } from './polled.ts';
import { prices } from './prices.ts';
import {
  afterFreeTier,
  byService,
  dollarsOf,
  type Line,
  linesOf,
  minus,
  onLine,
  sumOf,
  type Usage,
} from './usage.ts';

export interface ModelOptions {
  readonly plan: Plan;
  readonly users: number;
  readonly seed: number;
  readonly freeTier: boolean;
  /** Fewer rehearsals: two points of each growth, and more of the users on a line. */
  readonly quick: boolean;
}

interface Bill {
  readonly caused: readonly Line[];
  readonly standing: readonly Line[];
  readonly dollars: { readonly caused: number; readonly standing: number; readonly total: number };
}
export interface GrowthRow {
  readonly at: number;
  /** Rehearsed, or on a line through two that were. */
  readonly rehearsed: boolean;
  readonly days: number;
  /** Of what the release causes. */
  readonly services: Readonly<Record<string, number>>;
  readonly dollars: Bill['dollars'];
  /** What the release would cause with its bakes polled every minute in the state machine. */
  readonly polledDollars: number;
}
interface WatchingRow {
  readonly how: 'waits for a token' | 'polls in the state machine';
  readonly everyMinutes: number;
  /** The plan's own: every look was rehearsed. Else each costs what one of the plan's costs. */
  readonly rehearsed: boolean;
  readonly looks: number;
  readonly transitions: number;
  readonly longestEvents: number;
  readonly children: number;
  readonly dollars: { readonly watching: number; readonly caused: number };
}
export interface Model {
  readonly plan: string;
  readonly users: number;
  readonly seed: number;
  readonly freeTier: boolean;
  readonly outcome: string;
  readonly days: number;
  readonly months: number;
  readonly historyEvents: number;
  readonly bill: Bill;
  readonly causes: Readonly<Record<string, number>>;
  readonly functions: readonly {
    readonly name: string;
    readonly invocations: number;
    readonly meanMs: number;
  }[];
  readonly calls: Readonly<Record<string, number>>;
  readonly bakes: readonly { readonly wait: string; readonly hours: number; readonly everyMinute: Polled }[];
  readonly watching: readonly WatchingRow[];
  readonly growth: {
    readonly bakes: readonly GrowthRow[];
    readonly users: readonly GrowthRow[];
    readonly checks: readonly GrowthRow[];
  };
  readonly assumptions: typeof assumptions;
  readonly prices: typeof prices;
}

const userSteps = [1000, 10_000, 100_000, 1_000_000] as const;
/** More take a minute to rehearse: from here on a line says it, on which quantities per mail lie exactly. */
const rehearsedUsersMax = { whole: 100_000, quick: 10_000 } as const;

/** Throws BadInput when a rehearsal does not come to its end well: its bill would be that of another release. */
export async function modelOf({ plan, users, seed, freeTier, quick }: ModelOptions): Promise<Model> {
  const billed: Billing = (usage, months) => (freeTier ? afterFreeTier(usage, months) : usage);
  const rehearsed = async (one: Plan, people: number) => completed(await measure(one, people, seed));
  const base = await rehearsed(plan, users);
  const rowsOf = async (factors: readonly number[], change: (plan: Plan, factor: number) => Plan) => {
    const rows: GrowthRow[] = [];
    for (const factor of factors) {
      const one = factor === 1 ? base : await rehearsed(change(plan, factor), users);
      rows.push(rowOf(factor, true, pointOf(one), billed));
    }
    return rows;
  };
  const { recording } = base;
  return {
    plan: plan.title,
    users,
    seed,
    freeTier,
    outcome: base.outcome,
    days: base.days,
    months: base.months,
    historyEvents: base.historyEvents,
    bill: billOf(causedBy(base), base.standing, base.months, billed),
    causes: Object.fromEntries(causes.map((cause) => [cause, dollarsOf(base.caused[cause])])),
    functions: [...recording.functions].map(([name, { invocations, ms }]) => ({
      name,
      invocations,
      meanMs: ms / invocations,
    })),
    calls: Object.fromEntries(recording.calls),
    bakes: polledLoops(base, 1).map((everyMinute, index) => {
      const { wait = '', minutes = 0 } = base.bakes[index] ?? {};
      return { wait, hours: minutes / 60, everyMinute };
    }),
    watching: watchingOf(base),
    growth: {
      bakes: await rowsOf(quick ? [1, 4] : [1, 2, 4, 8], withLongerBakes),
      users: await usersOf(base, rehearsed, plan, quick, billed),
      checks: await rowsOf(quick ? [1, 4] : [1, 2, 4], withMoreChecks),
    },
    assumptions: { ...assumptions },
    prices,
  };
}

type Billing = (usage: Usage, months: number) => Usage;

function completed(measured: Measured): Measured {
  if (measured.outcome === 'completed') return measured;
  throw new BadInput(
    `the rehearsal with ${measured.users} users ended ${measured.outcome}, and its bill would be another release's: a bake with too few users proves nothing, give more`,
  );
}

/** The free tier covers first what stands there anyway. */
function billOf(caused: Usage, standing: Usage, months: number, billed: Billing): Bill {
  const whole = billed(sumOf([caused, standing]), months);
  const stands = billed(standing, months);
  const rest = minus(whole, stands);
  return {
    caused: linesOf(rest).filter(({ quantity }) => quantity > 0),
    standing: linesOf(stands).filter(({ quantity }) => quantity > 0),
    dollars: { caused: dollarsOf(rest), standing: dollarsOf(stands), total: dollarsOf(whole) },
  };
}

/** What a row of growth is made of. */
interface Point {
  readonly caused: Usage;
  readonly polled: Usage;
  readonly standing: Usage;
  readonly days: number;
  readonly months: number;
}
const pointOf = (one: Measured): Point => ({
  caused: causedBy(one),
  polled: polled(one, 1).usage,
  standing: one.standing,
  days: one.days,
  months: one.months,
});

function rowOf(at: number, rehearsed: boolean, point: Point, billed: Billing): GrowthRow {
  const { caused, standing, months, days } = point;
  const bill = billOf(caused, standing, months, billed);
  const rest = minus(billed(sumOf([caused, standing]), months), billed(standing, months));
  return {
    at,
    rehearsed,
    days,
    services: Object.fromEntries(byService(rest)),
    dollars: bill.dollars,
    polledDollars: billOf(point.polled, standing, months, billed).dollars.caused,
  };
}

/** Every quantity per user lies on a line: the two largest rehearsals say where the rest of it is. */
async function usersOf(
  base: Measured,
  rehearsed: (plan: Plan, users: number) => Promise<Measured>,
  plan: Plan,
  quick: boolean,
  billed: Billing,
): Promise<readonly GrowthRow[]> {
  const usersMax = quick ? rehearsedUsersMax.quick : rehearsedUsersMax.whole;
  const points: (readonly [number, Point])[] = [];
  for (const users of userSteps.filter((one) => one <= usersMax)) {
    points.push([users, pointOf(users === base.users ? base : await rehearsed(plan, users))]);
  }
  const [a, b] = points.slice(-2);
  if (!a || !b) throw new RangeError('a line needs two rehearsals');
  const beyond = userSteps.filter((one) => one > usersMax);
  return [
    ...points.map(([users, point]) => rowOf(users, true, point, billed)),
    ...beyond.map((users) => rowOf(users, false, along(a, b, users), billed)),
  ];
}

function along([xA, a]: readonly [number, Point], [xB, b]: readonly [number, Point], x: number): Point {
  const line = (pick: 'caused' | 'polled' | 'standing') => onLine([xA, a[pick]], [xB, b[pick]], x);
  return { ...b, caused: line('caused'), polled: line('polled'), standing: line('standing') };
}

/** Always without free tier: what differs is smaller than it. */
function watchingOf(base: Measured): readonly WatchingRow[] {
  if (base.bakes.length === 0) return [];
  const rest = dollarsOf(minus(causedBy(base), base.caused['watching bakes']));
  const own = Math.max(...base.tickMinutes);
  const intervals = [...new Set([own, 1])];
  const transitions = base.bakes.length;
  return [
    ...intervals.map((everyMinutes): WatchingRow => {
      const { usage, looks } =
        everyMinutes === own
          ? { usage: causedBy(base), looks: base.bakes.reduce((sum, { ticks }) => sum + ticks, 0) }
          : ticked(base, everyMinutes);
      return {
        how: 'waits for a token',
        everyMinutes,
        rehearsed: everyMinutes === own,
        looks,
        transitions,
        longestEvents: callbackEvents,
        children: 0,
        dollars: { watching: dollarsOf(usage) - rest, caused: dollarsOf(usage) },
      };
    }),
    ...intervals.map((everyMinutes): WatchingRow => {
      const { usage, looks, transitions: taken, longestEvents, children } = polled(base, everyMinutes);
      const dollars = { watching: dollarsOf(usage) - rest, caused: dollarsOf(usage) };
      return {
        how: 'polls in the state machine',
        everyMinutes,
        rehearsed: false,
        looks,
        transitions: taken,
        longestEvents,
        children,
        dollars,
      };
    }),
  ];
}
