/** Which source file imports which, types too; and the circles in it. */
import { importsIn, sourcesIn, targetOf, textOf } from './sources.ts';

export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Of the whole tree; what is no source file of ours (packages, `node:*`, data) is left out. */
export function importGraph(): ImportGraph {
  const files = sourcesIn('.');
  const ours = new Set(files);
  return new Map(files.map((file) => [file, targetsOf(file).filter((target) => ours.has(target))]));
}

export const targetsOf = (file: string): readonly string[] =>
  importsIn(textOf(file)).map(({ specifier }) => targetOf(specifier, file));

/** What files reach in any number of steps, themselves included. */
export function reachedFrom(files: readonly string[], graph: ImportGraph): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    open.push(...(graph.get(file) ?? []));
  }
  return reached;
}

/**
 * Files that reach themselves, with those that they do it through: the strongly connected components (Tarjan, "Depth-first
 * search and linear graph algorithms", 1972), each sorted. A file that imports itself is one.
 */
export function circlesIn(graph: ImportGraph): readonly (readonly string[])[] {
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];

  function visit(file: string): void {
    const nth = order.size;
    order.set(file, nth);
    low.set(file, nth);
    open.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      // One that is no longer open is in another component.
      if (open.includes(target)) lower(file, low.get(target) ?? nth);
    }
    if (low.get(file) !== nth) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || graph.get(file)?.includes(file)) circles.push(circle.toSorted());
  }
  function lower(file: string, to: number): void {
    low.set(file, Math.min(low.get(file) ?? to, to));
  }

  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles.toSorted(([a = ''], [b = '']) => a.localeCompare(b));
}
