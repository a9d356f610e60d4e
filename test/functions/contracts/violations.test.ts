/** What a contract refuses, as codes: in English what zod itself says, and a form of ours wherever a contract says more. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shapes } from '#domain/refusals/contract.ts';
import { apis, callbacks, events, importers, steps, tools, workers } from '#functions/catalogue.ts';
import { ReleaseInput } from '#functions/contracts/release.ts';
import { violationsOf } from '#functions/contracts/violations.ts';
import { ScriptCallback } from '#functions/contracts/webhook.ts';
import type { Permitted } from '#functions/runtime/permission.ts';
import { violationsInEnglish } from '#presentation/messages/refusals/contract.english.ts';
import { violationsInFrench } from '#presentation/messages/refusals/contract.french.ts';

const refused = (contract: z.ZodType, input: unknown) => {
  const { error } = contract.safeParse(input);
  if (error === undefined) throw new TypeError(`${JSON.stringify(input)} keeps the contract`);
  return { error, violations: violationsOf(error, input) };
};
/** As it was before there were codes. */
const inWordsOfZod = ({ issues }: z.ZodError) =>
  issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`).join('; ');

const member = (one: z.ZodType) => z.strictObject({ a: one });
const wrong: readonly (readonly [string, z.ZodType, unknown])[] = [
  ['a member that is missing', member(z.string()), {}],
  ['another type', member(z.string()), { a: 7 }],
  ['null', member(z.number()), { a: null }],
  ['a list', member(z.boolean()), { a: [1] }],
  ['an object', member(z.array(z.string())), { a: {} }],
  ['what is no number', member(z.number()), { a: Number.NaN }],
  ['no whole number', member(z.int()), { a: 1.5 }],
  ['nothing at all', member(z.string()), undefined],
  ['a text that is too long', member(z.string().max(3)), { a: 'four' }],
  ['a text that is too short', member(z.string().min(3)), { a: '' }],
  ['a text of another length', member(z.string().length(3)), { a: 'four' }],
  ['a list that is too long', member(z.array(z.int()).max(1)), { a: [1, 2] }],
  ['a list that is too short', member(z.array(z.int()).min(1)), { a: [] }],
  ['a number that is too big', member(z.number().max(3)), { a: 4 }],
  ['a number that is too small', member(z.number().positive()), { a: 0 }],
  ['a number at its limit', member(z.number().lt(3)), { a: 3 }],
  ['none of what is allowed', member(z.enum(['b', 'c'])), { a: 'd' }],
  ['not what it must be', member(z.literal(1)), { a: 2 }],
  ['a member that nobody knows', member(z.string()), { a: '', b: 1 }],
  ['members that nobody knows', member(z.string()), { a: '', b: 1, c: 2 }],
  ['no member of a union', member(z.union([z.string(), z.int()])), { a: true }],
  ['several at once, deep down', member(member(z.array(z.string()))), { a: { a: ['', 1], b: 1 } }],
];

describe('violationsOf', () => {
  it.each(wrong)('%s: in English in the words of zod', (_, contract, input) => {
    const { error, violations } = refused(contract, input);
    expect(violationsInEnglish(violations)).toBe(inWordsOfZod(error));
  });

  it.each(wrong)('%s: in French with the same path, and in none of them', (_, contract, input) => {
    const { error, violations } = refused(contract, input);
    const said = violationsInFrench(violations);
    for (const { path } of error.issues) expect(said).toContain(path.join('.') || "l'entrée");
    expect(said).not.toMatch(/Invalid|expected|received|Too |Unrecognized|undefined/);
  });

  it('tells nothing of the values but their types', () => {
    const { violations } = refused(member(z.int()), { a: 'a secret', b: 1 });
    expect(JSON.stringify(violations)).not.toContain('secret');
  });

  it('ends somewhere, whatever was sent', () => {
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`${at}`.repeat(99), at]));
    const [unknown] = refused(z.strictObject({}), many).violations;
    expect(JSON.stringify(unknown).length).toBeLessThan(25_000);
    const list = Array.from({ length: 3000 }, () => 0);
    expect(refused(z.array(z.string()), list).violations).toHaveLength(50);
  });
});

/** What contracts have zod say in words of their own, wherever in them. */
function wordsIn(value: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  if (!('_zod' in value)) return Object.values(value).flatMap((one) => wordsIn(one, seen));
  const { def } = value._zod as { def: Readonly<Record<string, unknown>> };
  const { error, ...rest } = def;
  const own = typeof error === 'function' ? [wordsOf(error({ code: 'custom', input: undefined }))] : [];
  return [...own, ...wordsIn(rest, seen)];
}
const wordsOf = (said: unknown): string =>
  typeof said === 'object' && said !== null && 'message' in said ? String(said.message) : String(said);

describe('what contracts say in words of their own', () => {
  const definitions = Object.values({
    ...steps,
    ...events,
    ...workers,
    ...importers,
    ...tools,
    ...callbacks,
  });
  const requests = Object.values(apis).flatMap(({ handlers }): readonly Permitted[] =>
    Object.values<Permitted>(handlers),
  );
  const contracts = [
    ...[...definitions, ...requests].map(({ input }) => input),
    ...[ReleaseInput, ScriptCallback],
  ];

  it('are names of forms, which every language says', () => {
    const words = [...new Set(contracts.flatMap((contract) => wordsIn(contract)))];
    expect(words.length).toBeGreaterThan(10);
    expect(words.filter((one) => !shapes.some((shape) => shape === one))).toEqual([]);
  });

  it('would be seen wherever they stand', () => {
    const hidden = z.strictObject({
      a: z.array(z.union([z.string().regex(/x/, 'one'), z.int('two')])).max(3, 'three'),
      b: z
        .string()
        .refine(() => true, 'four')
        .default('')
        .readonly(),
      c: z.string().transform(Number).pipe(z.number().max(3, 'five')).exactOptional(),
      d: z.record(z.string(), z.iso.date('six')),
    });
    expect(wordsIn(hidden).toSorted()).toEqual(['five', 'four', 'one', 'six', 'three', 'two']);
  });
});
