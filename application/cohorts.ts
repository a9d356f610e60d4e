/**
 * Before the first users get the new version: the cohorts that it will be compared in are compared while both still run the
 * old one. What differs now would be blamed on the new version later.
 */
import { hasControl, isCounted, type Reading } from '#domain/judge/check.ts';
import { checkTestOf } from '#domain/judge/check-test.ts';
import { foresee } from '#domain/judge/detectable-effect-of-phase.ts';
import { type Judgement, judge } from '#domain/judge/judge.ts';
import { unknownCauseOf } from '#domain/judge/source-faults.ts';
import type { Fact, Verdict } from '#domain/ledger/facts.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import type { Check } from '#domain/plan/plan.ts';
import { minuteMs } from '#domain/time.ts';
import type { With } from './port-groups.ts';
import { readSeries } from './readings.ts';

/** How long the cohorts are looked at, and the chance that equal ones are called different (note on tests, 1.8). */
const comparedMinutes = 60;
const falseAlarm = 0.01;

/** Unhealthy: they differ. Unknown: nothing was measured by cohort yet, which is no reason to wait. */
export async function compareCohorts(
  ports: With<'releases' | 'metrics'>,
  releaseId: string,
  phaseId: string,
  attempt: number,
): Promise<{ readonly verdict: Verdict; readonly facts: readonly Fact[] }> {
  const { plan, clock } = ports;
  const phase = phaseOf(plan, phaseId);
  const release = await ports.releases.load(releaseId);
  const { exposure = 0, observation } = phase;
  const foreseen: readonly Fact[] = [
    { type: 'observation.foreseen', phase: phaseId, attempt, sights: foresee(plan, phase, attempt) },
  ];
  const situation = {
    fromMinute: Math.floor(clock.nowMs() / minuteMs) - comparedMinutes,
    nowMinute: Math.floor(clock.nowMs() / minuteMs),
    exposure,
    hours: 1,
    alpha: falseAlarm,
  };
  const checks = (observation?.checks ?? []).filter((id) => {
    const check = plan.checks[id];
    return check !== undefined && hasControl(check, exposure) && checkTestOf(check, situation) !== undefined;
  });
  // Users who have the new version already differ from the others by it.
  if (release.exposure > 0 || checks.length === 0) return { verdict: 'unknown', facts: foreseen };
  const from = Object.fromEntries(checks.map((id) => [id, situation.fromMinute]));
  const answers = await readSeries(ports, release, from);
  const series = Object.fromEntries(Object.entries(answers).map(([id, one]) => [id, one.series]));
  const { judgements } = judge({}, checks, plan.checks, series, situation);
  const measured = checks.filter((id) => isMeasured(plan.checks[id], judgements[id]));
  const different = checks.filter((id) => judgements[id]?.proven || isSplit(judgements[id]?.reading));
  const verdict: Verdict = different.length > 0 ? 'unhealthy' : measured.length > 0 ? 'healthy' : 'unknown';
  return {
    verdict,
    facts: [
      ...foreseen,
      {
        type: 'cohorts.compared',
        phase: phaseId,
        attempt,
        verdict,
        checks: different.length > 0 ? different : measured,
      },
    ],
  };
}

/** There was something of both cohorts to compare. */
const isMeasured = (check: Check | undefined, judgement: Judgement | undefined): boolean =>
  check !== undefined &&
  judgement?.overall !== undefined &&
  (isCounted(check) || judgement.overall.control !== undefined);

const isSplit = (reading: Reading | undefined): boolean =>
  reading?.kind === 'unknown' && unknownCauseOf[reading.fault.code] === 'split';
