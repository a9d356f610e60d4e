/** Approves or rejects at a gate, for one role. The gate itself decides when everything it needs is there. */
import { commit } from '#application/commit.ts';
import { reviewGate } from '#application/gate.ts';
import { deciding } from '#application/port-groups.ts';
import { NotAllowedNow } from '#domain/errors.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { gateKey } from '#domain/ledger/records.ts';
import { standing } from '#domain/rules/gate.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { EmptyOutput, Name, Words } from '../contracts/identity.ts';
import { permitted, requireActive, requireWait } from '../runtime/permission.ts';

const answering = <const N extends 'approve-gate' | 'reject-gate'>(name: N, approved: boolean) =>
  permitted({
    name,
    needs: deciding,
    input: PhaseCommand.extend({ role: Name, comment: Words }),
    output: EmptyOutput,
    run: async ({ actor, releaseId, phase, role, comment }, ports) => {
      const wait = await requireWait(ports, releaseId, 'gate', phase);
      const by = actor.userId;
      await commit(ports, releaseId, `user:${by}`, (release): readonly Fact[] => {
        requireActive(release);
        const gate = release.gates[gateKey(phase, wait.attempt)];
        if (gate?.decided)
          throw new NotAllowedNow({
            code: 'gate-decided',
            params: { phase, outcome: gate.decided.outcome },
          });
        const before = standing(gate?.approvals ?? []).find((one) => one.by === by && one.role === role);
        if (before?.approved === approved) return [];
        const type = approved ? 'gate.approved' : 'gate.rejected';
        return [{ type, phase, attempt: wait.attempt, role, by, comment }];
      });
      await reviewGate(ports, wait);
      return {};
    },
  });

export const approveGate = answering('approve-gate', true);
export const rejectGate = answering('reject-gate', false);
