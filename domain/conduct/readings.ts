/** Values for checks: from the product's own store (what people and scripts reported) or from the metrics' provider. */
import { judgeReading, type Reading } from '../check.ts';
import { MetricsUnavailable } from '../errors.ts';
import type { Verdict } from '../facts.ts';
import { measureOf } from '../measures.ts';
import type { Check } from '../plan.ts';
import type { Ports } from '../ports.ts';
import type { Release } from '../release.ts';

interface JudgedReading {
  readonly verdict: Verdict;
  readonly value?: number;
}

/** Reads checks by id over the last `minutes`. A provider that fails makes its readings `unavailable`, never absent. */
export async function readChecks(
  { plan, metrics, clock }: Pick<Ports, 'plan' | 'metrics' | 'clock'>,
  release: Release,
  ids: readonly string[],
  minutes: number,
): Promise<Readonly<Record<string, Reading>>> {
  const own: Record<string, Reading> = {};
  const remote: Record<string, Check> = {};
  for (const id of new Set(ids)) {
    const check = plan.checks[id];
    if (!check) throw new RangeError(`the plan has no check "${id}"`);
    if (check.source.kind === 'jalon') own[id] = ownReading(release, check);
    else remote[id] = check;
  }
  if (Object.keys(remote).length === 0) return own;
  const toMs = clock.nowMs();
  try {
    return { ...own, ...(await metrics.read(remote, { fromMs: toMs - minutes * 60_000, toMs })) };
  } catch (error) {
    if (!(error instanceof MetricsUnavailable)) throw error;
    const unavailable: Reading = { kind: 'unavailable', text: error.message };
    return { ...own, ...Object.fromEntries(Object.keys(remote).map((id) => [id, unavailable])) };
  }
}

function ownReading(release: Release, check: Check): Reading {
  const measure = measureOf(release, check.source.query);
  return measure ? { kind: 'value', value: measure.value, samples: measure.samples } : { kind: 'no-data' };
}

/** What gates and checklists decide by is what was so in the last hour. */
const judgedMinutes = 60;

/** Each check's own verdict on the last hour, by id. */
export async function judgeChecks(
  ports: Pick<Ports, 'plan' | 'metrics' | 'clock'>,
  release: Release,
  ids: readonly string[],
): Promise<Readonly<Record<string, JudgedReading>>> {
  return judgeReadings(ports.plan.checks, await readChecks(ports, release, ids, judgedMinutes));
}

function judgeReadings(
  checks: Readonly<Record<string, Check>>,
  readings: Readonly<Record<string, Reading>>,
): Readonly<Record<string, JudgedReading>> {
  return Object.fromEntries(
    Object.entries(readings).flatMap(([id, reading]) => {
      const check = checks[id];
      if (!check) return [];
      const verdict = judgeReading(check, reading);
      return [[id, reading.kind === 'value' ? { verdict, value: reading.value } : { verdict }]];
    }),
  );
}
