/**
 * What is sent or started is recorded before. A process that dies between the two, or after, leaves an intention: who comes
 * next carries it out, nothing is lost, and what a person sees twice says so.
 */
import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Notice } from '#domain/mailing/notice.ts';
import { dateReached } from '#functions/events/date-reached.ts';
import { crowded, crowdedRelease } from '#test/support/crowded-release.ts';
import { eachDeath, lambdaWaitsMs } from '#test/support/dying.ts';

const { releaseId } = crowded;

/** The release of `crowdedRelease`, to which these facts have happened too; what was told of it, and what its ledger says. */
async function scene(...facts: readonly Fact[]) {
  const notices: Notice[] = [];
  const notify = async (notice: Notice) => {
    notices.push(notice);
    return { told: notice.roles };
  };
  const ports = await crowdedRelease({ facts, ports: { notifier: { notify } } });
  const told = async () => {
    const history = await ports.releases.history(releaseId, 0, 1000);
    return { notices, facts: history.map(({ fact }) => fact) };
  };
  return { ports, told };
}
const of = <T extends Fact['type']>(facts: readonly Fact[], type: T) =>
  facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);

describe('a report', () => {
  const due = {
    type: 'report.planned',
    report: 'status',
    dueAt: '2025-03-07T15:30:00.000Z',
    epoch: 1,
  } as const;
  const event = { kind: 'report', releaseId, report: 'status', epoch: 1 } as const;

  it('is told, and recorded once; where it may come twice the second says so', async () => {
    const ends = await eachDeath(dateReached, event, lambdaWaitsMs, () => scene(due));
    for (const { notices, facts } of ends) {
      expect(of(facts, 'report.sent')).toEqual([
        { type: 'report.sent', report: 'status', dueAt: due.dueAt, told: ['operator'] },
      ]);
      expect(of(facts, 'report.planned')).toHaveLength(2);
      const again = of(facts, 'report.sending').map((fact) => fact.again === true);
      expect(again.slice(0, -1)).toEqual(again.slice(1).map(() => false));
      expect(notices.length).toBeGreaterThan(0);
      expect(notices.length).toBeLessThanOrEqual(again.length);
      expect(notices.map(({ subject }) => subject.startsWith('Sent again: '))).toEqual(
        again.slice(again.length - notices.length),
      );
      if (again.at(-1)) expect(notices.at(-1)?.text).toContain('you may have this report already');
    }
    expect(ends.some(({ notices }) => notices.length === 2)).toBe(true);
    expect(ends.at(-1)?.notices).toHaveLength(1);
  });

  it('whose date comes twice at once is told once', async () => {
    const { ports, told } = await scene(due);
    await Promise.all([dateReached.run(event, ports), dateReached.run(event, ports)]);
    const { notices, facts } = await told();
    expect(notices).toHaveLength(1);
    expect(of(facts, 'report.sent')).toHaveLength(1);
  });
});
