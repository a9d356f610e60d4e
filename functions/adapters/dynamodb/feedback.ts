/**
 * What users answered, in the table `releases`: a row per (release, person, question), and the tally of each question in eight
 * shards. Row and shard move in one transaction whose condition is the version that was read, so the sum is exact at any time.
 */

import * as z from 'zod';
import type { FeedbackStore, SurveyAnswer } from '#application/ports/audience.ts';
import { changesMax, type FeedbackTallies, type FeedbackTally } from '#domain/audience/feedback.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import { present } from '#domain/present.ts';
import { change, type DynamoTable, read, select } from './table.ts';
import {
  answerPrefix,
  feedbackKey,
  feedbackPartition,
  feedbackTallyKey,
  feedbackTallyPrefix,
  lastOfKey,
} from './table-keys.ts';

const shardCount = 8;
const questionsMax = 200;
const keptDays = 400;
/** Of one answer at the same moment: a person has two hands. */
const racesMax = 8;

const AnswerRow = z.object({ value: z.int(), good: z.boolean(), version: z.int() });
const TallyRow = z.object({ sk: z.string(), answers: z.int().default(0), good: z.int().default(0) });

export class DynamoFeedbackStore implements FeedbackStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async put(answer: SurveyAnswer, atMs: number): Promise<boolean> {
    const { releaseId, person, question } = answer;
    const key = feedbackKey(releaseId, person, question);
    for (let races = 0; races < racesMax; races += 1) {
      const row = await read(this.#table, key);
      const before = row && AnswerRow.parse(row);
      if (before && before.version >= changesMax) return false;
      const version = (before?.version ?? 0) + 1;
      const lost = await change(this.#table, [
        {
          put: answerRow(answer, version, atMs),
          ...(before
            ? { when: '#version = :version', values: { ':version': before.version } }
            : { when: 'attribute_not_exists(#pk)' }),
        },
        ...tallyChange(answer, before),
      ]);
      if (!lost) return true;
    }
    throw new ServiceUnavailable({ code: 'answers-contended', params: { times: racesMax } });
  }

  async of(releaseId: string, person: string): Promise<Readonly<Record<string, number>>> {
    const rows = await select(
      this.#table,
      {
        where: '#pk = :pk AND begins_with(#sk, :prefix)',
        values: { ':pk': feedbackPartition(releaseId), ':prefix': answerPrefix(person) },
      },
      questionsMax,
    );
    return Object.fromEntries(rows.map((row) => [lastOfKey(String(row['sk'])), AnswerRow.parse(row).value]));
  }

  async tallies(releaseId: string): Promise<FeedbackTallies> {
    const rows = await select(
      this.#table,
      {
        where: '#pk = :pk AND begins_with(#sk, :prefix)',
        values: { ':pk': feedbackPartition(releaseId), ':prefix': feedbackTallyPrefix },
      },
      questionsMax * shardCount,
    );
    const sums: Record<string, FeedbackTally> = {};
    for (const row of rows) {
      const { sk, answers, good } = TallyRow.parse(row);
      const question = lastOfKey(sk.slice(0, sk.lastIndexOf('#')));
      const sum = sums[question] ?? { answers: 0, good: 0 };
      sums[question] = { answers: sum.answers + answers, good: sum.good + good };
    }
    return sums;
  }
}

export const answerRow = (
  { releaseId, person, question, value, good, text }: SurveyAnswer,
  version: number,
  atMs: number,
) => ({
  ...feedbackKey(releaseId, person, question),
  value,
  good,
  ...present({ text }),
  version,
  expiresAt: Math.floor(atMs / 1000) + keptDays * 86_400,
});

/** The shard's change, when the answer is new or counts otherwise than before. */
export function tallyChange(
  { releaseId, person, question, good }: SurveyAnswer,
  before: { readonly good: boolean } | undefined,
) {
  const better = Number(good) - Number(before?.good ?? false);
  if (before && better === 0) return [];
  const shard = Number.parseInt(person.slice(-2), 16) % shardCount;
  return [
    {
      update: feedbackTallyKey(releaseId, question, shard),
      by: 'ADD #answers :answers, #good :good',
      values: { ':answers': before ? 0 : 1, ':good': better },
    },
  ];
}
