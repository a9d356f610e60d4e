/** Records a value of the product's own measures: a survey of the team's, adoption, tickets. */
import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { measuredByUsers } from '#domain/audience/feedback.ts';
import { NotFound } from '#domain/errors.ts';
import { isRemote } from '#domain/plan/metric-sources.ts';
import { isDerived } from '#domain/rules/measures.ts';
import { Command } from '../contracts/actor.ts';
import { EmptyOutput, Name } from '../contracts/identity.ts';
import { permitted, requireActive } from '../runtime/permission.ts';

const Input = Command.extend({ measure: Name, value: z.number(), samples: z.number().int().min(0) });

export const recordMeasure = permitted({
  name: 'record-measure',
  needs: ['releases'],
  input: Input,
  output: EmptyOutput,
  run: async ({ actor, releaseId, measure, value, samples }, ports) => {
    const own = Object.values(ports.plan.checks).filter(({ source }) => !isRemote(source.kind));
    const users = measuredByUsers(ports.plan);
    const known = own
      .flatMap(({ source }) => source.query ?? [])
      .filter((query) => !isDerived(query) && !users.includes(query));
    if (!known.includes(measure)) {
      throw new NotFound({ code: 'no-such-measure', params: { measure, known } });
    }
    await commit(ports, releaseId, `user:${actor.userId}`, (release) => {
      requireActive(release);
      const before = release.measures[measure];
      return before?.value === value && before.samples === samples
        ? []
        : [{ type: 'measure.recorded', measure, value, samples }];
    });
    return {};
  },
});
