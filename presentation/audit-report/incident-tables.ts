/** Incidents and risks of a release as tables. */
import { minuteMs } from '#domain/time.ts';
import { type AuditReportContext, absent, type DocumentBlock, tableOr } from './document.ts';

export function incidentRows({ account, words, timeline, format }: AuditReportContext): DocumentBlock {
  const { texts } = timeline;
  const columns = [
    texts.openedAt,
    words.phase,
    texts.severity,
    words.incident,
    words.levels,
    words.acknowledged,
    words.resolved,
  ].map((title) => ({ title }));
  const after = (minutes: number, by: string) => words.after(format.duration(minutes * minuteMs), by);
  const rows = account.incidents.map((one) => [
    format.moment(one.openedAt),
    timeline.phaseName(one.phase),
    texts.severities[one.severity],
    timeline.title(one.title),
    one.levels.join(', ') || absent,
    one.minutesToAcknowledge === undefined
      ? one.unanswered
        ? words.nobody
        : absent
      : after(one.minutesToAcknowledge, one.acknowledgedBy ?? ''),
    one.minutesToResolve === undefined ? absent : after(one.minutesToResolve, one.resolvedBy ?? ''),
  ]);
  return tableOr(words.noIncident, columns, rows);
}

export function riskRows({ account, words, format, input: { plan } }: AuditReportContext): DocumentBlock {
  const columns = [words.risk, words.seenBy, words.from, words.to].map((title) => ({ title }));
  const rows = account.risks.map(({ risk, check, from, to }) => {
    const name = plan.risks.find(({ id }) => id === risk)?.name;
    return [
      name === undefined ? risk : `${risk} ${name}`,
      plan.checks[check]?.name ?? check,
      format.moment(from),
      to === undefined ? words.toTheEnd : format.moment(to),
    ];
  });
  return tableOr(words.noRisk, columns, rows);
}
