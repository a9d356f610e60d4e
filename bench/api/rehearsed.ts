/** The release that is read: Technicia's, a day after its first users got the new version. The same in every process. */
import { dayMs } from '#domain/time.ts';
import { loadPlan } from '#lib/plan.ts';
import { rehearse } from '#rehearsal/rehearse.ts';

export async function rehearsed() {
  const plan = loadPlan(new URL('../../plans/technicia.yaml', import.meta.url).pathname);
  const { world, release: opened } = await rehearse({
    plan,
    seed: 1,
    users: 200,
    untilPhase: 'production-10',
  });
  await world.clock.runFor(dayMs);
  const release = await world.releases.load(opened.id);
  return { plan, world, release, entries: world.releases.ledger(release.id) };
}
