/** `jalon story`: a release told from its plan, phase by phase, as a rehearsal is. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { replay } from '#domain/ledger/replay.ts';
import { BadInput } from '../terminal/exit.ts';
import { loadPlan } from '../terminal/plan-argument.ts';
import { timeline } from '../timeline/timeline.ts';
import { Client } from './client.ts';
import { endpointOf } from './endpoint.ts';
import { type RunOptions, releaseMeant } from './execute.ts';
import { tellingOf } from './output-context.ts';
import type { ProcessEnvironment } from './process-context.ts';
import { type AnswersByPage, answers, reading } from './responses.ts';

/** 200 entries each. */
const pagesMax = 500;

/** The plan is a file of this machine: it must be of the release's revision. Throws CommandFailed. */
export async function storyCommand(
  planArgument: string | undefined,
  options: RunOptions,
  processEnvironment: ProcessEnvironment,
): Promise<void> {
  const plan = await loadPlan(planArgument, options.lang);
  const endpoint = endpointOf(options, processEnvironment);
  const { texts, paint, language } = await tellingOf(processEnvironment, options.lang ?? plan.language);
  const client = new Client(endpoint, processEnvironment, language);
  const releaseId = await releaseMeant(client, options.release);
  const entries = await ledgerOf(client, releaseId);
  const release = replay(releaseId, entries);
  const [theirs, ours] = [
    `${release.product}, ${release.planRevision}`,
    `${plan.product}, ${plan.revision.day}`,
  ];
  if (theirs !== ours)
    throw new BadInput(
      `${releaseId} goes by another plan (${theirs}) than the file (${ours}): write the file of that plan`,
    );
  const lines = timeline({ plan, release, entries }, { language, texts, paint });
  processEnvironment.stdout(lines.map((line) => `${line}\n`).join(''));
}

/** Without what chains it: nothing is proven here, only told. */
async function ledgerOf(client: Client, releaseId: string): Promise<readonly LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  let after: number | undefined = 0;
  for (let page = 0; page < pagesMax && after !== undefined; page += 1) {
    const answer = await client.read('read-timeline', { releaseId, after });
    const read: AnswersByPage['timeline'] = reading(answers.timeline, answer);
    for (const { seq, at, actor, fact } of read.entries)
      entries.push({ releaseId, seq, at, actor, fact: fact as Fact, previous: '', hash: '' });
    after = read.next;
  }
  return entries;
}
