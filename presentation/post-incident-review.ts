/** The page of a post-incident review, filled in as far as the release knows: what people write is theirs. */

import { say } from '#domain/coded.ts';
import type { Release } from '#domain/ledger/records.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { formatOf } from './format.ts';
import { namesOf } from './messages/causes.ts';
import { postIncidentTexts } from './messages/post-incident.ts';

/** Markdown in the plan's language; nothing when the release has no such incident. */
export function postIncidentPage(plan: Plan, release: Release, incident: string): string | undefined {
  const record = release.incidents[incident];
  if (!record) return undefined;
  const texts = postIncidentTexts[plan.language];
  const causes = texts.causes(namesOf(plan, formatOf(plan.language, plan.timeZone)));
  const phase = plan.phases.find(({ id }) => id === record.phase)?.name ?? record.phase;
  const known = [
    [texts.release, `${release.id}, ${release.version}`],
    [texts.incident, incident],
    [texts.phase, phase],
    [texts.severity, texts.severities[record.severity]],
    [texts.openedAt, record.openedAt],
    [texts.resolvedAt, record.resolvedAt ?? texts.notYet],
    [texts.reopened, `${record.reopened ?? 0}`],
  ].map(([name, value]) => `| ${name} | ${value} |`);
  const sections = texts.sections.map(([title, question]) => `## ${title}\n\n${question}\n`);
  return [
    `# ${say(causes.tasks, { code: 'post-incident', params: { title: record.title } })}\n`,
    ['| | |', '| --- | --- |', ...known].join('\n'),
    '',
    ...sections,
    `| ${texts.actions.join(' | ')} |\n| ${texts.actions.map(() => '---').join(' | ')} |\n`,
  ].join('\n');
}
