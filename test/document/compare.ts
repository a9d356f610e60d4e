/**
 * Compares the deployment document, row by row, with the plan that Jalon runs.
 *
 *     node test/document/compare.ts [DOCUMENT] [PLAN]
 *
 * What the document says is read from the document only; this file knows its kinds of rows (by the headings of the
 * tables and sections), not their contents. Exit status 0: all equal; 1: some row is missing, differs or is not in the
 * document; 2: there was nothing to compare.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { type Objective, type Phase, type Plan, rollbackLevels } from '#domain/plan/plan.ts';
import { PlanSchema } from '#functions/contracts/plan.ts';
import { type MarkdownDocument, parseMarkdown, scriptIn, type Table, type Task } from './markdown.ts';

/** One thing to compare: the same `key` on both sides, and what it says there. */
interface Row {
  readonly key: string;
  readonly value: string;
}

interface Kind {
  readonly name: string;
  readonly document: readonly Row[];
  readonly plan: readonly Row[];
  /** The order of the rows means something: of all of them, or of those in the same group (key -> group). */
  readonly ordered?: boolean | ReadonlyMap<string, string>;
}

const row = (key: string, ...values: readonly (string | number | undefined)[]): Row => ({
  key,
  value: values.map((value) => value ?? 'nothing').join(' | '),
});

// ---- words of the document -> values of the plan

const frenchDay = (text: string): string => {
  const [, day = '', month = '', year = ''] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text) ?? [];
  return day === '' ? `no date: ${text}` : `${year}-${month}-${day}`;
};

const months = Array.from({ length: 12 }, (_, at) =>
  new Intl.DateTimeFormat('fr', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2025, at, 15)),
);
const frenchLongDay = (text: string): string => {
  const [, day = '', name = '', year = ''] = /^(\d{1,2})(?:er)? (\p{L}+) (\d{4})$/u.exec(text) ?? [];
  const month = months.indexOf(name.toLowerCase()) + 1;
  if (month === 0) return `no date: ${text}`;
  return `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
};

/** "J-7" -> -7, "Jour J" -> 0. */
const dayOfLaunch = (timing: string): number | undefined => {
  if (timing === 'Jour J' || timing === 'J') return 0;
  const [, sign, days] = /^J([+-])(\d+)$/.exec(timing) ?? [];
  return days === undefined ? undefined : Number(days) * (sign === '-' ? -1 : 1);
};

/** "<0.5 par utilisateur/mois", "satisfaction > 85%": the comparison inside a text, and from which day on. */
function objectiveIn(text: string): { objective: string; fromDay: number | undefined } | undefined {
  const [, comparison, value, rest = ''] = /(<=|>=|<|>)\s*(\d+(?:[.,]\d+)?)\s*([^)]*)/.exec(text) ?? [];
  if (comparison === undefined || value === undefined) return undefined;
  const [, unit = '', day] = /^(.*?)(?: à J\+(\d+))?$/.exec(rest.trim()) ?? [];
  return {
    objective: `${comparison} ${Number(value.replace(',', '.'))} ${unit}`,
    fromDay: day === undefined ? undefined : Number(day),
  };
}
const objectiveText = ({ comparison, value, unit }: Objective): string => `${comparison} ${value} ${unit}`;

/** "10% utilisateurs" -> "exposed 10", "Tous utilisateurs" -> "exposed 100"; anybody else is a segment. */
const audienceIn = (text: string): string => {
  const percent = /^(\d+)\s?%/.exec(text)?.[1] ?? (/^tous\b/i.test(text) ? '100' : undefined);
  return percent === undefined ? 'segment' : `exposed ${percent}`;
};

// ---- what the document has

const columns = {
  planning: ['Phase', 'Description', 'Durée estimée', 'Date début', 'Date fin'],
  risks: ['ID', 'Risque', 'Probabilité', 'Impact', 'Gravité'],
  mitigation: ['ID', 'Stratégie de mitigation'],
  reports: ['Étape', 'Audience', 'Message', 'Canal', 'Fréquence'],
  messages: ['Étape', 'Audience', 'Message', 'Canal', 'Timing'],
  roles: ['Rôle', 'Responsable', 'Contact', 'Responsabilités'],
  escalation: ['Niveau', 'Contact', 'Délai max de réponse', "Conditions d'escalade"],
  metrics: ['Métrique', 'Objectif', 'Méthode de mesure'],
} as const;
type TableName = keyof typeof columns;

const sameColumns = (table: Table, wanted: readonly string[]): boolean =>
  table.columns.join('|') === wanted.join('|');

const tablesOf = (document: MarkdownDocument, name: TableName): readonly Table[] =>
  document.tables.filter((table) => sameColumns(table, columns[name]));

/** The rows of a table as functions from a column to its cell. */
const rowsOf = <Name extends TableName>(document: MarkdownDocument, name: Name) =>
  tablesOf(document, name)
    .flatMap(({ rows }) => rows)
    .map((cells) => (column: (typeof columns)[Name][number]) => cells[column] ?? '');

const isCriterion = ({ title, heading }: Task): boolean => /^Critères/.test(heading ?? title);
const isObjective = ({ title, heading }: Task): boolean => /^Objectifs/.test(heading ?? title);

// ---- the kinds of rows

function header(document: MarkdownDocument, plan: Plan): Kind {
  const fact = (name: string): string => document.header[name] ?? 'absent';
  return {
    name: 'header facts',
    document: [
      row('title', document.title),
      row('revision day', frenchLongDay(fact('Dernière mise à jour'))),
      row('revision state', fact('État')),
    ],
    plan: [
      row('title', plan.title),
      row('revision day', plan.revision.day),
      row('revision state', plan.revision.state),
    ],
  };
}

const numberedRows = (texts: readonly string[]): readonly Row[] =>
  texts.map((text, at) => row(String(at + 1), text));

const objectives = (document: MarkdownDocument, plan: Plan): Kind => ({
  name: 'objectives',
  document: numberedRows(document.bullets.filter(isObjective).map(({ text }) => text)),
  plan: numberedRows(plan.objectives),
});

const planning = (document: MarkdownDocument, plan: Plan): Kind => ({
  name: 'planning rows',
  ordered: true,
  document: rowsOf(document, 'planning').map((cell) =>
    row(
      cell('Phase'),
      cell('Description'),
      cell('Durée estimée'),
      frenchDay(cell('Date début')),
      frenchDay(cell('Date fin')),
    ),
  ),
  plan: plan.periods.map(({ name, description, duration, from, to }) =>
    row(name, description, duration, from, to),
  ),
});

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** The phases of a planning row fill it from its first day to its last, without a hole; launch day is a phase's first. */
function phaseDates(document: MarkdownDocument, plan: Plan): Kind {
  const spans = plan.periods.map((period) => {
    const phases = plan.phases.filter(({ id }) => period.phases.includes(id));
    const whole = phases.every(({ from }, at) => at === 0 || from === dayAfter(phases[at - 1]?.to ?? from));
    return row(period.name, phases[0]?.from, phases.at(-1)?.to, whole ? 'without a hole' : 'with a hole');
  });
  const launchPeriod = plan.periods.find(({ phases }) => phases.includes(plan.launch.phase));
  const launchRow = rowsOf(document, 'planning').find((cell) => cell('Phase') === launchPeriod?.name);
  return {
    name: 'dates of phases',
    document: [
      ...rowsOf(document, 'planning').map((cell) =>
        row(cell('Phase'), frenchDay(cell('Date début')), frenchDay(cell('Date fin')), 'without a hole'),
      ),
      row('launch day', launchRow && frenchDay(launchRow('Date début'))),
    ],
    plan: [...spans, row('launch day', plan.launch.day)],
  };
}

/** The phases that a section may belong to: those of its own number, else of its chapter, else (an annex) any. */
function phasesFor(plan: Plan, section: string): readonly Phase[] {
  const chapter = section.split('.')[0] ?? section;
  const own = plan.phases.filter((phase) => phase.section === section || phase.section === chapter);
  if (own.length > 0) return own;
  const near = plan.phases.filter((phase) => phase.section.split('.')[0] === chapter);
  return near.length > 0 ? near : plan.phases;
}

const itemValue = (
  section: string,
  title: string,
  heading: string | undefined,
  text: string,
  place: string,
) => [section, title, heading ?? '-', text, place].join(' | ');

function items(document: MarkdownDocument, plan: Plan): Kind {
  const rows = plan.phases.flatMap((phase) =>
    phase.checklists.flatMap((list) =>
      list.items.map((item) => ({
        key: item.id,
        phase: phase.id,
        value: itemValue(
          list.section,
          list.title,
          list.heading,
          item.text,
          phasesFor(plan, list.section).includes(phase) ? 'in its phase' : `in phase ${phase.id}`,
        ),
      })),
    ),
  );
  return {
    name: 'checklist items',
    document: document.tasks.map(({ id, section, title, heading, text }) => ({
      key: id,
      value: itemValue(section, title, heading, text, 'in its phase'),
    })),
    plan: rows,
    // A phase's items, in the document's order; a phase may take in a later section (6.4, an annex).
    ordered: new Map(rows.map(({ key, phase }) => [key, phase])),
  };
}

/** Gates that quote criteria of the document, and gates that take their criteria from a checklist or from the metrics. */
function criteria(document: MarkdownDocument, plan: Plan): readonly Kind[] {
  const gates = plan.phases.flatMap((phase) =>
    phase.gate.criteria.map((criterion) => ({
      key: criterion.id,
      section: phase.gate.section ?? '',
      value: [
        phase.gate.section ?? '-',
        phase.gate.title ?? '-',
        criterion.text,
        phasesFor(plan, phase.gate.section ?? '').includes(phase) ? 'in its phase' : `in phase ${phase.id}`,
      ].join(' | '),
    })),
  );
  const written = document.bullets.filter(isCriterion);
  const gateSections = new Set(plan.phases.map(({ gate }) => gate.section));
  const borrowedTasks = document.tasks
    .filter(({ section }) => gateSections.has(section))
    .map((task) => ({
      ...task,
      dropped: false,
    }));
  const borrowedMetrics = tablesOf(document, 'metrics')
    .filter(({ section }) => gateSections.has(section))
    .flatMap(({ section, title, rows }) =>
      rows.map((cells, at) => ({
        section,
        title,
        heading: undefined,
        id: `${section}.${at + 1}`,
        text: `${cells['Métrique'] ?? ''} ${cells['Objectif'] ?? ''}`,
        // Measured on a later day than the gate's: not the gate's business.
        dropped: objectiveIn(cells['Objectif'] ?? '')?.fromDay !== undefined,
      })),
    );
  const writtenSections = new Set(written.map(({ section }) => section));
  const asRow = ({ id, section, title, heading, text }: Task): Row => ({
    key: id,
    value: [section, heading ?? title, text, 'in its phase'].join(' | '),
  });
  const borrowed = [
    ...borrowedTasks.filter(({ section }) => !writtenSections.has(section)),
    ...borrowedMetrics,
  ];
  return [
    {
      name: 'criteria',
      document: written.map(asRow),
      plan: gates.filter(({ section }) => writtenSections.has(section)),
      ordered: true,
    },
    {
      name: 'criteria taken from a checklist or the metrics',
      document: borrowed.filter(({ dropped }) => !dropped).map(asRow),
      plan: gates.filter(({ section }) => !writtenSections.has(section)),
      ordered: true,
    },
  ];
}

/** Numbers inside the criteria ("> 85%", "après 48 heures") against the checks and bakes that they are bound to. */
function thresholds(document: MarkdownDocument, plan: Plan): Kind {
  const bound = new Map(
    plan.phases.flatMap((phase) =>
      phase.gate.criteria.map((criterion) => [criterion.id, { phase, criterion }]),
    ),
  );
  const expected: Row[] = [];
  const actual: Row[] = [];
  for (const { id, text } of document.bullets.filter(isCriterion)) {
    const binding = bound.get(id);
    const wanted = objectiveIn(text);
    if (wanted) {
      const check = plan.checks[binding?.criterion.check ?? ''];
      expected.push(row(`${id} objective`, wanted.objective));
      if (check) actual.push(row(`${id} objective`, objectiveText(check.objective)));
    }
    const wantedHours = /après (\d+) heures/.exec(text)?.[1];
    if (wantedHours !== undefined) {
      expected.push(row(`${id} hours`, wantedHours));
      const bake = binding?.phase.observation;
      if (bake) actual.push(row(`${id} hours`, bake.continuousHealthHours));
    }
  }
  return { name: 'numbers inside criteria', document: expected, plan: actual };
}

/** "(10% des utilisateurs)" in the title of a section against the exposure of its phase. */
function exposures(document: MarkdownDocument, plan: Plan): Kind {
  const titled = [...document.sections].flatMap(([section, title]) => {
    const percent = /\((\d+)\s?% des utilisateurs\)/.exec(title)?.[1];
    return percent === undefined ? [] : [row(section, percent)];
  });
  const titledSections = new Set(titled.map(({ key }) => key));
  return {
    name: 'percentages of users',
    document: titled,
    plan: plan.phases
      .filter(({ section }) => titledSections.has(section))
      .map(({ section, exposure }) => row(section, exposure)),
    ordered: true,
  };
}

const scripts = (document: MarkdownDocument, plan: Plan): Kind => ({
  name: 'scripts',
  document: document.scripts.map((path) => row(path)),
  // One that is run for two purposes is one script.
  plan: [...new Set(Object.values(plan.scripts).map(({ path }) => path))].map((path) => row(path)),
});

/** A row that names a script in backticks is bound to that script. */
function scriptBindings(document: MarkdownDocument, plan: Plan): Kind {
  const texts = [
    ...document.tasks.map(({ id, text }) => ({ key: id, text })),
    ...document.numbered.flatMap(({ number, bullets }) =>
      bullets.map((text, at) => ({ key: `rollback ${number}.${at + 1}`, text })),
    ),
  ];
  const named = texts.flatMap(({ key, text }) => {
    const path = scriptIn(text);
    return path === undefined ? [] : [row(key, path)];
  });
  const wanted = new Set(named.map(({ key }) => key));
  const itemScripts = plan.phases.flatMap(({ checklists }) =>
    checklists.flatMap((list) =>
      list.items.flatMap(({ id, verified }) =>
        typeof verified === 'object' && 'script' in verified ? [{ key: id, script: verified.script }] : [],
      ),
    ),
  );
  const stepScripts = rollbackLevels.flatMap((level, levelAt) =>
    plan.rollback[level].steps.flatMap(({ action }, at) =>
      action.kind === 'script' ? [{ key: `rollback ${levelAt + 1}.${at + 1}`, script: action.script }] : [],
    ),
  );
  return {
    name: 'rows bound to their script',
    document: named,
    plan: [...itemScripts, ...stepScripts]
      .filter(({ key }) => wanted.has(key))
      .map(({ key, script }) => row(key, plan.scripts[script]?.path)),
  };
}

const risks = (document: MarkdownDocument, plan: Plan): readonly Kind[] => [
  {
    name: 'risks',
    ordered: true,
    document: rowsOf(document, 'risks').map((cell) =>
      row(cell('ID'), cell('Risque'), cell('Probabilité'), cell('Impact'), cell('Gravité')),
    ),
    plan: plan.risks.map(({ id, name, probability, impact, gravity }) =>
      row(id, name, probability, impact, gravity),
    ),
  },
  {
    name: 'mitigations',
    ordered: true,
    document: rowsOf(document, 'mitigation').map((cell) => row(cell('ID'), cell('Stratégie de mitigation'))),
    plan: plan.risks.map(({ id, mitigation }) => row(id, mitigation)),
  },
];

const rollback = (document: MarkdownDocument, plan: Plan): readonly Kind[] => [
  {
    name: 'rollback levels',
    ordered: true,
    document: document.numbered.map(({ number, title }) => {
      const [, name = title, level] = /^(.*?) \((.*)\)$/.exec(title) ?? [];
      return row(number, name, level);
    }),
    plan: rollbackLevels.map((id, at) =>
      row(String(at + 1), plan.rollback[id].name, plan.rollback[id].level),
    ),
  },
  {
    name: 'rollback steps',
    ordered: true,
    document: document.numbered.flatMap(({ number, bullets }) =>
      bullets.map((text, at) => row(`${number}.${at + 1}`, text)),
    ),
    plan: rollbackLevels.flatMap((id, level) =>
      plan.rollback[id].steps.map(({ text }, at) => row(`${level + 1}.${at + 1}`, text)),
    ),
  },
];

const reports = (document: MarkdownDocument, plan: Plan): Kind => ({
  name: 'internal communications',
  ordered: true,
  document: rowsOf(document, 'reports').map((cell) =>
    row(cell('Étape'), cell('Audience'), cell('Message'), cell('Canal'), cell('Fréquence')),
  ),
  plan: plan.reports.map(({ step, audience, content, channel, frequency }) =>
    row(step, audience, content, channel, frequency),
  ),
});

/** A row with two timings ("J+21, J+30") is two messages. Messages of the plan without a date are sent by events. */
const messages = (document: MarkdownDocument, plan: Plan): Kind => ({
  name: 'external communications',
  ordered: true,
  document: rowsOf(document, 'messages').flatMap((cell) =>
    cell('Timing')
      .split(/,\s*/)
      .map((timing) =>
        row(
          `${cell('Étape')} ${timing}`,
          cell('Audience'),
          cell('Message'),
          cell('Canal'),
          dayOfLaunch(timing),
          audienceIn(cell('Audience')),
        ),
      ),
  ),
  plan: plan.messages
    .filter(({ timing, date }) => timing !== undefined || date !== undefined)
    .map(({ step, timing, audienceName, content, channel, date, audience }) =>
      row(
        `${step} ${timing ?? 'without timing'}`,
        audienceName,
        content,
        channel,
        date?.day,
        'exposed' in audience ? `exposed ${audience.exposed}` : 'segment',
      ),
    ),
});

const roles = (document: MarkdownDocument, plan: Plan): Kind => ({
  name: 'roles',
  ordered: true,
  document: rowsOf(document, 'roles').map((cell) =>
    row(cell('Rôle'), cell('Responsable'), cell('Contact'), ...cell('Responsabilités').split(/,\s*/)),
  ),
  plan: Object.values(plan.roles)
    .filter(({ external }) => external !== true)
    .map(({ name, holder, contact, duties }) => row(name, holder, contact, ...duties)),
});

const escalation = (document: MarkdownDocument, plan: Plan): Kind => ({
  name: 'escalation levels',
  ordered: true,
  document: rowsOf(document, 'escalation').map((cell) =>
    row(cell('Niveau'), cell('Contact'), cell('Délai max de réponse'), cell("Conditions d'escalade")),
  ),
  plan: plan.escalation.map(({ level, name, delayMinutes, condition }) =>
    row(`Niveau ${level}`, name, `${delayMinutes} min`, condition),
  ),
});

const metrics = (document: MarkdownDocument, plan: Plan): readonly Kind[] => {
  const wanted = rowsOf(document, 'metrics').map((cell) => ({
    name: cell('Métrique'),
    target: cell('Objectif'),
    method: cell('Méthode de mesure'),
    read: objectiveIn(cell('Objectif')),
  }));
  return [
    {
      name: 'success metrics',
      ordered: true,
      document: wanted.map(({ name, target, method, read }) =>
        row(name, target, method, read?.objective, read?.fromDay),
      ),
      plan: plan.successMetrics.map(({ name, target, method, objective, fromDay }) =>
        row(name, target, method, objectiveText(objective), fromDay),
      ),
    },
    {
      name: 'checks of the success metrics',
      document: wanted.map(({ name, read }) => row(name, read?.objective)),
      plan: plan.successMetrics.flatMap(({ name, check }) => {
        const found = plan.checks[check];
        return found ? [row(name, objectiveText(found.objective))] : [];
      }),
    },
  ];
};

const references = (document: MarkdownDocument, plan: Plan): Kind => ({
  name: 'references',
  ordered: true,
  document: document.links.map(({ title, path }) => row(title, path)),
  plan: plan.references.map(({ title, path }) => row(title, path)),
});

/** What the document has and no kind above looks at would be missed in silence. */
function unread(document: MarkdownDocument): readonly string[] {
  const known = Object.values(columns);
  return [
    ...document.tables
      .filter((table) => !known.some((wanted) => sameColumns(table, wanted)))
      .map(({ section, columns: found }) => `table of ${section}, columns ${found.join(', ')}`),
    ...document.bullets
      .filter((bullet) => !isCriterion(bullet) && !isObjective(bullet))
      .map(({ section, text }) => `bullet of ${section || 'no section'}: ${text}`),
  ];
}

// ---- comparing

interface Outcome {
  readonly passed: number;
  readonly failures: readonly string[];
}

function duplicates(keys: readonly string[]): readonly string[] {
  return [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))];
}

function compareKind({ document, plan, ordered }: Kind): Outcome {
  if (document.length === 0)
    return { passed: 0, failures: ['the document has no such rows: nothing examined'] };
  const failures: string[] = [];
  const planned = new Map(plan.map(({ key, value }) => [key, value]));
  const written = new Map(document.map(({ key, value }) => [key, value]));
  let passed = 0;
  for (const { key, value } of document) {
    const found = planned.get(key);
    if (found === undefined) failures.push(`${key}: missing from the plan\n    document: ${value}`);
    else if (found !== value)
      failures.push(`${key}: differs\n    document: ${value}\n    plan:     ${found}`);
    else passed += 1;
  }
  for (const { key, value } of plan) {
    if (!written.has(key)) failures.push(`${key}: not in the document\n    plan:     ${value}`);
  }
  for (const key of duplicates(plan.map((entry) => entry.key))) failures.push(`${key}: twice in the plan`);
  for (const key of duplicates(document.map((entry) => entry.key)))
    failures.push(`${key}: twice in the document`);
  const groups = ordered instanceof Map ? ordered : new Map<string, string>();
  for (const group of ordered ? new Set([...groups.values(), '']) : []) {
    const inGroup = ({ key }: Row): boolean =>
      planned.has(key) && written.has(key) && (groups.get(key) ?? '') === group;
    const wanted = document.filter(inGroup);
    const found = plan.filter(inGroup);
    const at = wanted.findIndex(({ key }, index) => key !== found[index]?.key);
    if (at < 0) continue;
    failures.push(
      `order${group && ` in ${group}`}: the document has ${wanted[at]?.key} where the plan has ${found[at]?.key}`,
    );
  }
  return { passed, failures };
}

/** Every kind of row, compared; the lines to print and the totals. */
export function compare(
  document: MarkdownDocument,
  plan: Plan,
): { readonly lines: readonly string[]; readonly passed: number; readonly failed: number } {
  const kinds: readonly Kind[] = [
    header(document, plan),
    objectives(document, plan),
    planning(document, plan),
    phaseDates(document, plan),
    items(document, plan),
    ...criteria(document, plan),
    thresholds(document, plan),
    exposures(document, plan),
    scripts(document, plan),
    scriptBindings(document, plan),
    ...risks(document, plan),
    ...rollback(document, plan),
    reports(document, plan),
    messages(document, plan),
    roles(document, plan),
    escalation(document, plan),
    ...metrics(document, plan),
    references(document, plan),
  ];
  const lines: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const kind of kinds) {
    const outcome = compareKind(kind);
    passed += outcome.passed;
    failed += outcome.failures.length;
    lines.push(`${outcome.failures.length === 0 ? 'ok  ' : 'FAIL'} ${kind.document.length} ${kind.name}`);
    lines.push(...outcome.failures.map((failure) => `  ${failure}`));
  }
  const missed = unread(document);
  failed += missed.length;
  lines.push(...missed.map((what) => `FAIL not examined: ${what}`));
  return { lines, passed, failed };
}

/** How many rows the document has at all. */
export const rowCount = (document: MarkdownDocument): number =>
  document.tasks.length +
  document.bullets.length +
  document.numbered.length +
  document.links.length +
  document.tables.reduce((sum, { rows }) => sum + rows.length, 0);

class NothingToCompare extends Error {}

function read(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NothingToCompare(`the ${what} cannot be read: ${reason}`);
  }
}

function readPlan(path: string): Plan {
  const text = read(path, 'plan');
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new NothingToCompare(
      `${path} is not YAML: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const result = PlanSchema.safeParse(value);
  if (!result.success) throw new NothingToCompare(`${path} is not a plan:\n${z.prettifyError(result.error)}`);
  return result.data;
}

function main(documentPath: string, planPath: string): number {
  try {
    const document = parseMarkdown(read(documentPath, 'document'));
    if (rowCount(document) === 0) throw new NothingToCompare(`${documentPath} contains no rows to compare`);
    const plan = readPlan(planPath);
    console.log(`${relative('.', documentPath)} against ${relative('.', planPath)}`);
    const { lines, passed, failed } = compare(document, plan);
    for (const line of lines) console.log(line);
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NothingToCompare)) throw error;
    console.error(`Nothing compared: ${error.message}\nGive the document: npm run test:document -- FILE`);
    return 2;
  }
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..', '..');
  const [documentPath, planPath] = process.argv.slice(2);
  process.exitCode = main(
    documentPath ?? join(root, '..', 'shared', 'plan-technicia.md'),
    planPath ?? join(root, 'plans', 'technicia.yaml'),
  );
}
