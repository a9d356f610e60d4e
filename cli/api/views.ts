/** Answers of the API as pages to read: one for each read. */
import { say } from '#domain/coded.ts';
import { saidOf } from '#presentation/messages/said.ts';
import { BadInput } from '../terminal/exit.ts';
import { type TextColumn, table, widthMax, wrap } from '../terminal/layout.ts';
import type { AnswerPage } from './command-spec.ts';
import type { Telling } from './output-context.ts';
import type { AnswersByPage, TimelineEntry } from './responses.ts';

type Lines = readonly string[];
type Typed = Readonly<Record<string, unknown>>;
/** `typed` are the values of the command; a page that picks from its answer throws BadInput when it is not there. */
type Pages = {
  readonly [P in AnswerPage]: (answer: AnswersByPage[P], telling: Telling, typed: Typed) => Lines;
};

const column = (title: string): TextColumn => ({ title });
const flexible = (title: string): TextColumn => ({ title, flexible: true });
const right = (title: string): TextColumn => ({ title, align: 'right' });

const listed = (columns: readonly TextColumn[], rows: readonly Lines[], { words }: Telling): Lines =>
  rows.length === 0 ? [words.nothing] : table(columns, rows, 0);

/** A fact in one line: its type, and its single values by name. */
export function entryLine({ seq, at, actor, fact }: TimelineEntry, { says, format, paint }: Telling): string {
  const { type, ...members } = fact;
  const told = Object.entries(members).flatMap(([name, value]) => {
    const said = typeof value === 'object' ? saidOf(says, type, name, value) : String(value);
    return said === '' || name === 'executionArn' ? [] : [`${name} ${said}`];
  });
  const start = `${format.moment(at)}  ${String(seq).padStart(5)}  `;
  const [first = '', ...more] = wrap(
    [`${type}  ${actor}`, told.join(', ')].filter((part) => part !== '').join('  '),
    widthMax - start.length,
  );
  return [`${paint.quiet(start)}${first}`, ...more.map((line) => `${' '.repeat(start.length)}${line}`)].join(
    '\n',
  );
}

export function phasesPage({ phases }: AnswersByPage['phases'], telling: Telling): Lines {
  const { words, texts, format } = telling;
  return listed(
    [
      flexible(texts.phase),
      column(words.state),
      right(texts.attempts),
      column(texts.planned),
      column(texts.real),
      ...[words.done, words.waived, words.open, words.late].map(right),
    ],
    phases.map(({ id, status, outcome, attempt, planned, openedAt, closedAt, checklist }) => [
      id,
      outcome === undefined || status !== 'closed' ? words.phaseStates[status] : texts.outcomes[outcome],
      String(attempt),
      `${format.shortDay(planned.from)} – ${format.shortDay(planned.to)}`,
      openedAt === undefined
        ? ''
        : `${format.shortDay(openedAt)} – ${closedAt === undefined ? '' : format.shortDay(closedAt)}`,
      ...[checklist.done, checklist.waived, checklist.open, checklist.late].map(String),
    ]),
    telling,
  );
}

type Gate = AnswersByPage['gates']['gates'][number];

/** The roles that have not approved; none when the gate asks for nobody any more. */
export function rolesMissing({ asks, approvals }: Gate): readonly string[] {
  const newest = new Map(approvals.map(({ role, approved }) => [role, approved]));
  return asks.roles.filter((role) => newest.get(role) !== true);
}

function gateLines(gate: Gate, telling: Telling): Lines {
  const { words, texts, says, format, paint } = telling;
  const { phase, attempt, status, decided, criteria, approvals } = gate;
  const state = decided === undefined ? words.gateStates[status] : texts.outcomes[decided.outcome];
  const missing = status === 'decided' ? [] : rolesMissing(gate);
  return [
    `${paint.heading(phase)}  ${words.attempt(attempt)}, ${state}`,
    ...(decided?.reason.cause === undefined ? [] : [`  ${say(says.causes, decided.reason.cause)}`]),
    ...criteria.flatMap(({ id, text, verdict, value }) => {
      const read = verdict === undefined ? '' : `  ${words.verdicts[verdict]}`;
      const shown = value === undefined ? '' : ` (${format.number(value)})`;
      const [first = '', ...more] = wrap(`${id}  ${text}${read}${shown}`, widthMax - 4);
      return [`  ${first}`, ...more.map((line) => `    ${line}`)];
    }),
    ...approvals.map(
      ({ role, by, at, approved, comment }) =>
        `  ${paint.mark(approved ? 'good' : 'bad')} ${role} ${approved ? words.approved : words.rejected} (${by}, ${format.moment(at)})${comment === '' ? '' : `: ${comment}`}`,
    ),
    ...(missing.length === 0 ? [] : [`  ${paint.mark('neutral')} ${words.missing}: ${missing.join(', ')}`]),
  ];
}

/** With what its criteria read now, whatever was recorded. */
function liveGate({ now, would, because, ...gate }: AnswersByPage['gate'], telling: Telling): Lines {
  const { words, says } = telling;
  const readings = new Map(now.map(({ criterion, ...reading }) => [criterion, reading]));
  const criteria = gate.criteria.map(({ verdict: _, value: __, ...one }) => ({
    ...one,
    ...readings.get(one.id),
  }));
  const lines = gateLines({ ...gate, criteria }, telling);
  if (gate.status === 'decided') return lines;
  const why = because === undefined ? '' : ` (${say({ ...says.needs, ...says.causes }, because)})`;
  return [...lines, `  ${words.would[would]}${why}`];
}

export const datesLines = (
  { dates }: AnswersByPage['forecast'],
  { words, format }: Telling,
  max = 100,
): Lines =>
  dates
    .slice(0, max)
    .map(({ at, planned, what, id = '' }) =>
      [
        `${format.moment(at)}  ${words.milestones[what]?.(id) ?? what}`,
        ...(planned === at ? [] : [`(${format.moment(planned)})`]),
      ].join('  '),
    );

function tasksPage({ tasks }: AnswersByPage['tasks'], telling: Telling): Lines {
  const { words, texts, says, format } = telling;
  return listed(
    [column('Id'), flexible(words.task), column(words.owner), column(words.state), column(texts.openedAt)],
    tasks.map(({ id, title, owner, status, openedAt }) => [
      id,
      say(says.tasks, title),
      owner,
      words.taskStates[status],
      format.moment(openedAt),
    ]),
    telling,
  );
}

/** The page to fill in and nothing else, for a file; of a task without one, its line. */
function taskPage({ tasks }: AnswersByPage['task'], telling: Telling, { task: id }: Typed): Lines {
  const task = tasks.find((one) => one.id === id);
  if (task?.template !== undefined) return task.template.split('\n');
  if (task) return tasksPage({ tasks: [task] }, telling);
  const known = tasks.map((one) => one.id).join(', ');
  throw new BadInput(
    `the release has no task "${String(id)}": it has ${known === '' ? 'none' : known}; "jalon tasks" lists them`,
  );
}

export const pages: Pages = {
  releases: ({ releases, next }, telling) => {
    const { words, texts, format } = telling;
    return [
      ...listed(
        [
          column(words.release),
          column(words.version),
          flexible(words.state),
          right(words.exposure),
          column(words.launchDay),
          column(words.started),
          column(words.ended),
        ],
        releases.map(({ id, version, status, paused, exposure, launchDay, startedAt, closedAt }) => [
          id,
          version,
          paused ? words.paused : (closedTexts(telling)[status] ?? status),
          `${exposure} %`,
          format.date(launchDay),
          format.day(startedAt),
          closedAt === undefined ? texts.running : format.day(closedAt),
        ]),
        telling,
      ),
      ...(next === undefined ? [] : [words.more(`--after ${next}`)]),
    ];
  },
  timeline: ({ entries, next }, telling) => [
    ...entries.map((entry) => entryLine(entry, telling)),
    ...(next === undefined ? [] : [telling.words.more(`--after ${next}`)]),
  ],
  phases: phasesPage,
  phase: (phase, telling) => {
    const { words, says, format } = telling;
    return [
      ...phasesPage({ phases: [phase] }, telling),
      '',
      ...listed(
        [
          column(words.id),
          flexible(words.item),
          column(words.owner),
          column(words.state),
          column(words.by),
          flexible(words.evidence),
        ],
        phase.items.map(({ id, text, owner, status, by = '', at, evidence }) => [
          id,
          text,
          owner,
          words.itemStates[status],
          at === undefined ? by : `${by} ${format.shortDay(at)}`,
          evidence === undefined ? '' : say(says.evidences, evidence),
        ]),
        telling,
      ),
    ];
  },
  gates: ({ gates }, telling) => gates.flatMap((gate) => gateLines(gate, telling)),
  gate: liveGate,
  incidents: ({ incidents }, telling) => {
    const { words, texts, says, format } = telling;
    return listed(
      [
        column(words.id),
        flexible(texts.incidentTitle),
        column(texts.severity),
        column(texts.phase),
        column(words.state),
        column(texts.openedAt),
      ],
      incidents.map(({ id, title, severity, phase, status, openedAt }) => [
        id,
        say(says.titles, title),
        texts.severities[severity],
        phase,
        texts.incidentStatuses[status],
        format.moment(openedAt),
      ]),
      telling,
    );
  },
  risks: ({ risks }, telling) => {
    const { words } = telling;
    return listed(
      [
        column(words.id),
        flexible(words.risk),
        column(words.gravity),
        column(words.state),
        column(words.check),
        flexible(words.mitigation),
      ],
      risks.map(({ id, name, gravity, state, check = '', mitigation }) => [
        id,
        name,
        gravity,
        words.riskStates[state],
        check,
        mitigation,
      ]),
      telling,
    );
  },
  messages: ({ messages }, telling) => {
    const { words, texts, says, format } = telling;
    return listed(
      [
        column(words.id),
        flexible(words.subject),
        flexible(texts.audience),
        column(words.state),
        column(words.date),
        right(texts.recipients),
      ],
      messages.map(({ id, subject, audience, status, heldBecause, dueAt, sent }) => [
        id,
        subject,
        audience,
        `${status === 'not-planned' ? words.notPlanned : texts.statuses[status]}${heldBecause === undefined ? '' : ` (${say(says.delays, heldBecause)})`}`,
        dueAt === undefined ? '' : format.moment(dueAt),
        sent === undefined ? '' : format.number(sent),
      ]),
      telling,
    );
  },
  scorecard: ({ metrics }, telling) => {
    const { words, texts, format } = telling;
    return listed(
      [flexible(texts.metric), column(texts.target), right(texts.lastValue), column(texts.verdict)],
      metrics.map(({ name, objective, value, verdict, from }) => [
        name,
        format.objective(objective),
        value === undefined ? texts.metricUnknown : format.reading(value, objective),
        verdict === 'inconclusive' && from !== undefined
          ? words.notBefore(format.date(from.slice(0, 10)))
          : words.verdicts[verdict],
      ]),
      telling,
    );
  },
  forecast: (forecast, telling) =>
    forecast.dates.length === 0 ? [telling.words.nothing] : datesLines(forecast, telling),
  tasks: tasksPage,
  task: taskPage,
  freezes: ({ freezes }, telling) => {
    const { words, format } = telling;
    return listed(
      [column('Id'), flexible(words.freeze), column(words.phases), column(words.until)],
      freezes.map(({ id, name, phases, until, overridden }) => [
        id,
        name,
        phases?.join(', ') ?? words.allPhases,
        until === undefined ? '' : `${format.moment(until)}${overridden ? ` (${words.overridden})` : ''}`,
      ]),
      telling,
    );
  },
  access: ({ userId, exposed, percent }, { words }) => [words.access(userId, exposed, percent)],
};

/** How a release stands, by its status. */
export const closedTexts = ({ texts }: Telling): Readonly<Record<string, string>> => texts.closed;
