/** Answers and reports of users, counted into the ledger. */
import { feedbackFacts } from '../feedback.ts';
import { commit } from './commit.ts';
import type { With } from './powers.ts';

export async function countFeedback(
  ports: With<'releases' | 'feedback' | 'audience'>,
  releaseId: string,
): Promise<void> {
  const { plan, clock, feedback, audience } = ports;
  if (!plan.feedback) return;
  const tallies = await feedback.tallies(releaseId);
  const { exposure } = await ports.releases.load(releaseId);
  const people = exposure === 0 ? 0 : await audience.count({ exposed: exposure });
  await commit(ports, releaseId, 'system:feedback', (release) =>
    feedbackFacts(plan, release, tallies, people, clock.nowMs()),
  );
}
