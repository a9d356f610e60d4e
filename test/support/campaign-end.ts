/** A campaign of the post office, followed to its end. */
import { expect } from 'vitest';
import { campaign, type PostOffice } from './post-office.ts';

const deliveriesMax = 10_000_000;

/** Hours go by until the queue is empty and the campaign has ended; bounded. */
export async function toItsEnd(office: PostOffice, hoursMax: number): Promise<void> {
  for (let hours = 0; hours < hoursMax; hours += 1) {
    await office.reconcile(1);
    await office.work(deliveriesMax);
    const messages = Object.values(office.releases.peek('r1')?.messages ?? {});
    if (office.waiting === 0 && messages.every(({ status }) => status === 'sent')) return;
  }
}

/** What the ledger says that came of a campaign, the announcement's unless another is named, once. */
export async function recorded(office: PostOffice, of = campaign) {
  const history = await office.releases.history('r1', 0, 1000);
  const ends = history.flatMap(({ fact }) =>
    fact.type === 'message.sent' && fact.campaign === of ? [fact] : [],
  );
  expect(ends, 'it ends, once').toHaveLength(1);
  const [{ sent, failed, declined } = { sent: 0, failed: 0, declined: 0 }] = ends;
  return { sent, failed, declined, people: sent + failed + declined };
}
