/** What every MailQueue keeps: each job arrives, as it was. */

import { expect, it } from 'vitest';
import type { MailJob, MailQueue } from '#application/ports/mail.ts';
import { personOf } from '#test/support/hashed.ts';
import { times } from './race.ts';

export interface MailQueueBench {
  readonly queue: MailQueue;
  readonly arrived: () => readonly MailJob[];
}
const jobs = (count: number): readonly MailJob[] =>
  times(count, (index) => ({
    releaseId: 'r1',
    message: 'annonce',
    campaign: 'r1.annonce.été',
    kind: 'send',
    people: times(10, (nth) => personOf(`u${index}-${nth}`)),
  }));

export function describeMailQueue(make: () => MailQueueBench): void {
  it.each([0, 1, 10, 11, 37])('%d jobs arrive, as they were', async (count) => {
    const { queue, arrived } = make();
    await queue.enqueue(jobs(count));
    expect(arrived()).toHaveLength(count);
    expect(arrived()).toEqual(expect.arrayContaining([...jobs(count)]));
  });
}
