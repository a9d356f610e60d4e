/** The page of a post-incident review, filled in as far as the release knows: what people write is theirs. */

import type { Release } from '#domain/ledger/records.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { postIncidentTexts } from './messages/post-incident.ts';

/** Markdown in the plan's language; nothing when the release has no such incident. */
export function postIncidentPage(plan: Plan, release: Release, incident: string): string | undefined {
  const record = release.incidents[incident];
  if (!record) return undefined;
  const texts = postIncidentTexts[plan.language];
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
    `# ${texts.title(record.title.replaceAll(/[\r\n]+/g, ' '))}\n`,
    ['| | |', '| --- | --- |', ...known].join('\n'),
    '',
    ...sections,
    `| ${texts.actions.join(' | ')} |\n| ${texts.actions.map(() => '---').join(' | ')} |\n`,
  ].join('\n');
}

/** The task that follows the end of an incident which deserves one: nobody has opened one for it before. */
export function reviewTask(
  plan: Plan,
  release: Release,
  incident: string,
):
  | { readonly task: string; readonly title: string; readonly owner: string; readonly incident: string }
  | undefined {
  const record = release.incidents[incident];
  if (!record || !grave.includes(record.severity)) return undefined;
  if (Object.values(release.tasks).some((one) => one.incident === incident)) return undefined;
  const owner = plan.escalation.find(({ severity }) => severity === record.severity)?.role;
  if (owner === undefined) return undefined;
  const title = postIncidentTexts[plan.language].title(record.title);
  return { task: `post-incident.${incident}`, title, owner, incident };
}

const grave: readonly string[] = ['critical', 'major'];
