/**
 * Makes a phase that is under way do something else than wait: skip the wait for a date, end an observation early, hold,
 * correct, or roll back at a level.
 */
import * as z from 'zod';
import { giveOrder } from '#application/orders.ts';
import { judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { orders } from '#domain/ledger/facts.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import { rollbackLevels } from '#domain/plan/plan.ts';
import { refuseLevel } from '#domain/rules/interventions.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { EmptyOutput, FreeText, Name } from '../contracts/identity.ts';
import { permitted } from '../runtime/permission.ts';

const Input = PhaseCommand.extend({
  order: z.enum(orders),
  level: z.enum(rollbackLevels).exactOptional(),
  component: Name.exactOptional(),
  reason: FreeText,
});

export const orderPhase = permitted({
  name: 'order-phase',
  needs: judging,
  input: Input,
  output: EmptyOutput,
  run: async ({ actor, releaseId, phase: id, ...order }, ports) => {
    const phase = phaseOf(ports.plan, id);
    refuseLevel(ports.plan, order.order, order.level, order.component);
    await giveOrder(ports, releaseId, phase, { ...order, by: actor.userId });
    await reviewDecisions(ports, releaseId);
    return {};
  },
});
