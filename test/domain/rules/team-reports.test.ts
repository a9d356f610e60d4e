import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { lint } from '#domain/lint/lint.ts';
import { instantOf, toInstant } from '#domain/plan/calendar.ts';
import type { Report } from '#domain/plan/plan.ts';
import { nextDueMs } from '#domain/plan/report-dates.ts';
import { planReports, settleReport } from '#domain/rules/team-reports.ts';
import { admitted } from '#test/support/builders.ts';
import { record } from '#test/support/hashed.ts';
import { phase, report, smallPlan } from '#test/support/plans.ts';

const zone = 'Europe/Paris';
const planOf = (changes: Partial<Report> = {}) =>
  smallPlan({
    timeZone: zone,
    workday: { start: '09:00', end: '18:00' },
    phases: [phase('build')],
    reports: [report('status', changes)],
  });
/** As many dates as are asked for, in local time. */
function dates(changes: Partial<Report>, from: string, count: number): readonly string[] {
  const plan = planOf(changes);
  const [one = report('none')] = plan.reports;
  const found: string[] = [];
  let atMs = instantOf(from.slice(0, 10), from.slice(11), zone);
  for (let nth = 0; nth < count; nth += 1) {
    atMs = nextDueMs(plan, one, atMs) ?? Number.NaN;
    found.push(
      new Date(atMs).toLocaleString('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }),
    );
  }
  return found;
}

describe('the dates of a report', () => {
  it('daily: on workdays, half an hour before work ends', () => {
    expect(dates({ cadence: 'daily' }, '2025-04-10 09:00', 3)).toEqual([
      '2025-04-10 17:30',
      '2025-04-11 17:30',
      '2025-04-14 17:30',
    ]);
  });

  it('twice a week: Tuesday and Friday; weekly: Friday; never twice at one instant', () => {
    expect(dates({ cadence: 'twice-weekly' }, '2025-04-18 17:30', 2)).toEqual([
      '2025-04-22 17:30',
      '2025-04-25 17:30',
    ]);
    expect(dates({ cadence: 'weekly' }, '2025-04-18 17:30', 2)).toEqual([
      '2025-04-25 17:30',
      '2025-05-02 17:30',
    ]);
  });

  it('as the plan says otherwise', () => {
    expect(dates({ cadence: 'weekly', days: ['monday'], at: '08:15' }, '2025-04-18 17:30', 2)).toEqual([
      '2025-04-21 08:15',
      '2025-04-28 08:15',
    ]);
  });

  it('keep their hour when the clocks change, and lose no day to it', () => {
    const days = ['saturday', 'sunday', 'monday'] as const;
    expect(dates({ days, at: '17:30' }, '2025-03-29 09:00', 3)).toEqual([
      '2025-03-29 17:30',
      '2025-03-30 17:30',
      '2025-03-31 17:30',
    ]);
    expect(dates({ days, at: '02:30' }, '2025-03-29 09:00', 2)).toEqual([
      '2025-03-30 03:30',
      '2025-03-31 02:30',
    ]);
    expect(dates({ days, at: '02:30' }, '2025-10-25 09:00', 2)).toEqual([
      '2025-10-26 02:30',
      '2025-10-27 02:30',
    ]);
  });

  it('none in real time', () => {
    const plan = planOf({ cadence: 'real-time' });
    expect(nextDueMs(plan, plan.reports[0] as Report, 0)).toBeUndefined();
  });
});

describe('a report in the ledger', () => {
  const plan = planOf({ cadence: 'weekly' });
  const at = '2025-03-03T08:00:00.000Z';
  const releaseAfter = (...facts: readonly Fact[]) =>
    record('r1', [admitted, ...facts], { at, actor: 'user:ada' }).next;
  const opened = { type: 'phase.opened', phase: 'build', attempt: 1 } as const;
  const closed = {
    type: 'phase.closed',
    phase: 'build',
    attempt: 1,
    outcome: 'promote',
    reason: {},
  } as const;
  const planned = (dueAt: string, epoch: number) =>
    ({ type: 'report.planned', report: 'status', dueAt, epoch }) as const;
  const first = planned('2025-03-07T16:30:00.000Z', 1);
  const nowMs = Date.parse(at);

  it('is planned when its phase opens, once, and cancelled when it closes', () => {
    expect(planReports(plan, releaseAfter(), nowMs)).toEqual([]);
    expect(planReports(plan, releaseAfter(opened), nowMs)).toEqual([first]);
    expect(planReports(plan, releaseAfter(opened, first), nowMs)).toEqual([]);
    expect(planReports(plan, releaseAfter(opened, first, closed), nowMs)).toEqual([
      { type: 'report.cancelled', report: 'status', reason: { code: 'phases-over', params: {} } },
    ]);
  });

  it('is one for each date: whoever comes second changes nothing', () => {
    const release = releaseAfter(opened, first);
    const [one = report('none')] = plan.reports;
    const due = { report: one, epoch: 1, nowMs: Date.parse(first.dueAt) + 30_000 };
    const sent = { type: 'report.sent', told: ['operator'] } as const;
    const facts = settleReport(plan, release, due, sent);
    expect(facts).toEqual([
      { type: 'report.sent', report: 'status', dueAt: first.dueAt, told: ['operator'] },
      planned('2025-03-14T16:30:00.000Z', 2),
    ]);
    expect(settleReport(plan, releaseAfter(opened, first, ...facts), due, sent)).toEqual([]);
  });

  it('tells what has happened since its readers were told', () => {
    const sent = { type: 'report.sent', report: 'status', dueAt: first.dueAt, told: ['operator'] } as const;
    const later = toInstant(Date.parse(first.dueAt));
    const { next } = record(releaseAfter(opened, first), [sent, planned(later, 2)], {
      at: later,
      actor: 'x',
    });
    expect(next.reports['status']?.toldAt).toBe(later);
  });
});

describe('lint', () => {
  const rules = (changes: Partial<Report>) =>
    lint(planOf(changes)).flatMap(({ rule, path }) => (rule.startsWith('report') ? [`${rule} ${path}`] : []));

  it.each<readonly [Partial<Report>, readonly string[]]>([
    [{ cadence: 'daily' }, []],
    [{ cadence: 'twice-weekly', days: ['monday'] }, ['report-days reports[0].days']],
    [{ cadence: 'weekly', days: ['monday', 'tuesday'] }, ['report-days reports[0].days']],
    [{ cadence: 'real-time', at: '10:00' }, ['report-days reports[0].at']],
  ])('finds days and times that do not fit the cadence of %j', (changes, found) => {
    expect(rules(changes).filter((one) => one.startsWith('report-days'))).toEqual(found);
  });
});
