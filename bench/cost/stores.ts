/**
 * What the calls of the stores are on DynamoDB. It follows the adapters (`functions/adapters/dynamodb/`): reads are
 * consistent, every change but one is a transaction (two write units per KiB, of the larger of the row before and after), and a
 * change of an indexed attribute is written to the index too. `test/integration/dynamodb/units.it.ts` holds it to the engine.
 */

import type { Release } from '#domain/ledger/records.ts';
import { countedAs, type DeliveryStatus, isNews } from '#domain/mailing/delivery.ts';
import { spellingOf } from '#domain/rules/version-spelling.ts';
import type { Wait } from '#domain/rules/wait.ts';
import { claimedRow } from '#functions/adapters/dynamodb/campaigns.ts';
import { answerRow, tallyChange } from '#functions/adapters/dynamodb/feedback.ts';
import { headRow, rowChanges } from '#functions/adapters/dynamodb/release-rows.ts';
import { commitChanges } from '#functions/adapters/dynamodb/releases.ts';
import type { Change, StoredRow } from '#functions/adapters/dynamodb/table.ts';
import {
  activePartition,
  bakeKey,
  bucketKey,
  endedEdge,
  endedPartition,
  headKey,
  intendedKey,
  type Key,
  lookKey,
  recipientKey,
  segmentKey,
  versionKey,
  waitKey,
} from '#functions/adapters/dynamodb/table-keys.ts';
import {
  callMs,
  campaignKeptMonths,
  evidenceKeptMonths,
  itemOverheadBytes,
  tokenBytes,
} from './assumptions.ts';
import { itemBytes, readUnits, writeUnits } from './capacity.ts';
import { type Request, type Rules, sum } from './rules.ts';
import type { Usage } from './usage.ts';

/** The row that says which generation is read. */
const currentUnits = readUnits(0);
/** A user's row with its keys: id, address, language. */
const memberBytes = 250;
const transacted = (bytes: number) => 2 * writeUnits(bytes);

/** Bytes of rows as they were written last: over a larger one, a smaller one takes what the larger did. */
class Sizes {
  readonly #bytes = new Map<string, number>();

  of({ pk, sk }: Key): number {
    return this.#bytes.get(`${pk} ${sk}`) ?? 0;
  }

  /** Writes it, and answers what is billed. */
  over(row: StoredRow & Key, more = 0): number {
    const bytes = itemBytes(row) + more;
    const billed = Math.max(bytes, this.of(row));
    this.#bytes.set(`${row.pk} ${row.sk}`, bytes);
    return billed;
  }

  remove({ pk, sk }: Key): void {
    this.#bytes.delete(`${pk} ${sk}`);
  }
}

type Table = NonNullable<Request['table']>;
const read = (bytes: number, table: Table = 'releases'): Request => ({
  usage: { readUnit: readUnits(bytes) },
  ms: callMs.read,
  table,
});
const write = (units: number, table: Table = 'releases', more: Usage = {}): Request => ({
  usage: { writeUnit: units, ...more },
  ms: callMs.transaction,
  table,
});

/** A change of a row that is read first, and so many others beside it. */
const readAndWrite = (readUnit: number, reads: number, units: number): Request => {
  const { ms, ...one } = write(units, 'releases', { readUnit });
  return { ...one, ms: ms + reads * callMs.read };
};
/** An index that is read as it is, by its rows: half a unit. */
const readIndex = (rows: readonly object[]): Request => ({
  usage: { readUnit: readUnits(sum(rows.map(itemBytes))) / 2 },
  ms: callMs.query,
  table: 'releases',
});

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

function readerRules(): Rules<'reader'>['reader'] {
  const loads = new WeakMap<Release, number>();
  const loadUnits = (release: Release): number => {
    const known = loads.get(release);
    if (known !== undefined) return known;
    const rows = rowChanges(undefined, release).map((one) => ('put' in one ? itemBytes(one.put) : 0));
    const units = readUnits(itemBytes(headRow(release)) + sum(rows));
    loads.set(release, units);
    return units;
  };
  return {
    load: (_given, release) => ({
      usage: { readUnit: release ? loadUnits(release) : 1 },
      ms: callMs.query,
      table: 'releases',
    }),
    history: (_given, entries) => ({
      ...read(sum((entries ?? []).map((entry) => itemBytes(entry)))),
      ms: callMs.query,
    }),
    access: () => read(0),
    start: () => read(0),
    active: (_given, ids) =>
      readIndex(
        (ids ?? []).map((id) => ({ ...headKey(id), gsi1pk: activePartition, gsi1sk: `${at}#${id}` })),
      ),
    ended: (_given, answer) => {
      const heads = answer?.releases ?? [];
      const index = readIndex(
        heads.map(({ id }) => ({ ...headKey(id), gsi1pk: endedPartition, gsi1sk: endedEdge(at, id) })),
      );
      const readUnit = sum(heads.map((head) => readUnits(itemBytes({ ...headKey(head.id), release: head }))));
      return {
        usage: { readUnit: readUnit + (index.usage.readUnit ?? 0) },
        ms: index.ms + callMs.read,
        table: 'releases',
      };
    },
  };
}

/** Instants have one length. */
const at = '2025-05-18T08:00:00.000Z';
const commitRules: Omit<Rules<'releases'>['releases'], keyof Rules<'reader'>['reader']> = {
  commit: ([before, next, entries]) => {
    // What the rows were, as if all of the release had been written at once.
    const old = before === undefined ? [] : commitChanges(undefined, before, []);
    const bytes = new Map(old.map((change) => [keyOf(change).sk, change]));
    const changed = commitChanges(before, next, entries).map((change) => {
      const was = bytes.get(keyOf(change).sk);
      return transacted(Math.max(changeBytes(change), was === undefined ? 0 : changeBytes(was)));
    });
    return write(sum(changed) + writeUnits(0) * moves(before, next));
  },
  keepStart: ([start]) => write(transacted(itemBytes(start))),
  giveWay: () => ({ usage: {}, ms: 0 }),
};

/** The head comes into the index when the release begins and moves in it when it ends; nothing else of it is projected. */
function moves(before: Release | undefined, next: Release): number {
  if (before === undefined) return 1;
  return headRow(before).gsi1pk === headRow(next).gsi1pk ? 0 : 2;
}
const keyOf = (change: Change): Key => {
  if ('put' in change) return change.put;
  if ('remove' in change) return change.remove;
  return 'update' in change ? change.update : change.check;
};
const changeBytes = (change: Change) => ('put' in change ? itemBytes(change.put) : 0);

/** The row is in the index of open waits with all it has. */
function waitRules(): Rules<'waits'>['waits'] {
  const rows = new Sizes();
  const open = new Sizes();
  const rowOf = (wait: Pick<Wait, 'releaseId' | 'waitId'>) => ({
    ...waitKey(wait.releaseId, wait.waitId),
    ...wait,
    token: '',
    openWait: wait.waitId,
  });
  const bytesOf = (wait: Wait) => itemBytes(rowOf(wait)) + tokenBytes;
  return {
    // The one write that is no transaction.
    arm: ([wait], armed) => {
      const row = rowOf(armed ?? wait);
      return write(writeUnits(rows.over(row, tokenBytes)) + writeUnits(open.over(row, tokenBytes)), 'waits');
    },
    get: (_given, wait) => read(wait ? bytesOf(wait) : 0, 'waits'),
    open: (_given, waits) => ({ ...read(sum((waits ?? []).map(bytesOf)), 'waits'), ms: callMs.query }),
    settle: ([wait], settled) => {
      const key = waitKey(wait.releaseId, wait.waitId);
      if (!settled?.won) return write(transacted(rows.of(key)), 'waits');
      const row = rowOf(settled.wait ?? wait);
      return write(transacted(rows.over(row, tokenBytes)) + writeUnits(open.over(row, tokenBytes)), 'waits');
    },
    close: ([wait]) => {
      const key = waitKey(wait.releaseId, wait.waitId);
      const index = open.of(key);
      open.remove(key);
      return write(transacted(rows.of(key)) + (index === 0 ? 0 : writeUnits(index)), 'waits');
    },
  };
}

function bakeRules(): Rules<'bakes'>['bakes'] {
  const memories = new Sizes();
  return {
    get: (_given, state) => read(state ? itemBytes({ state }) : 0),
    put: ([{ releaseId, waitId, epoch, phase, attempt }, , state, evidence]) => {
      const look = itemBytes({ ...lookKey(releaseId, phase, attempt, 1e12), evidence, expiresAt: 1e9 });
      const memory = { ...bakeKey(releaseId, waitId), epoch, state, lastTickMs: 1e12, expiresAt: 1e9 };
      return write(transacted(memories.over(memory)) + transacted(look), 'releases', {
        storedGbMonth: ((look + itemOverheadBytes) / 1e9) * evidenceKeptMonths,
      });
    },
  };
}

function campaignRules(): Rules<'campaigns'>['campaigns'] {
  const campaigns = new Map<string, Map<string, DeliveryStatus>>();
  const rowsOf = (campaign: string) => valueIn(campaigns, campaign);
  const intended = new Sizes();
  return {
    listing: () => read(0),
    intend: ([campaign, before, page, atMs]) => {
      const row = { ...intendedKey(campaign), ...page, nth: before?.pages ?? 1, expiresAt: atMs };
      return write(transacted(intended.over(row)));
    },
    advance: () => write(transacted(0)),
    claim: ([campaign, person, atMs], won) => {
      if (won !== true) return write(transacted(0));
      rowsOf(campaign).set(person, 'claimed');
      const bytes = itemBytes(sentRow(campaign, person, atMs));
      const storedGbMonth = ((bytes + itemOverheadBytes) / 1e9) * campaignKeptMonths;
      // Into the index of claims of which nothing was heard.
      return write(transacted(bytes) + writeUnits(0), 'releases', { storedGbMonth });
    },
    release: ([campaign, person]) => {
      rowsOf(campaign).delete(person);
      return write(transacted(0) + writeUnits(0));
    },
    mark: ([campaign, person, status]) => {
      const before = rowsOf(campaign).get(person);
      if (before === undefined || !isNews(status, before)) return read(0);
      rowsOf(campaign).set(person, status);
      const shard = countedAs(before) === countedAs(status) ? 0 : transacted(0);
      // Out of the index of claims, where it was in it.
      const index = before === 'claimed' ? writeUnits(0) : 0;
      return readAndWrite(readUnits(0), 1, transacted(0) + shard + index);
    },
    // At most 17 rows of some 100 bytes.
    tally: () => ({ ...read(0), ms: callMs.query }),
    silent: ([campaign, beforeMs], people) =>
      readIndex((people ?? []).map((person) => claimedRow(campaign, person, beforeMs))),
    // With those few whom it did not reach: their rows are read too, and not answered.
    reached: ([campaign], page) => {
      const rows = (page?.people ?? []).map((person) => sentRow(campaign, person, 1e12));
      return { ...read(sum(rows.map(itemBytes))), ms: callMs.query };
    },
  };
}

/** A recipient's row as it stays. */
const sentRow = (campaign: string, person: string, atMs: number) => ({
  ...recipientKey(campaign, person),
  status: 'delivered',
  expiresAt: Math.floor(atMs / 1000),
});

/** By release and person, what they answered; and the shards that there are of the release's tallies. */
function feedbackRules(): Rules<'feedback'>['feedback'] {
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

/** What is in a map of maps, empty at first. */
function valueIn<V>(maps: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const known = maps.get(key) ?? new Map<string, V>();
  maps.set(key, known);
  return known;
}
