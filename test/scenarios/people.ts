/** People who order whatever comes to their mind, whenever: what they are refused is shrugged off, what they are given must stay true. */
import { addDays } from '#domain/plan/calendar.ts';
import { itemsOf } from '#domain/plan/checklist.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { dayMs, hourMs } from '#domain/time.ts';
import type { CommandName } from '#functions/runtime/operations.ts';
import { firstRelease, isOver, type Rehearsal, rehearsalOf, rehearsalWorld } from '#rehearsal/rehearse.ts';
import { type Chance, streamsOf } from '#rehearsal/world/chance.ts';
import { type Chaos, calm } from '#rehearsal/world/chaos.ts';
import { holderOf } from '#rehearsal/world/team.ts';
import type { World } from '#rehearsal/world/world.ts';

interface Weather {
  readonly plan: Plan;
  readonly seed: number;
  readonly users: number;
  readonly chaos?: Chaos;
  /** How many orders, over the time that the plan takes. */
  readonly orders: number;
}
/** What held phases and refusals may add to the plan's time. */
const patienceMs = 250 * dayMs;
const eventsMax = 5_000_000;

export async function rehearsalOfPeople({
  plan,
  seed,
  users,
  chaos = calm,
  orders,
}: Weather): Promise<Rehearsal> {
  const world = rehearsalWorld({ plan, seed, users, chaos, launchDay: plan.launch.day });
  const chance = streamsOf('people')(seed);
  const startMs = world.clock.nowMs();
  const release = firstRelease(plan, plan.launch.day);
  await world.start(release);
  for (let nth = 0; nth < orders; nth += 1) {
    const atMs = startMs + chance.between(0, 75 * 24) * hourMs;
    world.clock.at(atMs, () => void order(world, plan, chance, release.releaseId));
  }
  await world.clock.runUntil(
    (nowMs) => nowMs > startMs + patienceMs || isOver(world, release.releaseId, nowMs),
    {
      eventsMax,
    },
  );
  return rehearsalOf(plan, world, release.releaseId, startMs);
}

/** One of anything that people may say, as one of the people who may say it. */
async function order(world: World, plan: Plan, chance: Chance, releaseId: string): Promise<void> {
  const one = <T>(some: readonly T[]): T => {
    const found = some[Math.floor(chance.between(0, some.length - 1e-9))];
    if (found === undefined) throw new RangeError('nothing to choose from');
    return found;
  };
  const roles = Object.entries(plan.roles).flatMap(([id, { external }]) => (external ? [] : [id]));
  const role = one(roles);
  const release = world.releases.peek(releaseId);
  if (!release) return;
  const phase = one(plan.phases);
  const component = one(Object.keys(plan.components));
  const incident = one([...Object.keys(release.incidents), 'none']);
  const said = { reason: 'au hasard', comment: 'au hasard' };
  const commands: readonly (readonly [CommandName, object])[] = [
    ['pause-release', said],
    ['unpause-release', said],
    ['unpause-release', said],
    ['mark-version-bad', said],
    ['replace-candidate', { ...said, version: one(['1.0.1', 'v1', '2.0.0']) }],
    [
      'move-launch-day',
      { ...said, launchDay: addDays(plan.launch.day, Math.round(chance.between(-20, 20))) },
    ],
    ['order-phase', { ...said, phase: phase.id, order: one(['skip-wait', 'promote', 'hold', 'correct']) }],
    [
      'order-phase',
      {
        ...said,
        phase: phase.id,
        order: 'roll-back',
        level: one(['full', 'partial', 'degraded']),
        component,
      },
    ],
    ['reject-gate', { ...said, phase: phase.id, role }],
    ['approve-gate', { ...said, phase: phase.id, role }],
    ['resume-phase', { ...said, phase: phase.id, resolution: one(['gate', 'observe', 'expose', 'correct']) }],
    ['decide-phase', { ...said, phase: phase.id, decision: one(['retry', 'abandon']) }],
    ['agree-rollback', { ...said, phase: phase.id }],
    ['decline-rollback', { ...said, phase: phase.id }],
    ['waive-item', { ...said, phase: phase.id, item: one([...itemsOf(phase).map(({ id }) => id), 'none']) }],
    [
      'open-incident',
      { title: one(['lent', 'perdu', 'bizarre']), severity: one(['user', 'technical', 'critical', 'major']) },
    ],
    ['acknowledge-incident', { incident }],
    ['resolve-incident', { ...said, incident }],
    ['override-incident', { ...said, incident }],
    ['abort-release', said],
    ['withdraw-access', said],
    ['erase-person', { userId: `user-${Math.round(chance.between(0, 50))}` }],
  ];
  const [name, what] = one(commands);
  // An abort ends the story: it is rarer than the rest.
  if (name === 'abort-release' && chance.between(0, 1) < 0.8) return;
  const actor = { userId: one([holderOf(role), `${role}-2`]), roles: [role] };
  await world.delivery.invoke(name, { actor, releaseId, ...members(name, what) }).catch(() => undefined);
}

/** Each command takes its own words, and no others. */
function members(name: CommandName, what: object): object {
  const { reason, comment, ...rest } = what as { reason?: string; comment?: string };
  const takesReason = /^(pause|unpause|mark|replace|move|order|waive|abort|withdraw|override-freeze)/.test(
    name,
  );
  const takesComment = /^(reject|approve|resume-phase|decide|agree|decline|override-incident|resolve)/.test(
    name,
  );
  return {
    ...rest,
    ...(takesReason && reason ? { reason } : {}),
    ...(takesComment && comment ? { comment } : {}),
  };
}
