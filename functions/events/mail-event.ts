/**
 * What SES says about mail that was sent. It settles what the sender could not know, and ends mail to addresses
 * that there are not and to people who complain. What it says of another address than the person's is no word about them.
 * Triggered by SES's EventBridge events through a queue, at least once and in any order, in batches of at most 10.
 */

import { finishCampaign } from '#application/campaigns.ts';
import { counting, type With } from '#application/port-groups.ts';
import { AnyMailEvent, concerns, MailEvent, wordOf } from '../contracts/mail-event.ts';
import { QueueAnswer, QueueBatch } from '../contracts/queue.ts';
import { parsedBy } from '../contracts/violations.ts';
import { define } from '../runtime/definition.ts';
import { eachMessage } from '../runtime/queue.ts';

export const mailEvent = define({
  name: 'mail-event',
  needs: [...counting, 'audience', 'preferences'],
  input: QueueBatch,
  output: QueueAnswer,
  run: async (batch, ports) => {
    const campaigns = new Map<string, Parameters<typeof finishCampaign>[1]>();
    const answer = await eachMessage(ports.log, 'mail-event', batch, AnyMailEvent, async (told) => {
      if (!concerns(told)) return true;
      const event = parsedBy('mail-event', MailEvent, told);
      const word = wordOf(event);
      if (!word) return true;
      const { destination, tags } = event.detail.mail;
      const { release, message, campaign, person } = tags;
      const { status, about } = word;
      const address = about && (await addressOf(ports, person, about, destination));
      if (about && address === undefined) {
        ports.log.write('MAIL_EVENT_OF_OTHERS', { campaign, person, status });
        return true;
      }
      await ports.campaigns.mark(campaign, person, status);
      if (word.unreachable && address !== undefined)
        await ports.preferences.unreachable(person, word.unreachable, address, ports.clock.nowMs());
      campaigns.set(campaign, { releaseId: release, message, campaign });
      return true;
    });
    for (const campaign of campaigns.values()) await finishCampaign(ports, campaign);
    return answer;
  },
});

/** Which of the addresses is the person's: the one that was written to, or of several the one that they have. */
async function addressOf(
  { audience }: With<'audience'>,
  person: string,
  about: readonly string[],
  writtenTo: readonly string[] = about,
): Promise<string | undefined> {
  const told = about.filter((one) => writtenTo.some((other) => isSame(one, other)));
  if (writtenTo.length === 1) return told[0];
  const { address } = (await audience.members([person])).get(person) ?? {};
  return told.find((one) => address !== undefined && isSame(one, address));
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
