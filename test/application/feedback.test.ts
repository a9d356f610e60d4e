/** What users answered is counted into a release that is under way, and into no other. */
import { expect, it } from 'vitest';
import { countFeedback } from '#application/feedback.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { crowded, crowdedRelease } from '#test/support/crowded-release.ts';

const { releaseId, phase, attempt } = crowded;
const exposed: Fact = { type: 'exposure.changed', phase, attempt, from: 0, to: 10 };
const ended: Fact = {
  type: 'release.closed',
  outcome: 'completed',
  reason: { code: 'run-through', params: {} },
};

it.each([
  ['that is under way has its measures', [exposed], true],
  ['that ended meanwhile stays as it is, and nobody is called', [exposed, ended], false],
])('what users answered of a release %s', async (_title, facts, expected) => {
  const ports = await crowdedRelease({ facts });
  const tallies = { q: { answers: 40, good: 40 } };
  const feedback = { ...ports.feedback, tallies: async () => tallies };
  const before = (await ports.releases.load(releaseId)).seq;
  await countFeedback({ ...ports, feedback }, releaseId);
  expect((await ports.releases.load(releaseId)).seq > before).toBe(expected);
});
