/** One screen about a release: where it is, what it waits for, how it does, what comes next. */
import { say } from '#domain/coded.ts';
import { padEnd, type TextColumn, table, widest } from '../terminal/layout.ts';
import type { Telling } from './output-context.ts';
import type { ReleaseSnapshot } from './release-poller.ts';
import type { EvaluationView } from './responses.ts';
import { closedTexts, datesLines, phasesPage, rolesMissing } from './views.ts';

const datesMax = 4;
const incidentsMax = 5;

export function statusPage(snapshot: ReleaseSnapshot, telling: Telling): readonly string[] {
  const { release, phases, dates, now } = snapshot;
  const { words, texts, says, format, paint } = telling;
  const state = `${closedTexts(telling)[release.status] ?? release.status}${release.paused ? `, ${words.paused}` : ''}`;
  const facts: readonly (readonly [string, string])[] = [
    [words.version, release.version],
    [words.launchDay, format.date(release.launchDay)],
    [words.exposure, words.ofUsers(release.exposure)],
    ...(now === undefined ? [] : [[words.where, placeOf(now, telling)] as const]),
    [words.waits, waitsFor(snapshot, telling)],
    ...gateFact(snapshot, telling),
    [words.incidents, words.incidentsOpen(release.openIncidents)],
  ];
  const width = widest(facts.map(([label]) => label));
  const open = Object.entries(release.incidents).filter(([, { status }]) => status !== 'resolved');
  return [
    `${paint.heading(release.id)}  ${state}`,
    '',
    ...facts.map(([label, text]) => `  ${paint.quiet(padEnd(label, width))}  ${text}`),
    ...open
      .slice(0, incidentsMax)
      .map(
        ([id, { severity, title, status }]) =>
          `  ${' '.repeat(width)}  ${paint.mark('bad')} ${id}: ${say(says.titles, title)} (${texts.severities[severity]}, ${texts.incidentStatuses[status]})`,
      ),
    '',
    ...phasesPage({ phases }, telling),
    ...(now?.look === undefined ? [] : ['', ...healthLines(now.phase.id, now.look, telling)]),
    ...(dates.length === 0
      ? []
      : ['', paint.heading(words.next), ...datesLines({ dates }, telling, datesMax)]),
    '',
    paint.quiet(words.zone(telling.timeZone)),
  ];
}

/** What would make somebody look up, in one line. */
export function statusLine(snapshot: ReleaseSnapshot, telling: Telling): string {
  const { release, now } = snapshot;
  const { words } = telling;
  const state = closedTexts(telling)[release.status] ?? release.status;
  return [
    release.id,
    ...(release.status === 'active' ? [] : [state]),
    ...(now === undefined ? [] : [`${now.phase.id} (${words.attempt(now.phase.attempt)})`]),
    words.ofUsers(release.exposure),
    `${words.waits.toLowerCase()} ${waitsFor(snapshot, telling)}`,
    words.incidentsOpen(release.openIncidents),
  ].join(' · ');
}

function placeOf({ phase }: NonNullable<ReleaseSnapshot['now']>, { words, format }: Telling): string {
  const { id, name, attempt, openedAt, status } = phase;
  const held = status === 'held' ? `, ${words.phaseStates.held}` : '';
  const since = openedAt === undefined ? '' : `, ${words.since(format.moment(openedAt))}`;
  return `${id} (${name}), ${words.attempt(attempt)}${since}${held}`;
}

/** Who has not approved yet at the gate of the phase. */
function gateFact(
  { gates, now }: ReleaseSnapshot,
  { words }: Telling,
): readonly (readonly [string, string])[] {
  const gate = gates.find(({ phase }) => phase === now?.phase.id);
  const missing = gate === undefined || gate.status === 'decided' ? [] : rolesMissing(gate);
  return missing.length === 0 ? [] : [[words.approvals, `${words.missing}: ${missing.join(', ')}`]];
}

/** What people are asked about a phase that could not go on; nothing while a level runs. */
function askedAfter(rollback: ReleaseSnapshot['release']['rollback']): 'agreement' | 'decision' | undefined {
  if (rollback === undefined) return undefined;
  const { course, failed, people } = rollback;
  if (failed === undefined && (course === 'partial' || course === 'degraded')) return undefined;
  if (course === 'abandon' || (course === 'full' && failed === undefined))
    return people.length < 2 ? 'agreement' : undefined;
  return 'decision';
}

/** The first thing that has to come before the release goes on. */
function waitsFor({ release, gates, dates, now }: ReleaseSnapshot, { words, format, says }: Telling): string {
  const { waiting } = words;
  if (release.status !== 'active') return waiting.nothing;
  const scripts = Object.entries(release.scripts).flatMap(([id, { status }]) =>
    status === 'running' ? [id] : [],
  );
  const asked = scripts.length > 0 ? undefined : askedAfter(release.rollback);
  if (release.rollback && asked) return waiting[asked](release.rollback.phase);
  if (now === undefined) {
    if (release.paused) return waiting.paused;
    const next = dates.find(({ what }) => what === 'phase-opens');
    return next === undefined ? waiting.machine : waiting.phase(next.id ?? '', format.moment(next.at));
  }
  const { phase, look } = now;
  if (phase.heldBy !== undefined) return waiting.blocker(phase.id, say(says.blockers, phase.heldBy));
  if (phase.status === 'held') return waiting.person(phase.id, phase.answers ?? []);
  if (phase.outcome === 'correct') return waiting.corrected(phase.id);
  if (scripts.length > 0) return waiting.script(scripts.join(', '));
  const gate = gates.find((one) => one.phase === phase.id);
  const undone = phase.items.filter(({ status }) => status === 'open' || status === 'late');
  const missing = gate === undefined ? [] : rolesMissing(gate);
  if (gate?.status === 'waiting') {
    const parts = [
      ...(undone.length === 0 ? [] : [waiting.checklist(undone.length)]),
      ...(missing.length === 0 ? [] : [waiting.approvals(missing.join(', '))]),
      ...(release.paused ? [waiting.paused] : []),
    ];
    return parts.length === 0 ? waiting.gate : parts.join('; ');
  }
  const before = undone.filter(({ due }) => due === 'checklist');
  if (before.length > 0) return waiting.checklist(before.length);
  return look === undefined || phase.observed !== undefined ? waiting.machine : waiting.health;
}

function healthLines(phase: string, { atMs, checks }: EvaluationView, telling: Telling): readonly string[] {
  const { words, format, paint } = telling;
  const columns: readonly TextColumn[] = [
    { title: words.check },
    { title: words.value, align: 'right' },
    { title: words.control, align: 'right' },
    { title: '' },
  ];
  const shown = (value: number | undefined) => (value === undefined ? '' : format.number(value));
  return [
    paint.heading(words.health(phase, format.moment(new Date(atMs).toISOString()))),
    ...table(
      columns,
      Object.entries(checks).map(([id, { reading, proven }]) => [
        id,
        reading.value === undefined ? (words.reading[reading.kind] ?? reading.kind) : shown(reading.value),
        shown(reading.control),
        proven ? `✗ ${words.worse}` : words.notWorse,
      ]),
      0,
    ),
  ];
}
