/** Answers of people, and their tallies. */
import { answerRow, tallyChange } from '#functions/adapters/dynamodb/feedback.ts';
import { callMs } from '../assumptions.ts';
import { itemBytes, readUnits } from '../capacity.ts';
import { type Rules, sum } from '../rules.ts';
import { read, readAndWrite, transacted, valueIn } from './calls.ts';

/** By release and person, what they answered; and the shards that there are of the release's tallies. */
export function feedbackRules(): Rules<'feedback'>['feedback'] {
  const people = new Map<string, Map<string, { good: boolean; version: number; bytes: number }>>();
  const shards = new Map<string, Map<string, number>>();
  return {
    put: ([answer, atMs], taken) => {
      const { releaseId, person, question, good } = answer;
      const theirs = valueIn(people, `${releaseId} ${person}`);
      const before = theirs.get(question);
      const readUnit = readUnits(before?.bytes ?? 0);
      if (taken === false) return read(before?.bytes ?? 0);
      const version = (before?.version ?? 0) + 1;
      const bytes = itemBytes(answerRow(answer, version, atMs));
      theirs.set(question, { good, version, bytes });
      const moved = tallyChange(answer, before).map(({ update }) => update);
      for (const shard of moved)
        valueIn(shards, releaseId).set(shard.sk, itemBytes({ ...shard, answers: 10, good: 10 }));
      const units = transacted(Math.max(bytes, before?.bytes ?? 0)) + transacted(0) * moved.length;
      return readAndWrite(readUnit, 1, units);
    },
    of: ([releaseId, person]) => {
      const rows = [...valueIn(people, `${releaseId} ${person}`).values()];
      return { ...read(sum(rows.map(({ bytes }) => bytes))), ms: callMs.query };
    },
    tallies: ([releaseId]) => ({
      ...read(sum([...valueIn(shards, releaseId).values()])),
      ms: callMs.query,
    }),
  };
}
