/**
 * Admits a release: the first row of its ledger, the product claimed, every message dated.
 * Triggered by the state "Admit release". Running it twice for one execution is harmless; for two executions of one
 * release id, or two releases of one product, the second is refused, and nothing but that is written.
 */

import * as z from 'zod';
import { admit, findRelease, keepingRefusal } from '#application/admission.ts';
import { scheduleMessages } from '#application/messages.ts';
import { dating } from '#application/port-groups.ts';
import { refuseBadVersion } from '#application/versions.ts';
import { InvalidInput, ReleaseExists } from '#domain/errors.ts';
import { ReleaseInput } from '../contracts/release.ts';
import { violationsOf } from '../contracts/violations.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = z.strictObject({
  input: z.unknown(),
  executionArn: z.string().max(256),
});
const Output = z.strictObject({ releaseId: z.string() });

export const admitRelease = defineStep({
  name: 'admit-release',
  needs: [...dating, 'versions'],
  input: Input,
  output: Output,
  run: async ({ input, executionArn }, ports) => {
    const parsed = ReleaseInput.safeParse(input);
    if (!parsed.success) {
      const violations = violationsOf(parsed.error, input);
      throw new InvalidInput({ code: 'execution-input-broken', params: { violations } });
    }
    const { releaseId } = parsed.data;
    await keepingRefusal(ports, { ...parsed.data, executionArn }, async () => {
      const known = await findRelease(ports, releaseId);
      if (!known) {
        await refuseBadVersion(ports, parsed.data.version);
        await admit(ports, { ...parsed.data, executionArn });
      } else if (known.executionArn !== executionArn) {
        throw new ReleaseExists({
          code: 'release-of-another-execution',
          params: { release: releaseId, execution: known.executionArn },
        });
      }
    });
    await scheduleMessages(ports, releaseId);
    return { releaseId };
  },
});
