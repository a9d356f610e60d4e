/** Orders of people: into the ledger first, then to the wait where the phase stands. */
import { NotAllowedNow } from '#domain/errors.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { gateKey, type OrderRecord, type Release } from '#domain/ledger/records.ts';
import type { Phase } from '#domain/plan/plan.ts';
import { orderFor, reasonOf, refuseForbidden, refuseImpossible } from '#domain/rules/interventions.ts';
import { ordersSettling, type Wait, waitRules } from '#domain/rules/wait.ts';
import { commit } from './commit.ts';
import type { Settling } from './port-groups.ts';
import { settle } from './waits.ts';

/** Records an order, with what goes with it; the same one again is one. Throws NotAllowedNow. */
export async function giveOrder(
  ports: Settling,
  releaseId: string,
  phase: Phase,
  asked: Omit<OrderRecord, 'phase' | 'attempt'>,
  besides: readonly Fact[] = [],
): Promise<void> {
  const open = await ports.waits.open(releaseId);
  const wait = open.find((one) => one.phase === phase.id && waitRules[one.kind].of === 'phase');
  await commit(ports, releaseId, `user:${asked.by}`, (release) => {
    if (release.status !== 'active')
      throw new NotAllowedNow({
        code: 'release-ended',
        params: { release: releaseId, status: release.status },
      });
    const standing = release.order;
    if (standing && isSame(standing, phase, asked)) return besides;
    // Nothing that was wanted before keeps anybody from going back.
    if (standing && (asked.order !== 'roll-back' || standing.order === 'roll-back'))
      throw new NotAllowedNow({
        code: 'order-under-way',
        params: { by: standing.by, order: standing.order, phase: standing.phase },
      });
    refuseImpossible(asked.order, phase, wait);
    refuseForbidden(ports.plan, release, phase, wait?.attempt ?? 1, asked.order, ports.clock.nowMs());
    refuseDecided(release, phase, wait);
    return [...besides, { type: 'phase.ordered', phase: phase.id, attempt: wait?.attempt ?? 1, ...asked }];
  });
}

const isSame = (
  standing: OrderRecord,
  { id }: Phase,
  asked: Omit<OrderRecord, 'phase' | 'attempt'>,
): boolean =>
  standing.phase === id &&
  standing.order === asked.order &&
  standing.level === asked.level &&
  standing.component === asked.component;

/** What has been decided is on its way already. */
function refuseDecided(release: Release, { id }: Phase, wait: Wait | undefined): void {
  const { attempt, status, observed, answers } = release.phases[id] ?? {};
  const isAsked = wait?.kind === 'decision' || wait?.kind === 'agreement';
  if (status === 'closed' && attempt === wait?.attempt && !isAsked)
    throw new NotAllowedNow({ code: 'phase-over', params: { phase: id } });
  if (wait?.kind === 'decision' && answers?.decision !== undefined)
    throw new NotAllowedNow({ code: 'already-answered', params: { answer: answers.decision } });
  const gate = release.gates[gateKey(id, wait?.attempt ?? 1)];
  if (wait?.kind === 'bake' && observed)
    throw new NotAllowedNow({
      code: 'observation-ended',
      params: { phase: id, verdict: observed.verdict },
    });
  if (wait?.kind === 'hold' && answers?.hold !== undefined)
    throw new NotAllowedNow({ code: 'hold-answered', params: { phase: id, answer: answers.hold } });
  if (wait?.kind === 'gate' && gate?.decided)
    throw new NotAllowedNow({
      code: 'gate-decided',
      params: { phase: id, outcome: gate.decided.outcome },
    });
}

/** Sends a standing order to the wait, if it is one that it can be carried out at. Answers whether it was. */
export async function executeOrder(ports: Settling, release: Release, wait: Wait): Promise<boolean> {
  const order = orderFor(release, wait, 'promote', 'hold', 'correct', 'roll-back');
  if (!order || !ordersSettling(wait).includes(order.order)) return false;
  const ordered = { outcome: order.order, reason: reasonOf(ports.plan, order) };
  // A hold is left by its resolution, which the state reads in any case.
  await settle(ports, wait, { ordered, ...(wait.kind === 'hold' ? { resolution: order.order } : {}) });
  return true;
}

/** `executeOrder`, of a release that nobody has loaded yet; it is not read for a wait that no order can end. */
export const loadAndExecuteOrder = async (ports: Settling, wait: Wait): Promise<boolean> =>
  ordersSettling(wait).length > 0 && executeOrder(ports, await ports.releases.load(wait.releaseId), wait);
