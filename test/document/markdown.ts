/** Reads the Markdown of a deployment document into its rows: no knowledge of any product, only of Markdown. */

/** Where a row stands: "2.2", its title, and the subheading inside it when there is one. */
interface Place {
  readonly section: string;
  readonly title: string;
  readonly heading: string | undefined;
}

export interface Task extends Place {
  readonly id: string;
  readonly text: string;
}
type Bullet = Task;

export interface Table extends Place {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** `1. **Name (level)**` and the bullets below it. */
interface NumberedEntry extends Place {
  readonly number: string;
  readonly title: string;
  readonly bullets: readonly string[];
}

interface Link {
  readonly title: string;
  readonly path: string;
}

export interface MarkdownDocument {
  readonly title: string;
  /** `> Name : value` lines before the first chapter. */
  readonly header: Readonly<Record<string, string>>;
  /** Title by section number, chapters included: "3", "3.1". */
  readonly sections: ReadonlyMap<string, string>;
  readonly tasks: readonly Task[];
  readonly bullets: readonly Bullet[];
  readonly tables: readonly Table[];
  readonly numbered: readonly NumberedEntry[];
  readonly links: readonly Link[];
  /** Paths in backticks that end like a PowerShell script, each once. */
  readonly scripts: readonly string[];
}

const cellsOf = (line: string): readonly string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

const isRuler = (cells: readonly string[]): boolean => cells.every((cell) => /^:?-+:?$/.test(cell));

/** The path of the script that a text names in backticks. */
export const scriptIn = (text: string): string | undefined => /`([^`]+\.ps1)`/.exec(text)?.[1];

/** "2.2", or "2.2.staging" under "Environnement de staging": the prefix of the ids of the rows below. */
const prefixOf = ({ section, heading }: Place): string =>
  heading === undefined ? section : `${section}.${heading.split(' ').at(-1) ?? ''}`;

export function parseMarkdown(text: string): MarkdownDocument {
  let title = '';
  let place: Place = { section: '', title: '', heading: undefined };
  const header: Record<string, string> = {};
  const sections = new Map<string, string>();
  const tasks: Task[] = [];
  const bullets: Bullet[] = [];
  const tables: { place: Place; columns: readonly string[]; rows: Record<string, string>[] }[] = [];
  const numbered: { place: Place; number: string; title: string; bullets: string[] }[] = [];
  const links: Link[] = [];
  const counts = new Map<string, number>();
  let insideTable = false;

  const next = (key: string): number => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
  const addBullet = (bullet: string): void => {
    const key = `bullet ${place.section} ${place.heading ?? ''}`;
    bullets.push({ ...place, id: `${place.section}.${next(key)}`, text: bullet });
  };

  /** The first pattern that fits a line says what it is; its groups go to the rule. */
  const rules: readonly (readonly [RegExp, (groups: readonly string[]) => void])[] = [
    [
      /^# (.+)$/,
      ([name = '']) => {
        title = name;
      },
    ],
    [
      /^#{2,3} (\d+(?:\.\d+)*)\. (.+)$/,
      ([section = '', name = '']) => {
        place = { section, title: name, heading: undefined };
        sections.set(section, name);
      },
    ],
    [
      /^#### (.+)$/,
      ([heading]) => {
        place = { ...place, heading };
      },
    ],
    [
      /^> ([^:*]+?) : (.+)$/,
      ([name = '', value = '']) => {
        header[name] = value;
      },
    ],
    [
      /^\s*[-*] \[[ xX]\] (.+)$/,
      ([task = '']) => {
        const prefix = prefixOf(place);
        tasks.push({ ...place, id: `${prefix}.${next(`task ${prefix}`)}`, text: task });
      },
    ],
    [/^[-*] \[([^\]]+)\]\(([^)]+)\)\s*$/, ([name = '', path = '']) => links.push({ title: name, path })],
    [/^[-*] (.+)$/, ([bullet = '']) => addBullet(bullet)],
    [
      /^(\d+)\. \*\*(.+)\*\*\s*$/,
      ([number = '', name = '']) => numbered.push({ place, number, title: name, bullets: [] }),
    ],
    [
      /^\s+[-*] (.+)$/,
      ([bullet = '']) => {
        const entry = numbered.at(-1);
        if (entry?.place.section === place.section) entry.bullets.push(bullet);
        else addBullet(bullet);
      },
    ],
    [
      /^\s*(\|.*)$/,
      ([line = '']) => {
        const cells = cellsOf(line);
        const table = insideTable ? tables.at(-1) : undefined;
        if (!table) tables.push({ place, columns: cells, rows: [] });
        else if (!isRuler(cells)) {
          table.rows.push(Object.fromEntries(table.columns.map((column, at) => [column, cells[at] ?? ''])));
        }
      },
    ],
  ];

  for (const line of text.split(/\r?\n/)) {
    for (const [pattern, take] of rules) {
      const groups = pattern.exec(line)?.slice(1);
      if (!groups) continue;
      take(groups.map((group) => group.trim()));
      break;
    }
    insideTable = line.trimStart().startsWith('|');
  }

  return {
    title,
    header,
    sections,
    tasks,
    bullets,
    tables: tables.map(({ place: where, columns, rows }) => ({ ...where, columns, rows })),
    numbered: numbered.map((entry) => ({
      ...entry.place,
      number: entry.number,
      title: entry.title,
      bullets: entry.bullets,
    })),
    links,
    scripts: [...new Set([...text.matchAll(/`([^`]+\.ps1)`/g)].map(([, path = '']) => path))],
  };
}
