/** Answers and reports of users, counted into the ledger. */
import { feedbackFacts, problems } from '#domain/audience/feedback.ts';
import { lastAttempt } from '#domain/ledger/records.ts';
import type { Severity } from '#domain/plan/plan.ts';
import { phaseNow } from '#domain/rules/progress.ts';
import { commit } from './commit.ts';
import { openIncident } from './incidents.ts';
import type { With } from './port-groups.ts';

export async function countFeedback(
  ports: With<'releases' | 'feedback' | 'audience' | 'escalations'>,
  releaseId: string,
): Promise<void> {
  const { plan, clock, feedback, audience } = ports;
  if (!plan.feedback) return;
  const tallies = await feedback.tallies(releaseId);
  const { exposure } = await ports.releases.load(releaseId);
  const people = exposure === 0 ? 0 : await audience.count({ exposed: exposure });
  const { status } = await commit(ports, releaseId, 'system:feedback', (release) =>
    // It may have ended under the hands of whoever looks after it.
    release.status === 'active' ? feedbackFacts(plan, release, tallies, people, clock.nowMs()) : [],
  );
  if (status !== 'active') return;
  const reports = tallies[problems]?.answers ?? 0;
  const rule = plan.feedback.problems?.incident;
  if (rule && people > 0 && reports >= Math.max(rule.reportsMin, (rule.percent / 100) * people))
    await callAboutProblems(ports, releaseId, reports, rule.severity);
}

/** Once in each attempt of a phase: who resolves it has read the reports that there were. */
async function callAboutProblems(
  ports: With<'releases' | 'escalations'>,
  releaseId: string,
  reports: number,
  severity: Severity,
): Promise<void> {
  const release = await ports.releases.load(releaseId);
  const { id: phase } = phaseNow(ports.plan, release);
  const attempt = lastAttempt(release, phase);
  const cause = 'problems';
  if (release.incidents[`${phase}.${attempt}.${cause}`]) return;
  const title = { code: 'problems', params: { phase, reports } } as const;
  await openIncident(ports, releaseId, 'system:feedback', { phase, attempt, cause, severity, title });
}
