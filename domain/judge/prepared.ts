/** The checks of a bake with the tests that judge them there, made at the first look and used at every later one. */
import type { Check } from '../plan/plan.ts';
import { type CheckTestSettings, certificateOf, checkTestOf, type Tests } from './check-test.ts';

export interface Prepared extends Tests {
  readonly id: string;
  /** Of the budget of its class, 0 to 1. */
  readonly share: number;
}

interface Made {
  readonly checks: Readonly<Record<string, Check>>;
  readonly settings: CheckTestSettings;
  readonly prepared: readonly Prepared[];
}

/**
 * By the list of a bake's checks, the latest: a test keeps nothing of what it is fed with, so whoever looks with the same
 * settings may use the same. Another exposure or attempt has others.
 */
const made = new WeakMap<readonly string[], Made>();

/** `alpha` is what the checks of one class share. Throws RangeError for a check that the plan does not define. */
export function preparedFor(
  ids: readonly string[],
  checks: Readonly<Record<string, Check>>,
  settings: CheckTestSettings,
): readonly Prepared[] {
  const known = made.get(ids);
  if (known?.checks === checks && isSame(known.settings, settings)) return known.prepared;
  const prepared = prepare(ids, checks, settings);
  const { exposure, hours, alpha } = settings;
  made.set(ids, { checks, settings: { exposure, hours, alpha }, prepared });
  return prepared;
}

const isSame = (one: CheckTestSettings, other: CheckTestSettings): boolean =>
  one.exposure === other.exposure && one.hours === other.hours && one.alpha === other.alpha;

function prepare(
  ids: readonly string[],
  checks: Readonly<Record<string, Check>>,
  settings: CheckTestSettings,
): readonly Prepared[] {
  const asked = ids.map((id) => ({ id, check: defined(id, checks) }));
  const tested = asked.filter(({ check }) => checkTestOf(check, settings) !== undefined);
  return asked.map(({ id, check }) => {
    const share = 1 / Math.max(1, tested.filter((one) => one.check.class === check.class).length);
    return {
      id,
      check,
      share,
      test: checkTestOf(check, { ...settings, alpha: settings.alpha * share }),
      certificate: certificateOf(check, settings.exposure),
    };
  });
}

function defined(id: string, checks: Readonly<Record<string, Check>>): Check {
  const check = checks[id];
  if (check) return check;
  throw new RangeError(`the bake reads the unknown check "${id}": define it under checks in the plan`);
}
