/** The dates to come: the plan's when all is well, later ones when something was late, none that cannot be. */

import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { planMessages } from '#domain/plan/message-dates.ts';
import { forecast } from '#domain/rules/forecast.ts';
import { dayMs, hourMs } from '#domain/time.ts';
import { admitted, technicia, told } from '#test/cli/story.ts';
import { record } from '#test/support/hashed.ts';

const plan = technicia;
const eve = '2025-04-09T14:00:00.000Z';
/** A release after these facts, with its messages dated. */
function releaseAfter(...happened: readonly (readonly [string, ...Fact[]])[]) {
  const { release } = told([[eve, admitted], ...happened]);
  return record(release, planMessages(plan, release), { at: eve, actor: 'x' }).next;
}
const dates = (release: ReturnType<typeof releaseAfter>, now: string) =>
  forecast(plan, release, Date.parse(now)).map(({ at, what, id = '' }) =>
    `${at.slice(0, 16)} ${what} ${id}`.trim(),
  );

describe('a forecast', () => {
  it('on the eve is the plan itself, in the order of time', () => {
    const all = forecast(plan, releaseAfter(), Date.parse(eve));
    // It lasts a day and has to be healthy for 24 hours: no plan of the office knows that.
    const longer = all.filter(({ at, planned }) => at !== planned);
    expect(longer.map(({ what, id }) => [what, id])).toEqual([['phase-ends', 'production-100']]);
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted());
    const opens = all.filter(({ what }) => what === 'phase-opens').map(({ id }) => id);
    expect(opens).toEqual(plan.phases.map(({ id }) => id));
    expect(all.filter(({ what }) => what === 'message-goes')).toHaveLength(6);
    expect(all.slice(-2).map(({ what }) => what)).toEqual(['release-ends', 'machine-ends']);
  });

  it('leaves out what has been', () => {
    const release = releaseAfter(
      ['2025-04-10T07:00:00.000Z', { type: 'phase.opened', phase: 'preparation', attempt: 1 }],
      [
        '2025-04-15T07:00:00.000Z',
        { type: 'phase.closed', phase: 'preparation', attempt: 1, outcome: 'promote', reason: {} },
      ],
    );
    const all = dates(release, '2025-04-16T08:00:00.000Z');
    expect(all.filter((one) => one.endsWith('preparation'))).toEqual([]);
    expect(all[0]).toBe('2025-04-18T07:00 phase-opens staging');
  });

  it('moves what waits for a phase that is late, and nothing that has time left', () => {
    const now = '2025-04-20T08:00:00.000Z';
    const release = releaseAfter([
      '2025-04-10T07:00:00.000Z',
      { type: 'phase.opened', phase: 'preparation', attempt: 1 },
    ]);
    const all = forecast(plan, release, Date.parse(now));
    const of = (what: string, id: string) => all.find((one) => one.what === what && one.id === id);
    expect(of('phase-ends', 'preparation')).toMatchObject({ at: now, planned: '2025-04-17T16:00:00.000Z' });
    expect(of('phase-opens', 'staging')).toMatchObject({ at: now, planned: '2025-04-18T07:00:00.000Z' });
    expect(of('phase-ends', 'staging')?.at).toBe(of('phase-ends', 'staging')?.planned);
  });

  it('gives an observation its hours, until the gate is asked', () => {
    const late = '2025-05-24T15:00:00.000Z';
    const phase = 'production-10';
    const release = releaseAfter([late, { type: 'phase.opened', phase, attempt: 1 }]);
    const end = (one: typeof release, now: string) =>
      forecast(plan, one, Date.parse(now)).find(({ what, id }) => what === 'phase-ends' && id === phase)?.at;
    const hours = plan.phases.find(({ id }) => id === phase)?.observation?.continuousHealthHours ?? 0;
    expect(hours).toBeGreaterThan(1);
    expect(end(release, late)).toBe(new Date(Date.parse(late) + hours * hourMs).toISOString());
    const asked = record(release, [{ type: 'gate.opened', phase, attempt: 1 }], {
      at: late,
      actor: 'x',
    }).next;
    expect(end(asked, late)).toBe('2025-05-24T16:00:00.000Z');
  });

  it('holds a message until users have access, and drops one that would come too late', () => {
    const now = Date.parse('2025-05-27T12:00:00.000Z');
    const release = releaseAfter([
      '2025-05-27T11:00:00.000Z',
      { type: 'phase.opened', phase: 'production-10', attempt: 1 },
    ]);
    const messages = forecast(plan, release, now).filter(({ what }) => what === 'message-goes');
    for (const { id, at, planned } of messages) {
      const message = plan.messages.find((one) => one.id === id);
      const lastMs = Date.parse(planned) + (message?.lateDaysMax ?? 0) * dayMs + hourMs;
      expect(Date.parse(at), id).toBeGreaterThanOrEqual(now);
      expect(Date.parse(at), id).toBeLessThanOrEqual(lastMs);
    }
    expect(messages.map(({ id }) => id)).not.toContain('pilots-invitation');
  });

  it('of a release that has ended is empty', () => {
    const release = releaseAfter([
      eve,
      { type: 'release.closed', outcome: 'aborted', reason: { code: 'run-through', params: {} } },
    ]);
    expect(forecast(plan, release, Date.parse(eve))).toEqual([]);
  });
});
