/** What the account of a release says of its promises, once it has ended. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Account, accountOf } from '#presentation/audit-report/audit-report.ts';
import { readScenario } from '#rehearsal/scenario.ts';
import { rehearsalOf } from '#test/rehearsal/run.ts';

describe('the promises of a release that was switched back at 50 %', () => {
  let account: Account;
  beforeAll(async () => {
    account = accountOf(await rehearsalOf({ scenario: readScenario('rollback-after-50') }));
  });

  it('are those of its phases', () => {
    expect(account.phases.filter(({ kept }) => kept === 'broken')).toEqual([
      expect.objectContaining({ phase: 'production-50', plannedTo: '2025-05-31', daysLate: 1 }),
      expect.objectContaining({ phase: 'production-100', plannedTo: '2025-06-01', daysLate: 2 }),
    ]);
  });
  it('are those of its access, each share once', () => {
    expect(account.exposures.map(({ percent, kept }) => [percent, kept])).toEqual([
      [10, 'kept'],
      [50, 'kept'],
      [100, 'kept'],
    ]);
  });
  it('are those of its messages, the correction as well', () => {
    expect(account.messages.find(({ message }) => message === 'full-launch')).toMatchObject({
      kept: 'broken',
      minutesLate: 358,
    });
    expect(account.messages.at(-1)).toMatchObject({ message: 'correction-notice', sent: 1022 });
  });
  it('are those of its success metrics, the time to resolve as well', () => {
    expect(account.scores.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 7 }, () => 'healthy'));
  });
});
