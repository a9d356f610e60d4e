/**
 * What the calls of the stores are on DynamoDB. It follows the adapters (`functions/adapters/dynamodb/`): reads are
 * consistent, every change but one is a transaction (two write units per KiB, of the larger of the row before and after), and a
 * change of an indexed attribute is written to the index too. `test/integration/dynamodb/units.it.ts` holds it to the engine.
 */

import { spellingOf } from '#domain/rules/version-spelling.ts';
import { bucketKey, segmentKey, versionKey } from '#functions/adapters/dynamodb/table-keys.ts';
import { callMs } from './assumptions.ts';
import { itemBytes, readUnits } from './capacity.ts';
import { type Rules, sum } from './rules.ts';
import { read, readAndWrite, transacted, write } from './stores/calls.ts';
import { campaignRules } from './stores/campaigns.ts';
import { feedbackRules } from './stores/feedback.ts';
import { commitRules, readerRules } from './stores/releases.ts';
import { bakeRules, waitRules } from './stores/waits.ts';

/** The row that says which generation is read. */
const currentUnits = readUnits(0);
/** A user's row with its keys: id, address, language. */
const memberBytes = 250;
/** It remembers what it must know of a row to say what the next call takes. */
export function storeRules(
  product: string,
): Rules<
  | 'releases'
  | 'reader'
  | 'versions'
  | 'waits'
  | 'bakes'
  | 'campaigns'
  | 'feedback'
  | 'audience'
  | 'preferences'
> {
  const reader = readerRules();
  return {
    releases: { ...reader, ...commitRules },
    reader,
    versions: {
      findBad: (_given, bad) => read(itemBytes(bad ?? {})),
      markBad: ([bad]) =>
        write(transacted(itemBytes({ ...versionKey(product, spellingOf(bad.version)), ...bad }))),
    },
    waits: waitRules(),
    bakes: bakeRules(),
    campaigns: campaignRules(),
    feedback: feedbackRules(),
    preferences: {
      optOut: () => write(transacted(0)),
      optIn: () => write(transacted(0)),
      // As if it were news of somebody who is in the audience: nearly always it is.
      unreachable: () => readAndWrite(currentUnits + readUnits(memberBytes), 2, transacted(0)),
    },
    audience: {
      page: ([audience], answer) => {
        const generation = '1747555200000-00000000';
        const rows = (answer?.people ?? []).map((person) =>
          'segment' in audience
            ? segmentKey(product, generation, audience.segment, person)
            : bucketKey(product, generation, 0, person),
        );
        return {
          usage: { readUnit: currentUnits + readUnits(sum(rows.map(itemBytes))) },
          ms: callMs.read + callMs.query,
          table: 'releases',
        };
      },
      count: () => read(0),
      // A batch is billed row by row; nearly nobody has a row of preferences, and asking for it is billed too.
      members: ([people]) => ({
        usage: { readUnit: currentUnits + people.length * (readUnits(memberBytes) + readUnits(0)) },
        ms: 2 * callMs.read,
        table: 'releases',
      }),
    },
  };
}
