/**
 * What the calls of the stores are on DynamoDB. It follows the adapters (`functions/adapters/dynamodb/`): reads are
 * consistent, every change but one is a transaction (two write units per KiB), and a change of an indexed attribute is written
 * to the index too.
 */

import type { Release } from '#domain/ledger/records.ts';
import { countedAs, type DeliveryStatus, isNews } from '#domain/mailing/delivery.ts';
import { entryChange, headRow, rowChanges } from '#functions/adapters/dynamodb/release-rows.ts';
import type { Change } from '#functions/adapters/dynamodb/table.ts';
import {
  bakeKey,
  generationPartition,
  intendedKey,
  lookKey,
  recipientKey,
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

/** A row that goes takes a unit like one that is written; the release's are small. */
const changeUnits = (change: Change) => transacted('put' in change ? itemBytes(change.put) : 0);

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

/** It remembers each mail's status, on which the number of rows of a change depends. */
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
  return {
    releases: releaseRules(),
    reader: releaseRules(),
    versions: { findBad: () => read(0), markBad: () => write(transacted(0)) },
    waits: waitRules,
    bakes: bakeRules,
    campaigns: campaignRules(),
    feedback: feedbackRules,
    preferences: { optOut: preferred, optIn: preferred, unreachable: preferred },
    audience: {
      page: (_given, answer) => {
        const pk = generationPartition(product, '1747555200000-00000000');
        // The sort key holds the bucket and the user.
        const rows = answer?.people.map((person) => itemBytes({ pk, sk: `BUCKET#00000#${person}` }));
        return {
          usage: { readUnit: currentUnits + readUnits(sum(rows ?? [])) },
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

function releaseRules(): Rules<'releases'>['releases'] {
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
    commit: ([before, next, entries]) => {
      const rows = [...entries.map(entryChange), ...rowChanges(before, next)];
      const claim = before === undefined || (before.status === 'active' && next.status !== 'active');
      // The head comes into the index when the release begins and moves in it when it ends; nothing else of it is projected.
      const moves = before === undefined ? 1 : 2;
      const extra = claim ? transacted(0) + writeUnits(0) * moves : 0;
      return write(transacted(itemBytes(headRow(next))) + sum(rows.map(changeUnits)) + extra);
    },
    giveWay: () => ({ usage: {}, ms: 0 }),
    history: (_given, entries) => ({
      ...read(sum((entries ?? []).map((entry) => itemBytes(entry)))),
      ms: callMs.query,
    }),
    access: () => read(0),
    start: () => read(0),
    keepStart: ([start]) => write(writeUnits(itemBytes(start))),
    // An index that is read as it is: half a unit.
    active: () => ({ usage: { readUnit: 0.5 }, ms: callMs.query, table: 'releases' }),
    ended: (_given, answer) => ({
      usage: { readUnit: 0.5 + (answer?.releases.length ?? 0) },
      ms: callMs.query + callMs.read,
      table: 'releases',
    }),
  };
}

const waitBytes = (wait: { readonly releaseId: string; readonly waitId: string }) =>
  itemBytes({ ...waitKey(wait.releaseId, wait.waitId), ...wait, token: '', openWait: wait.waitId }) +
  tokenBytes;
/** The row is in the index of open waits with all it has. */
const withIndex = (table: number, bytes: number) => table + writeUnits(bytes);
const waitRules: Rules<'waits'>['waits'] = {
  // The one write that is no transaction.
  arm: ([wait]) => write(withIndex(writeUnits(waitBytes(wait)), waitBytes(wait)), 'waits'),
  get: () => read(tokenBytes, 'waits'),
  open: (_given, waits) => ({ ...read(sum((waits ?? []).map(waitBytes)), 'waits'), ms: callMs.query }),
  settle: ([wait, answer]) => {
    const bytes = waitBytes({ ...wait, ...answer });
    return write(withIndex(transacted(bytes), bytes), 'waits');
  },
  close: ([wait]) => write(withIndex(transacted(waitBytes(wait)), waitBytes(wait)), 'waits'),
};

const bakeRules: Rules<'bakes'>['bakes'] = {
  get: (_given, state) => read(state ? itemBytes({ state }) : 0),
  put: ([{ releaseId, waitId, epoch, phase, attempt }, , state, evidence]) => {
    const look = itemBytes({ ...lookKey(releaseId, phase, attempt, 1e12), evidence, expiresAt: 1e9 });
    const memory = itemBytes({
      ...bakeKey(releaseId, waitId),
      epoch,
      state,
      lastTickMs: 1e12,
      expiresAt: 1e9,
    });
    return write(transacted(memory) + transacted(look), 'releases', {
      storedGbMonth: ((look + itemOverheadBytes) / 1e9) * evidenceKeptMonths,
    });
  },
};

function campaignRules(): Rules<'campaigns'>['campaigns'] {
  const campaigns = new Map<string, Map<string, DeliveryStatus>>();
  const rowsOf = (campaign: string) => {
    const rows = campaigns.get(campaign) ?? new Map<string, DeliveryStatus>();
    campaigns.set(campaign, rows);
    return rows;
  };
  return {
    listing: () => read(0),
    intend: ([campaign, before, page, atMs]) => {
      const row = { ...intendedKey(campaign), ...page, nth: before?.pages ?? 1, expiresAt: atMs };
      return write(transacted(itemBytes(row)));
    },
    advance: () => write(transacted(0)),
    claim: ([campaign, person, atMs], won) => {
      if (won !== true) return write(transacted(0));
      rowsOf(campaign).set(person, 'claimed');
      const row = {
        ...recipientKey(campaign, person),
        status: 'delivered',
        expiresAt: atMs,
      };
      const bytes = itemBytes(row);
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
      const { ms, ...one } = write(transacted(0) + shard + index, 'releases', { readUnit: readUnits(0) });
      return { ...one, ms: ms + callMs.read };
    },
    // At most 17 rows of some 100 bytes.
    tally: () => ({ ...read(0), ms: callMs.query }),
    silent: () => ({ usage: { readUnit: 0.5 }, ms: callMs.query, table: 'releases' }),
    reached: (_given, page) => ({
      ...read(sum((page?.people ?? []).map((person) => itemBytes({ person }) + 150))),
      ms: callMs.query,
    }),
  };
}

/** A row of a hash and a word; of an address that did not work the audience is asked. */
const preferred = () => write(transacted(0), 'releases', { readUnit: readUnits(memberBytes) });

/** An answer's row has its person, question and release, at most a text; a text of 2,000 characters is four units more. */
const answerBytes = 400;
const feedbackRules: Rules<'feedback'>['feedback'] = {
  put: () => {
    const { ms, ...one } = write(transacted(answerBytes) + transacted(0), 'releases', {
      readUnit: readUnits(0),
    });
    return { ...one, ms: ms + callMs.read };
  },
  of: () => ({ ...read(answerBytes), ms: callMs.query }),
  // At most eight rows a question.
  tallies: () => ({ ...read(0), ms: callMs.query }),
};
