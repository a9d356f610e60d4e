/**
 * Measurements of the past as a file: CSV with the columns `check,minute,nT,xT,nC,xC` (the last two may be empty), or JSON:
 * `{ "checks": { "<check>": [[minute, nT, xT, nC, xC], ...] } }`, or the evidence of a bake as the API gives it
 * (`{ "looks": [...] }`). A minute is an instant (ISO 8601) or a number of minutes since 1970. What n and x are depends on
 * the check's metric (`domain/judge/series.ts`).
 */

import { readFileSync, statSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { type BlockRow, toBlock } from '#domain/judge/evidence.ts';
import type { Block } from '#domain/judge/series.ts';
import { present } from '#domain/present.ts';
import { minuteMs } from '#domain/time.ts';
import { BadInput } from '../terminal/exit.ts';

/** Half a year of one-minute blocks for ten checks is half of that. */
const bytesMax = 200_000_000;

export interface Measured {
  /** Users with the new version, in percent, where the file says so. */
  readonly exposure?: number;
  readonly blocks: Readonly<Record<string, readonly Block[]>>;
}

/** Throws BadInput that names the line or the place. */
export function readMeasured(file: string): Measured {
  const text = read(file);
  return file.toLowerCase().endsWith('.csv') ? fromCsv(file, text) : fromJson(file, text);
}

function read(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > bytesMax) {
      throw new BadInput(
        `${file} has ${size} bytes; at most ${bytesMax} are read: split it by check or by day`,
      );
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const why = error instanceof TypeError ? 'it is not UTF-8' : error instanceof Error ? error.message : '';
    throw new BadInput(
      `${file} cannot be read (${why}): give a file of past measurements; docs/reference/judging.md has the forms`,
    );
  }
}

const columns = ['check', 'minute', 'nT', 'xT', 'nC', 'xC'] as const;
type Line = Readonly<Record<(typeof columns)[number], string>>;

function fromCsv(file: string, text: string): Measured {
  let lines: readonly { readonly record: Line; readonly info: { readonly lines: number } }[];
  try {
    lines = parse(text, {
      bom: true,
      columns: (given: string[]) => header(file, given),
      info: true,
      trim: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(`${file} is no CSV: ${error instanceof Error ? error.message : ''}`);
  }
  const blocks: Record<string, Block[]> = {};
  for (const { record, info } of lines) {
    const place = `${file}:${info.lines}`;
    const row: BlockRow = [
      minuteOf(place, record.minute),
      numberOf(place, 'nT', record.nT),
      numberOf(place, 'xT', record.xT),
      numberOf(place, 'nC', record.nC),
      numberOf(place, 'xC', record.xC),
    ];
    blocks[record.check] ??= [];
    blocks[record.check]?.push(toBlock(row));
  }
  return { blocks };
}

function header(file: string, given: readonly string[]): string[] {
  const missing = columns.filter((column) => !given.includes(column));
  if (missing.length === 0) return [...given];
  throw new BadInput(
    `${file}:1 has no column ${missing.join(', ')}: the first line must name ${columns.join(', ')}`,
  );
}

/** Not a number is kept: whoever counted it so is told by the judge. */
function numberOf(place: string, column: string, text: string): number | null {
  if (text === '') return null;
  if (/^[+-]?(nan|inf(inity)?)$/i.test(text)) return Number.NaN;
  const value = Number(text);
  if (!Number.isNaN(value)) return value;
  throw new BadInput(
    `${place}: ${column} is "${text}": a number is needed, or nothing where nothing was counted`,
  );
}

function minuteOf(place: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return Math.floor(ms / minuteMs);
  throw new BadInput(
    `${place}: minute is "${text}": an instant such as 2025-05-18T07:00:00Z is needed, or minutes since 1970`,
  );
}

const count = z.number().nullable();
const Row = z.tuple([z.number().int(), count, count, count, count]);
const File = z.union([
  z.object({
    exposure: z.number().min(0).max(100).optional(),
    checks: z.record(z.string(), z.array(Row)),
  }),
  z.object({
    looks: z.array(
      z.object({
        exposure: z.number(),
        checks: z.record(z.string(), z.object({ blocks: z.array(Row) })),
      }),
    ),
  }),
]);

function fromJson(file: string, text: string): Measured {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BadInput(`${file} is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  const parsed = File.safeParse(value);
  if (!parsed.success) {
    throw new BadInput(
      `${file} must hold { "checks": { "<check>": [[minute, nT, xT, nC, xC], ...] } } or { "looks": [...] }`,
    );
  }
  return 'checks' in parsed.data ? ofChecks(parsed.data) : ofLooks(parsed.data.looks);
}

const ofChecks = ({
  exposure,
  checks,
}: {
  exposure?: number | undefined;
  checks: Record<string, BlockRow[]>;
}): Measured => ({
  ...present({ exposure }),
  blocks: Object.fromEntries(Object.entries(checks).map(([check, rows]) => [check, rows.map(toBlock)])),
});

/** The looks of a bake one after the other: a minute that was revised counts as it was seen last. */
function ofLooks(
  looks: readonly {
    readonly exposure: number;
    readonly checks: Record<string, { readonly blocks: BlockRow[] }>;
  }[],
): Measured {
  const known = new Map<string, Map<number, Block>>();
  for (const { checks } of looks) {
    for (const [check, { blocks }] of Object.entries(checks)) {
      const minutes = known.get(check) ?? new Map<number, Block>();
      known.set(check, minutes);
      for (const row of blocks) minutes.set(row[0], toBlock(row));
    }
  }
  const exposure = looks.at(-1)?.exposure;
  return {
    ...present({ exposure }),
    blocks: Object.fromEntries(
      [...known].map(([check, minutes]) => [
        check,
        [...minutes.values()].toSorted((one, other) => one.minute - other.minute),
      ]),
    ),
  };
}
