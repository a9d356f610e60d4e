/** What a person answers to a wait: in the ledger first, then to the workflow; whoever comes second is told so. */
import { NotAllowedNow } from '#domain/errors.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { standingOrder } from '#domain/rules/interventions.ts';
import type { Wait } from '#domain/rules/wait.ts';
import { commit } from './commit.ts';
import type { Settling } from './port-groups.ts';
import { settle } from './waits.ts';

export type AnsweredWait = 'hold' | 'correction' | 'decision';

/** The shape that each state of the release machine reads. */
const shapes = {
  hold: (answer: string) => ({ resolution: answer }),
  correction: (answer: string) => ({ outcome: answer }),
  decision: (answer: string) => ({ decision: answer }),
} as const;

/** Throws NotAllowedNow when somebody answered otherwise before. */
export async function answerWait(
  ports: Settling,
  wait: Wait & { readonly kind: AnsweredWait },
  by: {
    readonly userId: string;
    readonly answer: string;
    readonly fact: Fact;
    /** Throws NotAllowedNow. Read where the answer is written. */
    readonly refuse?: (release: Release) => void;
  },
): Promise<void> {
  await commit(ports, wait.releaseId, `user:${by.userId}`, (release) => {
    const order = standingOrder(release, wait);
    if (order)
      throw new NotAllowedNow({ code: 'order-stands', params: { by: order.by, order: order.order } });
    const before = release.phases[wait.phase]?.answers?.[wait.kind];
    if (before === undefined) {
      by.refuse?.(release);
      return [by.fact];
    }
    if (before === by.answer) return [];
    throw new NotAllowedNow({ code: 'already-answered', params: { answer: before } });
  });
  await reviewAnswer(ports, wait);
}

/** Sends the answer that the ledger has; a crash between the two is repaired by the next look. */
export async function reviewAnswer(
  ports: Settling,
  wait: Wait & { readonly kind: AnsweredWait },
): Promise<void> {
  const { phases } = await ports.releases.load(wait.releaseId);
  const answer = phases[wait.phase]?.answers?.[wait.kind];
  if (answer !== undefined) await settle(ports, wait, shapes[wait.kind](answer));
}
