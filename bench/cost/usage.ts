/** Quantities of what has a price, and what they cost. Pure. */
import { type Price, type Priced, pricedNames, prices } from './prices.ts';

/** How much of each; what is absent is none. */
export type Usage = Readonly<Partial<Record<Priced, number>>>;

export const sumOf = (usages: readonly Usage[]): Usage => {
  const sum: Partial<Record<Priced, number>> = {};
  for (const usage of usages) {
    for (const [name, quantity] of Object.entries(usage) as [Priced, number][]) {
      sum[name] = (sum[name] ?? 0) + quantity;
    }
  }
  return sum;
};

const mapped = (usage: Usage, change: (quantity: number, name: Priced) => number): Usage =>
  Object.fromEntries(
    pricedNames.flatMap((name) => (usage[name] === undefined ? [] : [[name, change(usage[name], name)]])),
  );

export const times = (usage: Usage, factor: number): Usage => mapped(usage, (quantity) => quantity * factor);
export const minus = (usage: Usage, other: Usage): Usage => sumOf([usage, times(other, -1)]);
export const without = (usage: Usage, name: Priced): Usage =>
  mapped(usage, (quantity, one) => (one === name ? 0 : quantity));

/**
 * The usage at `x` on the straight line through two that were measured. Quantities that do not depend on `x` stay as they
 * are; none becomes negative.
 */
export function onLine(
  [xA, a]: readonly [number, Usage],
  [xB, b]: readonly [number, Usage],
  x: number,
): Usage {
  if (xA === xB) throw new RangeError(`both points are at ${xA}: a line needs two`);
  const share = (x - xA) / (xB - xA);
  const line = sumOf([times(a, 1 - share), times(b, share)]);
  return mapped(line, (quantity) => Math.max(0, quantity));
}

/** The free tier is the account's, by the month: what is left of it for a release is all of it, at best. */
export const afterFreeTier = (usage: Usage, months: number): Usage =>
  mapped(usage, (quantity, name) => {
    const { freePerMonth = 0 }: Price = prices[name];
    return Math.max(0, quantity - freePerMonth * months);
  });

export interface Line {
  readonly service: string;
  readonly unit: string;
  readonly quantity: number;
  readonly dollars: number;
}

export const linesOf = (usage: Usage): readonly Line[] =>
  pricedNames.flatMap((name) => {
    const quantity = usage[name];
    if (quantity === undefined) return [];
    const { service, unit, dollars, per } = prices[name];
    return [{ service, unit, quantity, dollars: (quantity * dollars) / per }];
  });

export const dollarsOf = (usage: Usage): number =>
  linesOf(usage).reduce((sum, { dollars }) => sum + dollars, 0);

/** Dollars by service, in the order of the price table. */
export function byService(usage: Usage): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { service, dollars } of linesOf(usage)) sums.set(service, (sums.get(service) ?? 0) + dollars);
  return sums;
}
