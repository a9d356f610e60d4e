/** What is true of every account of a release. */
import { expect } from 'vitest';
import { type Account, accountOf } from '#presentation/audit-report/audit-report.ts';
import { minutesOf } from '#presentation/audit-report/commitment.ts';
import { kindsOfTime, sumOf } from '#presentation/audit-report/time-spent.ts';

/** The account, whose parts of the time add up to the whole. */
export function expectAddsUp(told: Parameters<typeof accountOf>[0]): Account {
  const account = accountOf(told);
  const { visits, all, total } = account.hours;
  expect(total).toBe(minutesOf(account.startedAt, account.endedAt));
  expect(sumOf(all)).toBe(total);
  for (const kind of kindsOfTime)
    expect(visits.reduce((sum, { minutes }) => sum + minutes[kind], 0)).toBe(all[kind]);
  return account;
}
