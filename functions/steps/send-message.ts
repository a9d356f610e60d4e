/**
 * Sends a message that an event causes, once per occasion.
 * Triggered by message steps of a rollback. Running it twice reaches each person once.
 */

import * as z from 'zod';
import { sendNow } from '#application/messages.ts';
import { announcing } from '#application/port-groups.ts';
import { EmptyOutput, InPhase, Name } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = InPhase.extend({ level: z.enum(['full', 'partial', 'degraded']), step: Name, message: Name });

export const sendMessage = defineStep({
  name: 'send-message',
  needs: announcing,
  input: Input,
  output: EmptyOutput,
  run: async ({ releaseId, phase, attempt, message }, ports) => {
    await sendNow(ports, releaseId, message, `${phase}.${attempt}`);
    return {};
  },
});
