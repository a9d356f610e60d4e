/**
 * Agrees to what a rollback cannot give back, or declines it. It is carried out once two different people want it: who chose it
 * counts as one. Declined, nothing of it happens, and people decide anew.
 */
import { reviewAgreement } from '#application/agreement.ts';
import { commit } from '#application/commit.ts';
import { agreeing } from '#application/port-groups.ts';
import { NotAllowedNow } from '#domain/errors.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { irrevocableIn } from '#domain/rules/agreement.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { EmptyOutput, Words } from '../contracts/identity.ts';
import { permitted, requireActive, requireWait } from '../runtime/permission.ts';

const answering = <const N extends 'agree-rollback' | 'decline-rollback'>(name: N, agreed: boolean) =>
  permitted({
    name,
    needs: agreeing,
    input: PhaseCommand.extend({ comment: Words }),
    output: EmptyOutput,
    run: async ({ actor, releaseId, phase, comment }, ports) => {
      const wait = await requireWait(ports, releaseId, 'agreement', phase);
      const by = actor.userId;
      await commit(ports, releaseId, `user:${by}`, (release): readonly Fact[] => {
        requireActive(release);
        const { course = 'none', people = [] } = release.rollback ?? {};
        const level = irrevocableIn(ports.plan, course);
        // Declined already.
        if (level === undefined) return [];
        if (agreed && people.includes(by))
          throw new NotAllowedNow({ code: 'second-person-wanted', params: { person: by, level } });
        const type = agreed ? 'rollback.agreed' : 'rollback.declined';
        return [{ type, phase, attempt: wait.attempt, level, by, comment }];
      });
      await reviewAgreement(ports, wait);
      return {};
    },
  });

export const agreeRollback = answering('agree-rollback', true);
export const declineRollback = answering('decline-rollback', false);
