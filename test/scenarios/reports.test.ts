/** The reports of Technicia's plan over a whole release: their dates, their readers, and what stands in them. */
import { describe, expect, it } from 'vitest';
import { localDay, localTime } from '#domain/plan/calendar.ts';
import { typeset } from '#presentation/mail/typography.ts';
import { rehearsalOf, technicia } from '#test/rehearsal/run.ts';

const weekday = (day: string) => new Date(`${day}T12:00:00Z`).getUTCDay();

describe('reports of a release that goes well', async () => {
  const { entries, notices, release } = await rehearsalOf();
  const sent = entries.flatMap(({ fact }) => (fact.type === 'report.sent' ? [fact] : []));
  const days = (id: string) =>
    sent
      .filter(({ report }) => report === id)
      .map(({ dueAt }) => localDay(Date.parse(dueAt), technicia.timeZone));
  const pages = notices.filter(({ html }) => html !== undefined);
  const page = (id: string) => pages.filter(({ about }) => about === id).at(-1)?.text ?? '';

  it('go at 17:30 in Paris, one for each date, to the roles of the plan', () => {
    expect(sent.length).toBeGreaterThan(12);
    expect(new Set(sent.map(({ report, dueAt }) => `${report} ${dueAt}`)).size).toBe(sent.length);
    expect(pages).toHaveLength(sent.length);
    for (const { report, dueAt, told } of sent) {
      expect(localTime(Date.parse(dueAt), technicia.timeZone)).toBe('17:30');
      expect(told).toEqual(technicia.reports.find(({ id }) => id === report)?.roles);
    }
  });

  it('go daily in the preparation and the user tests, twice a week in staging, weekly after the deployment', () => {
    expect(days('preparation-progress').slice(0, 3)).toEqual(['2025-04-10', '2025-04-11', '2025-04-14']);
    expect(days('staging-results')).toContain('2025-04-22');
    expect(days('user-tests-feedback').length).toBeGreaterThan(8);
    expect(days('post-deployment-scorecard')).toEqual(['2025-06-06', '2025-06-13']);
    for (const day of days('staging-results')) expect([2, 5]).toContain(weekday(day));
    for (const day of [...days('preparation-progress'), ...days('user-tests-feedback')])
      expect([1, 2, 3, 4, 5]).toContain(weekday(day));
    expect(days('deployment-status')).toEqual([]);
  });

  it('are over with their phases', () => {
    for (const report of Object.values(release.reports)) expect(report.status).toBe('over');
  });

  it('weekly has every success metric with its target, and the promises', () => {
    const text = page('post-deployment-scorecard');
    for (const { name } of technicia.successMetrics) expect(text).toContain(typeset(name, 'fr'));
    expect(text).toContain('Tableau de bord');
    expect(text).toContain('Engagements');
    expect(text).toMatch(/\d,\d+\u00a0%/);
    expect(text).not.toMatch(/undefined|NaN|\bno data\b|\[object/);
  });

  it('of staging has its scripts and the values of its criteria', () => {
    const text = page('staging-results');
    const criteria = technicia.phases.find(({ id }) => id === 'staging')?.gate.criteria ?? [];
    expect(criteria.length).toBeGreaterThan(0);
    for (const { text: criterion } of criteria) expect(text).toContain(typeset(criterion, 'fr'));
    expect(text).toContain('.ps1');
  });

  it('in real time: everybody who should hears that users get access', () => {
    const status = technicia.reports.find(({ id }) => id === 'deployment-status');
    const heard = notices.filter(({ kind, html }) => kind === 'report' && html === undefined);
    expect(heard.map(({ about }) => about)).toEqual(['production-10', 'production-50', 'production-100']);
    for (const { roles } of heard) expect(roles).toEqual(status?.roles);
  });
});

it('in English: the same report says it in English', async () => {
  const { notices } = await rehearsalOf({ plan: { ...technicia, language: 'en' }, untilPhase: 'user-tests' });
  const text = notices.findLast(({ html }) => html !== undefined)?.text ?? '';
  expect(text).toContain('Since the last report');
  expect(text).toContain('Next dates');
});

it('after a rollback nobody gets the reports of what was undone', async () => {
  const { readScenario } = await import('#rehearsal/scenario.ts');
  const { entries, notices, release } = await rehearsalOf({ scenario: readScenario('error-rate-at-10') });
  const closed = entries.find(({ fact }) => fact.type === 'release.closed');
  const late = entries.filter(({ fact, seq }) => fact.type === 'report.sent' && seq > (closed?.seq ?? 0));
  expect(late).toEqual([]);
  expect(Object.values(release.reports).filter(({ status }) => status === 'planned')).toEqual([]);
  const verdict = notices.find(({ kind }) => kind === 'verdict');
  expect(verdict?.subject).toContain('l\u2019observation dit non');
  expect(verdict?.roles).toContain('support');
  expect(notices.find(({ kind }) => kind === 'incident')?.text).toContain('/acknowledge');
});
