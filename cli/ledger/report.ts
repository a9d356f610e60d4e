/** `jalon ledger report`: an account of a release from its proven ledger, as Markdown and as a page to print. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import { htmlOf } from '#presentation/audit-report/html.ts';
import { markdownOf } from '#presentation/audit-report/markdown.ts';
import { pageOf } from '#presentation/audit-report/page.ts';
import type { Language } from '#presentation/format.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { BadInput, exitCodes } from '../terminal/exit.ts';
import type { Io } from '../terminal/io.ts';
import { loadPlan } from '../terminal/plan-argument.ts';
import { writePages } from '../terminal/write-pages.ts';
import { isWhole, prove, sentenceOf } from './proving.ts';
import { bytesOf, rowsOf } from './rows.ts';
import { headOf, type VerifyOptions } from './verify.ts';

export interface AccountOptions extends VerifyOptions {
  readonly plan?: string;
  readonly lang?: Language;
  readonly to: string;
}

/** Prints the path of each file. Exit codes: 0 written, 4 the ledger is broken and nothing was written. Throws BadInput. */
export async function accountCommand(path: string, options: AccountOptions, io: Io): Promise<number> {
  const plan = await loadPlan(options.plan, options.lang);
  const head = headOf(options);
  const entries: LedgerEntry[] = [];
  const ended = await prove(rowsOf(bytesOf(path)), head, (entry) => entries.push(entry));
  if (!isWhole(ended) || ended.release === undefined) {
    io.stderr(sentenceOf(path, ended, head));
    return exitCodes.broken;
  }
  const { release } = ended;
  if (release.product !== plan.product)
    throw new BadInput(
      `${path} is the ledger of a release of ${release.product}, and the plan is of ${plan.product}: give its plan with --plan`,
    );
  if (release.planRevision !== plan.revision.day)
    io.stderr(
      `jalon: the release was conducted with the plan of ${release.planRevision}, and this one is of ${plan.revision.day}: its dates may be others\n`,
    );
  const language = options.lang ?? plan.language;
  const page = pageOf({ plan, release, entries }, language, await textsOf(language));
  const files = [
    [`${release.id}.md`, markdownOf(page)],
    [`${release.id}.html`, htmlOf(page)],
  ] as const;
  for (const written of writePages(options.to, files)) io.stdout(`${written}\n`);
  return exitCodes.completed;
}
