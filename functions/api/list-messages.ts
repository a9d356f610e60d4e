/** The messages of the plan: planned, held and why, sent and to how many. */
import * as z from 'zod';
import { Command } from '../contracts/actor.ts';
import { MessageView, messageViewOf } from '../contracts/message-view.ts';
import { permitted } from '../runtime/permission.ts';

export const listMessages = permitted({
  name: 'list-messages',
  needs: ['reader'],
  input: Command,
  output: z.strictObject({ messages: z.array(MessageView) }),
  run: async ({ releaseId }, { plan, clock, reader }) => {
    const release = await reader.load(releaseId);
    const seen = { plan, release, nowMs: clock.nowMs() };
    return { messages: plan.messages.map((message) => messageViewOf(seen, message)) };
  },
});
