/** `jalon ledger export`: the ledger of a deployed release as a file, proven while it is written. */
import { ReleaseNotFound } from '#domain/errors.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { asking, onTable, type TableSelector, tableName } from '../audience/aws.ts';
import { BadInput, exitCodes } from '../terminal/exit.ts';
import type { Io } from '../terminal/io.ts';
import { loadPlan } from '../terminal/plan-argument.ts';
import { fromApi } from './from-api.ts';
import { isWhole, prove, sentenceOf } from './proving.ts';
import { bytesOf, rowsOf } from './rows.ts';
import type { LedgerSource } from './source.ts';
import { writeLedger } from './write.ts';

export interface ExportOptions extends TableSelector {
  readonly release: string;
  readonly to?: string;
  readonly plan?: string;
  readonly api?: string;
}

const pageMax = 1000;

/**
 * Exit codes: 0 written and whole, 4 written as it is and broken, 2 not written. Throws BadInput.
 * `env` says JALON_API and JALON_TOKEN.
 */
export async function exportCommand(
  options: ExportOptions,
  env: Readonly<Record<string, string | undefined>>,
  io: Io,
): Promise<number> {
  const { release, to = `${release}.jsonl` } = options;
  const fromTable = options.table !== undefined || options.stage !== undefined;
  const api = options.api ?? env['JALON_API'];
  if (!fromTable && api === undefined)
    throw new BadInput(
      'write where the ledger is: --table or --stage for DynamoDB, or --api (or JALON_API) and the token in JALON_TOKEN',
    );
  const { head, pages } =
    fromTable || api === undefined
      ? await fromDynamo(options)
      : await fromApi({ api, token: env['JALON_TOKEN'] ?? '', releaseId: release });
  await writeLedger(to, pages);
  // What was written is what is proven.
  const ended = await prove(rowsOf(bytesOf(to)), head);
  const whole = isWhole(ended);
  (whole ? io.stdout : io.stderr)(sentenceOf(to, ended, head));
  return whole ? exitCodes.completed : exitCodes.broken;
}

async function fromDynamo(options: ExportOptions): Promise<LedgerSource> {
  const plan = await loadPlan(options.plan);
  const given = onTable(plan, tableName(options, plan));
  const { provide } = await import('#functions/runtime/powers/reader.ts');
  const reader = provide(given);
  const { seq, hash } = await asking(() => found(reader.load(options.release)));
  async function* pages() {
    for (let after = 0; after < seq; ) {
      const entries = await asking(() =>
        reader.history(options.release, after, Math.min(pageMax, seq - after)),
      );
      const last = entries.at(-1);
      if (!last) return;
      yield entries;
      after = last.seq;
    }
  }
  return { head: { seq, hash }, pages: pages() };
}

async function found<T>(loading: Promise<T>): Promise<T> {
  try {
    return await loading;
  } catch (error) {
    throw error instanceof ReleaseNotFound ? new BadInput(sayRefusal('en', error.refusal)) : error;
  }
}
