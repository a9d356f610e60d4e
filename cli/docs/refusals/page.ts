/** The tables of `docs/reference/refusals.md`: every code by the error that carries it, said in both languages with an example. */
import type { Refusal } from '#domain/refusals/refusals.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { rewritten, table } from '../tables.ts';
import type { RefusalExamples } from './example.ts';
import { examples } from './examples.ts';

const inCell = (text: string) => text.replaceAll('|', '\\|');

const tableOf = (ofType: RefusalExamples<Readonly<Record<string, unknown>>>): string =>
  table(
    ['code', 'when', 'in English', 'en français'],
    Object.entries(ofType).map(([code, { when, params }]) => {
      const refusal = { code, params } as Refusal;
      return [`\`${code}\``, when, inCell(sayRefusal('en', refusal)), inCell(sayRefusal('fr', refusal))];
    }),
  );

/** Problems of this type have no error behind them. */
const untyped = 'about:blank';
const heading = (type: string) =>
  type === untyped ? `### \`${untyped}\`` : `### [\`${type}\`](errors.md#${type.toLowerCase()})`;

/** The page with its tables anew. Throws RangeError when their place is not there. */
export const withRefusals = (page: string): string =>
  rewritten(page, {
    refusals: Object.entries(examples)
      .map(([type, ofType]) => `${heading(type)}\n\n${tableOf(ofType)}`)
      .join('\n\n'),
  });
