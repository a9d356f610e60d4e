/** Files that were uploaded: imported whole or not at all, in as many runs as it takes, with a report beside them. */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Ports } from '#application/ports/ports.ts';
import { hourMs } from '#domain/time.ts';
import { importAudience } from '#functions/events/import-audience.ts';
import { sweepAudience } from '#functions/events/sweep-audience.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { MemoryAudience } from '#rehearsal/world/audience.ts';
import { MemoryUploads } from '#rehearsal/world/uploads.ts';
import { personOf } from '#test/support/hashed.ts';
import { smallPlan } from '#test/support/plans.ts';
import { busy } from '#test/support/refusals.ts';

const plan = smallPlan({ product: 'demo', segments: { pilots: 'Pilots' } });
const startMs = Date.parse('2025-03-10T09:00:00Z');
let nowMs: number;
let audience: MemoryAudience;
let uploads: MemoryUploads;
let logs: { readonly code: string; readonly outcome?: unknown }[];

beforeEach(() => {
  nowMs = startMs;
  audience = new MemoryAudience('demo');
  uploads = new MemoryUploads();
  logs = [];
});

const portsWith = (changes: Partial<Ports> = {}) =>
  ({
    plan,
    uploads,
    audienceImports: audience,
    audienceRemoval: audience,
    clock: { nowMs: () => nowMs },
    log: { write: (code, fields) => void logs.push({ code, ...fields }) },
    sha256,
    sayRefusal,
    ...changes,
  }) as Ports;

const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `u-${from + index},u-${from + index}@example.org,fr,pilots\n`);
const csv = (...lines: readonly string[]) => `userId,email,locale,segments\n${lines.join('')}`;

/** As S3 tells EventBridge; `nth` upload of the day. */
const arrived = (key: string, nth = 0, etag = 'e') => ({
  Records: [
    {
      messageId: 'm1',
      body: JSON.stringify({
        version: '0',
        'detail-type': 'Object Created',
        source: 'aws.s3',
        time: new Date(startMs + nth * 1000).toISOString().replace('.000', ''),
        detail: {
          bucket: { name: 'b' },
          object: { key, size: 1, etag, sequencer: '006A' },
          reason: 'PutObject',
        },
      }),
    },
  ],
});
const deliver = (event: unknown, changes?: Partial<Ports>) =>
  handlerOf(importAudience, portsWith(changes))(event);
const taken = { batchItemFailures: [] };
const givenBack = { batchItemFailures: [{ itemIdentifier: 'm1' }] };
const upload = (content: string, key = 'uploads/users.csv') => uploads.put({ key, etag: 'e' }, content);
const size = () => audience.count({ exposed: 100 });

describe('a file that is good', () => {
  it('is the audience, and says so', async () => {
    upload(csv(...rows(3)));
    expect(await deliver(arrived('uploads/users.csv'))).toEqual(taken);
    expect(await size()).toBe(3);
    expect(uploads.reports.get('uploads/users.csv')).toMatchObject({
      outcome: 'imported',
      people: 3,
      refused: 0,
    });
    expect(logs).toEqual([
      { code: 'AUDIENCE_IMPORTED', upload: 'uploads/users.csv', outcome: 'imported', people: 3, refused: 0 },
    ]);
  });

  it('delivered twice is imported once; an older one afterwards changes nothing', async () => {
    upload(csv(...rows(3)));
    await deliver(arrived('uploads/users.csv', 5));
    await audience.erase('u-1');
    expect(await deliver(arrived('uploads/users.csv', 5))).toEqual(taken);
    expect(await size()).toBe(2);
    upload(csv(...rows(9)), 'uploads/old.csv');
    expect(await deliver(arrived('uploads/old.csv', 4))).toEqual(taken);
    expect(uploads.reports.get('uploads/old.csv')).toMatchObject({ outcome: 'outdated' });
    expect(await size()).toBe(2);
  });

  it('goes on in the next run when the time was over', async () => {
    upload(csv(...rows(4500)));
    const put: number[] = [];
    const slow: Ports['audienceImports'] = {
      open: (...given) => audience.open(...given),
      mark: (...given) => audience.mark(...given),
      publish: (...given) => audience.publish(...given),
      put: async (generation, people) => {
        put.push(people.length);
        nowMs += people.length * 400;
        await audience.put(generation, people);
      },
    };
    const runs: unknown[] = [];
    for (let run = 0; run < 5 && (await size()) === 0; run += 1)
      runs.push(await deliver(arrived('uploads/users.csv'), { audienceImports: slow }));
    expect(runs).toEqual([givenBack, givenBack, taken]);
    expect(put.reduce((sum, count) => sum + count, 0)).toBe(4500);
    expect(await size()).toBe(4500);
    expect(uploads.reports.size).toBe(1);
  });

  // Of many there is a mark of progress: who comes next goes on there, and makes fewer calls.
  it.each([
    [11_000, ['open', 'put', 'put', 'mark', 'publish']],
    [4, ['open', 'put', 'put', 'publish', 'after it']],
  ])('of %d people is tried again after any crash, and is whole at the end', async (people, deaths) => {
    const pieces = [csv(...rows(people / 2)), rows(people / 2, people / 2).join('')];
    const inTwo: Ports['uploads'] = {
      read: async () =>
        (async function* () {
          for (const piece of pieces) yield new TextEncoder().encode(piece);
        })(),
      report: (...given) => uploads.report(...given),
    };
    const crashing: Ports['audienceImports'] = {
      open: (...given) => dies('open') ?? audience.open(...given),
      mark: (...given) => dies('mark') ?? audience.mark(...given),
      publish: (...given) =>
        dies('publish') ?? audience.publish(...given).then((done) => dies('after it') ?? done),
      put: (...given) => dies('put') ?? audience.put(...given),
    };
    let [calls, fatal] = [0, 0];
    /** At every call once, in turn. */
    function dies(call: string): Promise<never> | undefined {
      calls += 1;
      if (calls !== fatal) return undefined;
      died.push(call);
      return Promise.reject(busy());
    }
    const died: string[] = [];
    let ended: unknown;
    for (fatal = 1; fatal < 100; fatal += 1) {
      calls = 0;
      ended = await deliver(arrived('uploads/users.csv'), { uploads: inTwo, audienceImports: crashing });
      if (calls < fatal) break;
      expect(ended).toEqual(givenBack);
    }
    expect(died).toEqual(deaths);
    expect(ended).toEqual(taken);
    expect(await size()).toBe(people);
  });
});

describe('a file that is bad', () => {
  it('changes nothing, and its report names the lines', async () => {
    upload(csv(...rows(2)), 'uploads/good.csv');
    await deliver(arrived('uploads/good.csv', 0));
    upload(csv(...rows(5), 'x,nobody,,\n'));
    expect(await deliver(arrived('uploads/users.csv', 1))).toEqual(taken);
    expect(await size()).toBe(2);
    expect(uploads.reports.get('uploads/users.csv')).toMatchObject({
      outcome: 'refused',
      refusals: [{ line: 7, says: expect.stringContaining('email is "nobody"') }],
    });
  });

  it.each([
    ['uploads/users.xlsx', 'file-of-no-format', { name: '"users.xlsx"' }, /the name must end with/],
    ['uploads/gone.csv', 'upload-gone', { upload: 'uploads/gone.csv' }, /no longer there/],
  ])('%s: the report says why', async (key, code, params, says) => {
    if (key.endsWith('xlsx')) upload('PK', key);
    expect(await deliver(arrived(key))).toEqual(taken);
    expect(uploads.reports.get(key)).toEqual({
      outcome: 'refused',
      code,
      params,
      says: expect.stringMatching(says),
    });
  });

  it('that holds nobody empties no audience', async () => {
    upload(csv(...rows(2)), 'uploads/good.csv');
    await deliver(arrived('uploads/good.csv', 0));
    for (const content of ['', csv()]) {
      upload(content);
      await deliver(arrived('uploads/users.csv', 1));
      expect(uploads.reports.get('uploads/users.csv')).toMatchObject({ outcome: 'refused', people: 0 });
    }
    expect(await size()).toBe(2);
  });

  it('that changes between two readings is not imported', async () => {
    let readings = 0;
    const changing: Ports['uploads'] = {
      read: async () => {
        readings += 1;
        return (async function* () {
          yield new TextEncoder().encode(csv(...rows(readings)));
        })();
      },
      report: (...given) => uploads.report(...given),
    };
    await deliver(arrived('uploads/users.csv'), { uploads: changing });
    expect(uploads.reports.get('uploads/users.csv')).toMatchObject({
      outcome: 'refused',
      says: expect.stringMatching(/the file changed/),
    });
    expect(await size()).toBe(0);
  });
});

describe('an event', () => {
  it('that is none of S3 goes to the dead letters in the end', async () => {
    const event = { Records: [{ messageId: 'm1', body: '{"detail-type":"Object Deleted"}' }] };
    expect(await deliver(event)).toEqual(givenBack);
    expect(logs).toMatchObject([{ code: 'HANDLER_FAILED' }, { code: 'EVENT_UNREADABLE' }]);
  });
});

describe('sweeping', () => {
  it('waits for an hour, then deletes what nobody reads', async () => {
    const sweep = () => handlerOf(sweepAudience, portsWith())({});
    upload(csv(...rows(4)), 'uploads/a.csv');
    await deliver(arrived('uploads/a.csv', 0));
    upload(csv(...rows(2)), 'uploads/b.csv');
    await deliver(arrived('uploads/b.csv', 1));
    logs = [];
    nowMs += hourMs - 1;
    await sweep();
    expect(logs).toEqual([]);
    nowMs += 1;
    await sweep();
    expect(logs).toEqual([{ code: 'AUDIENCE_SWEPT', rows: 12 }]);
    expect((await audience.members([personOf('u-1'), personOf('u-3')])).size).toBe(1);
  });
});
