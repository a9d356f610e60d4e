/**
 * Asks that a criterion of a gate shall not count in this attempt, or grants what somebody else has asked: it takes two people
 * of the gate's roles. Possible from the phase's opening on, because a gate decides as soon as it is asked.
 */

import { commit } from '#application/commit.ts';
import { judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { InvalidInput, NotAllowedNow, NotFound } from '#domain/errors.ts';
import { gateKey } from '#domain/ledger/records.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import type { Phase } from '#domain/plan/plan.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { EmptyOutput, FreeText, Name } from '../contracts/identity.ts';
import { permitted, requireOpenPhase } from '../runtime/permission.ts';

export const overrideCriterion = permitted({
  name: 'override-criterion',
  needs: judging,
  input: PhaseCommand.extend({ criterion: Name, comment: FreeText }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, phase: id, criterion, comment }, ports) => {
    refuseUnchecked(phaseOf(ports.plan, id), criterion);
    const by = actor.userId;
    await commit(ports, releaseId, `user:${by}`, (release) => {
      const { attempt, overrides = {} } = requireOpenPhase(release, id);
      const decided = release.gates[gateKey(id, attempt)]?.decided;
      if (decided && decided.outcome !== 'hold')
        throw new NotAllowedNow({
          code: 'gate-decided',
          params: { phase: id, outcome: decided.outcome },
        });
      const asked = overrides[criterion];
      const said = { phase: id, attempt, criterion, by, comment };
      if (asked === undefined) return [{ type: 'gate.override-asked', ...said }];
      if (asked.grantedBy !== undefined || asked.askedBy === by) return [];
      return [{ type: 'gate.overridden', ...said }];
    });
    await reviewDecisions(ports, releaseId);
    return {};
  },
});

/** What a role's approval decides is not overridden but approved. */
function refuseUnchecked({ id, gate }: Phase, wanted: string): void {
  const criterion = gate.criteria.find((one) => one.id === wanted);
  const checked = gate.criteria.filter(({ check }) => check !== undefined).map((one) => one.id);
  if (!criterion)
    throw new NotFound({
      code: 'no-such-criterion',
      params: { phase: id, criterion: wanted, known: checked },
    });
  const { check, approval: role = '' } = criterion;
  if (check === undefined)
    throw new InvalidInput({
      code: 'criterion-of-approval',
      params: { criterion: wanted, role },
    });
}
