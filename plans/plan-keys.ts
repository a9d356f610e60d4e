/** Which keys a plan may have where, read from the schema itself, and which of them somebody probably meant. */
import * as z from 'zod';
import { PlanSchema } from '#functions/contracts/plan.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Keys allowed in the object at a path; of a union, those of all its shapes. */
export function allowedKeys(path: readonly PropertyKey[]): readonly string[] {
  const root: Schema = z.toJSONSchema(PlanSchema, { io: 'input', unrepresentable: 'any' }) as Schema;
  let shapes: readonly Schema[] = [root];
  for (const part of path) shapes = shapes.flatMap(shapesOf).flatMap((shape) => member(shape, part));
  return [
    ...new Set(shapes.flatMap(shapesOf).flatMap(({ properties }) => Object.keys(properties ?? {}))),
  ].toSorted();
}

const shapesOf = (schema: Schema): readonly Schema[] => {
  const parts = schema.anyOf ?? schema.oneOf;
  return parts ? parts.flatMap(shapesOf) : [schema];
};

function member({ properties, additionalProperties, items }: Schema, part: PropertyKey): readonly Schema[] {
  if (typeof part === 'number') return items ? [items] : [];
  const own = properties?.[String(part)];
  if (own) return [own];
  return typeof additionalProperties === 'object' ? [additionalProperties] : [];
}

const distanceMax = 3;

/** The allowed key that is spelt most like it, if any is close. */
export function nearest(key: string, allowed: readonly string[]): string | undefined {
  const ranked = allowed
    .map((one) => ({ one, distance: distanceOf(key.toLowerCase(), one.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.min(distanceMax, Math.ceil(key.length / 2)) ? best.one : undefined;
}

/** Levenshtein, "Binary codes capable of correcting deletions, insertions, and reversals", 1966. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
