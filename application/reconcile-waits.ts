/**
 * Review: look at everything a release waits for and settle what may be settled. Called after every command, on every
 * tick and date, and by the hourly reconciler, so that a lost event costs time and nothing else.
 */

import type { Wait, WaitKind } from '#domain/rules/wait.ts';
import { reviewAgreement } from './agreement.ts';
import { watchBake } from './bake.ts';
import { reviewChecklist } from './checklist.ts';
import { reviewAnswer } from './decisions.ts';
import { reviewFollowUp } from './follow-up.ts';
import { remindGate, reviewGate } from './gate.ts';
import { reviewHold } from './hold.ts';
import { loadAndExecuteOrder } from './orders.ts';
import type { Judging, Reviewing, Waiting, Watching } from './port-groups.ts';
import { reviewScript } from './script.ts';
import { reviewAcknowledgement, reviewStart } from './start-phase.ts';
import { scheduleName, settle } from './waits.ts';

export async function reviewWaits(ports: Reviewing, releaseId: string): Promise<void> {
  for (const wait of await ports.waits.open(releaseId)) await reviewWait(ports, wait);
}

async function reviewWait(ports: Reviewing, wait: Wait): Promise<void> {
  if (wait.kind === 'script' && wait.status !== 'settling') await reviewScript(ports, wait);
  else await reviewDecision(ports, wait);
}

/** What people, dates and checks settle: no runner of scripts is asked, so that who only decides has no power over what runs. */
export async function reviewDecisions(ports: Judging, releaseId: string): Promise<void> {
  for (const wait of await ports.waits.open(releaseId)) await reviewDecision(ports, wait);
}

/** Looks at a wait of its kind, and settles it if it may be settled. */
type Review<K extends WaitKind> = (ports: Judging, wait: Wait & { readonly kind: K }) => Promise<void>;
/** Its own ticks look at it (`reviewWait`, `tickDecision`). */
const onItsOwnTicks: Review<WaitKind> = async () => {};

const reviews: { readonly [K in WaitKind]: Review<K> } = {
  start: reviewStart,
  script: onItsOwnTicks,
  checklist: reviewChecklist,
  bake: onItsOwnTicks,
  gate: async (ports, wait) => {
    await reviewGate(ports, wait);
    await remindGate(ports, wait);
  },
  hold: reviewHold,
  correction: reviewAnswer,
  decision: reviewAnswer,
  agreement: reviewAgreement,
  'follow-up': reviewFollowUp,
  acknowledgement: reviewAcknowledgement,
};

const review = <K extends WaitKind>(ports: Judging, wait: Wait & { readonly kind: K }): Promise<void> =>
  reviews[wait.kind](ports, wait);

/** One wait, unless it is for a script. A bake is only read on its own ticks, which decide what counts as continuous. */
export async function reviewDecision(ports: Judging, wait: Wait): Promise<void> {
  if (wait.status === 'settling') {
    await settle(ports, wait, wait.answer ?? {});
    return;
  }
  if (await loadAndExecuteOrder(ports, wait)) return;
  await review(ports, wait);
}

/** A schedule fired: `look` at its wait. One of a wait that is over is removed; one of an older epoch is ignored. */
export async function wakeUp<P extends Waiting>(
  ports: P,
  { releaseId, waitId, epoch }: Pick<Wait, 'releaseId' | 'waitId' | 'epoch'>,
  look: (ports: P, wait: Wait) => Promise<void>,
): Promise<void> {
  const wait = await ports.waits.get(releaseId, waitId);
  if (!wait || wait.status === 'settled' || wait.status === 'cancelled') {
    await ports.schedules.remove(scheduleName(ports.sha256, { releaseId, waitId }, 'tick'));
  } else if (wait.epoch !== epoch) {
    ports.log.write('STALE_WAKE_UP', { releaseId, waitId, epoch });
  } else {
    await look(ports, wait);
  }
}

/** What a tick of the schedule means for its wait. */
export async function tickWait(ports: Reviewing & Watching, wait: Wait): Promise<void> {
  if (wait.kind === 'bake') await tickDecision(ports, wait);
  else await reviewWait(ports, wait);
}

/** What an alarm means for a wait: it bears on metrics, so on bakes and decisions, not on scripts. */
export async function tickDecision(ports: Judging & Watching, wait: Wait): Promise<void> {
  if (wait.kind === 'bake' && wait.status === 'armed') await watchBake(ports, wait);
  else await reviewDecision(ports, wait);
}
