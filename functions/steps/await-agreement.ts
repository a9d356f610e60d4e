/**
 * Parks the token until two different people want what cannot be undone: to restore data, to end the release.
 * Triggered by the state "Await agreement". Running it twice replaces the token.
 */
import { agreementLateMs, reviewAgreement } from '#application/agreement.ts';
import { notify } from '#application/notify.ts';
import { agreeing } from '#application/port-groups.ts';
import { arm } from '#application/waits.ts';
import { present } from '#domain/present.ts';
import { peopleMissing } from '#domain/rules/agreement.ts';
import { answerWanted } from '#presentation/alerts.ts';
import { EmptyOutput, TokenInput } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const awaitAgreement = defineStep({
  name: 'await-agreement',
  needs: [...agreeing, 'notifier'],
  input: TokenInput,
  output: EmptyOutput,
  run: async (input, ports) => {
    const { rollback } = await ports.releases.load(input.releaseId);
    const wakeAtMs = rollback && agreementLateMs(rollback);
    const wait = await arm(ports, { ...input, kind: 'agreement', ...present({ wakeAtMs }) });
    if (rollback && peopleMissing(ports.plan, rollback) > 0)
      await notify(ports, answerWanted(ports.plan, input, 'agreement'));
    await reviewAgreement(ports, wait);
    return {};
  },
});
