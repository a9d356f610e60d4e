/**
 * The recorded cases: their shape, and reading them. The data stays where it is; nothing of it is copied
 * here.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '#domain/json.ts';

export interface Behaviour {
  readonly echo?: boolean;
  readonly returns?: Json;
  readonly throws?: { readonly errorType: string; readonly errorMessage: string };
  readonly missing?: boolean;
  readonly takesSeconds?: number;
  readonly sequence?: readonly Behaviour[];
  readonly sendsTaskSuccess?: { readonly output: Json; readonly afterSeconds: number };
  readonly sendsTaskFailure?: {
    readonly error?: string;
    readonly cause?: string;
    readonly afterSeconds: number;
  };
  readonly heartbeats?: { readonly everySeconds: number; readonly count: number };
  readonly never?: boolean;
}

export interface ExpectedEvent extends JsonObject {
  readonly type: string;
}

export interface Expected {
  readonly status: string;
  readonly output?: Json;
  readonly error?: Json;
  readonly cause?: Json;
  readonly ordering: 'total' | 'parallel-bag' | 'informative';
  /** Absent where only the status was recorded. */
  readonly events: readonly ExpectedEvent[] | null;
}

export interface OracleCase {
  readonly id: string;
  readonly definition: JsonObject;
  readonly input: Json;
  readonly functions: Readonly<Record<string, Behaviour>>;
  readonly stateMachines?: Readonly<Record<string, JsonObject>>;
  readonly operations?: readonly {
    readonly afterSeconds: number;
    readonly stopExecution?: { readonly error?: string; readonly cause?: string };
  }[];
  readonly expected: Expected;
}

const functionArns = 'arn:aws:lambda:eu-west-3:000000000000:function:';
const machineArns = 'arn:aws:states:eu-west-3:000000000000:stateMachine:';

/** `fn:echo` and `sm:child` become ARNs, also in the middle of a text, and `$repeat` its text. */
export function substitute(value: Json): Json {
  return mapTexts(value, (text) =>
    text.replace(/(?<![\w:])fn:(?=\w)/g, functionArns).replace(/(?<![\w:])sm:(?=\w)/g, machineArns),
  );
}

/** The way back. */
export const restore = (value: Json): Json =>
  mapTexts(value, (text) => text.replaceAll(functionArns, 'fn:').replaceAll(machineArns, 'sm:'));

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => mapTexts(item, change));
  const repeated = repeatedText(value as JsonObject);
  if (repeated !== undefined) return repeated;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [change(name), mapTexts(member as Json, change)]),
  );
}

function repeatedText(value: JsonObject): string | undefined {
  const repeat = value['$repeat'];
  if (!Array.isArray(repeat)) return undefined;
  const [text, count] = repeat as [string, number];
  return text.repeat(count);
}

/**
 * @param folder the folder of the case files, or the one that holds it as `cases`
 * @throws Error that says what to do when there is no such folder
 */
export function readCases(folder: string): readonly OracleCase[] {
  const cases = existsSync(join(folder, 'cases')) ? join(folder, 'cases') : folder;
  if (!existsSync(cases)) {
    throw new Error(
      `no folder ${cases}: get the recorded cases (asl-oracle) and run npm run test:oracle -- FOLDER`,
    );
  }
  return readdirSync(cases)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(cases, name), 'utf8')) as OracleCase[]);
}
