/** Records a value that people have counted or asked for: a survey of the team's, adoption, tickets. Twice records once. */
import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { refuseOutOfBounds, reportedMeasure } from '#domain/rules/measures.ts';
import { Command } from '../contracts/actor.ts';
import { EmptyOutput, Name, Storable } from '../contracts/identity.ts';
import { permitted, requireActive } from '../runtime/permission.ts';

const Input = Command.extend({ measure: Name, value: Storable, samples: z.number().int().min(0) });

export const recordMeasure = permitted({
  name: 'record-measure',
  needs: ['releases'],
  input: Input,
  output: EmptyOutput,
  run: async ({ actor, releaseId, measure, value, samples }, ports) => {
    refuseOutOfBounds(reportedMeasure(ports.plan.measures, measure), measure, { value, samples });
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
