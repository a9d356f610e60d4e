/**
 * What every audience keeps while it is written: readers see one import or the next and nothing in between, the newest stands,
 * who is erased is gone, and no import undoes what people have said.
 */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generationOf, importAudience } from '#application/import-audience.ts';
import type {
  AudienceImports,
  AudienceRemoval,
  AudienceStore,
  Preferences,
} from '#application/ports/audience.ts';
import { emptyTally } from '#domain/audience/audience-size.ts';
import type { Imported } from '#domain/audience/person.ts';
import { cohortSeed } from '#domain/plan/exposure-buckets.ts';
import { hourMs } from '#domain/time.ts';
import { userFile } from '#functions/contracts/user-file/user-file.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { bucketOf, personOf, tallied } from '#test/support/hashed.ts';
import { smallPlan } from '#test/support/plans.ts';
import { times } from './race.ts';

export interface Audience {
  readonly store: AudienceStore;
  readonly imports: AudienceImports;
  readonly removal: AudienceRemoval;
  readonly preferences: Preferences;
}

const product = 'demo';
const atMs = Date.parse('2025-03-10T09:00:00Z');
const generations = times(4, (index) => generationOf(atMs + index, 'abcdef01'));
const [first = '', second = '', third = ''] = generations;

const user = (name: string, more: Partial<Imported> = {}): Imported => ({
  userId: name,
  address: `${name}@example.org`,
  ...more,
});
const ada = user('ada', { locale: 'fr', segments: ['administrators', 'pilots'] });
const bob = user('bob');
const eve = user('eve', { segments: ['pilots'] });

async function publish({ imports }: Audience, generation: string, people: readonly Imported[], ms = atMs) {
  const opened = await imports.open(generation, ms);
  if (opened === undefined) return false;
  await imports.put(generation, people);
  return imports.publish(generation, tallied(emptyTally, product, people), ms);
}
const listed = async ({ store }: Audience, segment?: string) =>
  (
    await store.page(segment === undefined ? { exposed: 100 } : { segment }, undefined, 1000)
  ).people.toSorted();
const people = (...members: readonly Imported[]) => members.map(({ userId }) => personOf(userId)).toSorted();
const member = async ({ store }: Audience, { userId }: Imported) =>
  (await store.members([personOf(userId)])).get(personOf(userId));

export function describeAudience(make: (product: string) => Promise<Audience>): void {
  describe('an import', () => {
    it('is seen when it is published, not before', async () => {
      const audience = await make(product);
      expect(await listed(audience)).toEqual([]);
      expect(await audience.store.count({ exposed: 100 })).toBe(0);
      expect(await audience.imports.open(first, atMs)).toBe(0);
      await audience.imports.put(first, [ada, bob]);
      expect(await listed(audience)).toEqual([]);
      expect(await member(audience, ada)).toBeUndefined();
      expect(await audience.imports.publish(first, tallied(emptyTally, product, [ada, bob]), atMs)).toBe(
        true,
      );
      expect(await listed(audience)).toEqual(people(ada, bob));
      expect(await listed(audience, 'pilots')).toEqual(people(ada));
      expect(await member(audience, ada)).toStrictEqual(ada);
      expect(await audience.store.count({ exposed: 100 })).toBe(2);
      expect(await audience.store.count({ segment: 'administrators' })).toBe(1);
    });

    it('replaces the one before, whole', async () => {
      const audience = await make(product);
      await publish(audience, first, [ada, bob]);
      await publish(audience, second, [{ ...ada, segments: [] }, eve]);
      expect(await listed(audience)).toEqual(people(ada, eve));
      expect(await listed(audience, 'pilots')).toEqual(people(eve));
      expect(await listed(audience, 'administrators')).toEqual([]);
      expect(await member(audience, bob)).toBeUndefined();
    });

    it('that is older than what is read does nothing, and is told', async () => {
      const audience = await make(product);
      expect(await audience.imports.open(first, atMs)).toBe(0);
      await publish(audience, second, [bob]);
      await audience.imports.put(first, [ada]);
      expect(await audience.imports.publish(first, tallied(emptyTally, product, [ada]), atMs)).toBe(false);
      expect(await audience.imports.open(first, atMs)).toBeUndefined();
      expect(await listed(audience)).toEqual(people(bob));
    });

    it('at once with others: the newest stands at the end', async () => {
      const audience = await make(product);
      const ends = await Promise.all(
        generations.map((generation, index) => publish(audience, generation, [user(`u${index}`)])),
      );
      expect(ends.at(-1)).toBe(true);
      expect(await listed(audience)).toEqual(people(user('u3')));
      expect(await audience.store.count({ exposed: 100 })).toBe(1);
    });

    it('goes on where it was marked, and is done when it is done', async () => {
      const audience = await make(product);
      await audience.imports.open(first, atMs);
      await audience.imports.put(first, [ada]);
      expect(await audience.imports.mark(first, 1, atMs)).toBe(true);
      expect(await audience.imports.open(first, atMs + 1)).toBe(1);
      await audience.imports.put(first, [bob]);
      const tally = tallied(emptyTally, product, [ada, bob]);
      expect(await audience.imports.publish(first, tally, atMs)).toBe(true);
      expect(await audience.imports.publish(first, tally, atMs)).toBe(true);
      // Nothing is left to write.
      expect(await audience.imports.open(first, atMs)).toBe(Number.POSITIVE_INFINITY);
      expect(await listed(audience)).toEqual(people(ada, bob));
    });

    it('of hundreds is there to the last', async () => {
      const audience = await make(product);
      const many = times(612, (index) => user(`u-${index}`, index % 3 === 0 ? { segments: ['pilots'] } : {}));
      await publish(audience, first, many);
      expect(await listed(audience)).toEqual(people(...many));
      expect(await listed(audience, 'pilots')).toHaveLength(204);
    });
  });

  describe('a listing under way', () => {
    it('goes on in a new import, meets nobody twice, and everybody who is in both', async () => {
      const audience = await make(product);
      const before = times(40, (index) => user(`u-${index}`));
      const after = times(40, (index) => user(`u-${index + 10}`));
      await publish(audience, first, before);
      const half = await audience.store.page({ exposed: 100 }, undefined, 15);
      await publish(audience, second, after);
      await audience.removal.sweep(atMs + hourMs, 1000);
      const rest = await audience.store.page({ exposed: 100 }, half.cursor, 1000);
      const met = [...half.people, ...rest.people];
      expect(new Set(met).size).toBe(met.length);
      const both = after.filter(({ userId }) => before.some((one) => one.userId === userId));
      expect(met).toEqual(expect.arrayContaining(both.map(({ userId }) => personOf(userId))));
    });
  });

  describe('sweeping', () => {
    it('takes away what was replaced and what was left behind, in pieces, and nothing that is read', async () => {
      const audience = await make(product);
      await publish(audience, first, [ada, bob, eve]);
      await audience.imports.open(second, atMs);
      await audience.imports.put(second, [eve]);
      await publish(audience, third, [bob]);
      const sweep = (sinceMs: number, rows = 1000) => audience.removal.sweep(sinceMs, rows);
      // Touched within the hour: somebody may still read it.
      expect(await sweep(atMs - 1)).toEqual({ rows: 0, more: false });
      let [rows, more, runs] = [0, true, 0];
      for (; more && runs < 20; runs += 1) {
        const swept = await sweep(atMs, 1);
        [rows, more] = [rows + swept.rows, swept.more];
      }
      // A row of their own and one by bucket each, and four in segments.
      expect(rows).toBe(3 * 2 + 3 + 3);
      expect(runs).toBeGreaterThan(1);
      expect(await sweep(atMs)).toEqual({ rows: 0, more: false });
      expect(await listed(audience)).toEqual(people(bob));
    });

    it('gives an import up that nobody goes on with: it is told', async () => {
      const audience = await make(product);
      await audience.imports.open(first, atMs);
      await audience.imports.put(first, [ada]);
      await audience.removal.sweep(atMs + hourMs, 1000);
      expect(await audience.imports.mark(first, 1, atMs + hourMs)).toBe(false);
      expect(await audience.imports.publish(first, emptyTally, atMs + hourMs)).toBe(false);
      expect(await listed(audience)).toEqual([]);
      // Begun again once all is gone, it begins from the beginning.
      await audience.removal.sweep(atMs + hourMs, 1000);
      expect(await audience.imports.open(first, atMs + hourMs)).toBe(0);
    });
  });

  describe('who is erased', () => {
    it('is in no generation, no segment and no count', async () => {
      const audience = await make(product);
      await publish(audience, first, [ada, eve]);
      await publish(audience, second, [ada, bob, eve]);
      for (let twice = 0; twice < 2; twice += 1) {
        await audience.removal.erase('ada');
        expect(await listed(audience)).toEqual(people(bob, eve));
        expect(await listed(audience, 'pilots')).toEqual(people(eve));
        expect(await member(audience, ada)).toBeUndefined();
        expect(await audience.store.count({ exposed: 100 })).toBe(2);
        expect(await audience.store.count({ segment: 'pilots' })).toBe(1);
        expect(await audience.store.count({ segment: 'administrators' })).toBe(0);
      }
      // All that is left to sweep of the first generation is the other person.
      expect(await audience.removal.sweep(atMs, 1000)).toEqual({ rows: 3, more: false });
    });

    it('together with others leaves a count that is right', async () => {
      const audience = await make(product);
      const many = times(6, (index) => user(`u-${index}`));
      await publish(audience, first, [...many, bob]);
      await Promise.all(many.map(({ userId }) => audience.removal.erase(userId)));
      expect(await listed(audience)).toEqual(people(bob));
      expect(await audience.store.count({ exposed: 100 })).toBe(1);
    });

    it('may never have been a user', async () => {
      const audience = await make(product);
      await audience.removal.erase('nobody');
      await publish(audience, first, [bob]);
      await audience.removal.erase('nobody');
      expect(await listed(audience)).toEqual(people(bob));
      expect(await audience.store.count({ exposed: 100 })).toBe(1);
    });

    it('and had said no stays unwritten when imported again; what was known of the mailbox is gone', async () => {
      const audience = await make(product);
      await publish(audience, first, [ada]);
      await audience.preferences.optOut(personOf('ada'), atMs);
      await audience.preferences.unreachable(personOf('ada'), 'bounced', ada.address, atMs);
      await audience.removal.erase('ada');
      await publish(audience, second, [ada]);
      expect(await member(audience, ada)).toStrictEqual({ ...ada, optOut: true });
    });
  });

  describe('a preference', () => {
    const word = async (audience: Audience) => (await member(audience, bob))?.optOut;

    it('is the newest word, however late an older one comes, and outlives imports', async () => {
      const audience = await make(product);
      const { preferences } = audience;
      const person = personOf('bob');
      await publish(audience, first, [bob]);
      expect(await word(audience)).toBeUndefined();
      await preferences.optOut(person, 20);
      await preferences.optIn(person, 10);
      expect(await word(audience)).toBe(true);
      await publish(audience, second, [bob]);
      expect(await word(audience)).toBe(true);
      await preferences.optIn(person, 30);
      await preferences.optOut(person, 25);
      expect(await word(audience)).toBeUndefined();
    });

    it('may come before the user', async () => {
      const audience = await make(product);
      await audience.preferences.optOut(personOf('bob'), 20);
      await publish(audience, first, [bob, eve]);
      expect(await word(audience)).toBe(true);
      expect(await member(audience, eve)).toStrictEqual(eve);
    });

    it('about an address that bounced is forgotten with the address', async () => {
      const audience = await make(product);
      await publish(audience, first, [bob]);
      await audience.preferences.unreachable(personOf('bob'), 'bounced', bob.address, atMs);
      expect((await member(audience, bob))?.unreachable).toBe('bounced');
      await publish(audience, second, [bob]);
      expect((await member(audience, bob))?.unreachable).toBe('bounced');
      await publish(audience, third, [{ ...bob, address: 'robert@example.org' }]);
      expect((await member(audience, bob))?.unreachable).toBeUndefined();
    });

    it('about an address that somebody else has, or had once, is none about theirs', async () => {
      const audience = await make(product);
      await publish(audience, first, [bob]);
      await audience.preferences.unreachable(personOf('bob'), 'bounced', bob.address, atMs);
      const moved = { ...bob, address: 'robert@example.org' };
      await publish(audience, second, [moved]);
      await audience.preferences.unreachable(
        personOf('bob'),
        'bounced',
        moved.address.toUpperCase(),
        atMs + 1,
      );
      await audience.preferences.unreachable(personOf('bob'), 'bounced', bob.address, atMs + 2);
      expect((await member(audience, bob))?.unreachable).toBe('bounced');
      await publish(audience, third, [bob]);
      await audience.preferences.unreachable(personOf('bob'), 'bounced', moved.address, atMs + 3);
      expect((await member(audience, bob))?.unreachable).toBeUndefined();
    });

    it('of somebody who complained stays, whatever the address and whatever comes later', async () => {
      const audience = await make(product);
      await publish(audience, first, [bob]);
      await audience.preferences.unreachable(personOf('bob'), 'complained', bob.address, atMs);
      await audience.preferences.unreachable(personOf('bob'), 'bounced', bob.address, atMs + 1);
      await publish(audience, second, [{ ...bob, address: 'robert@example.org' }]);
      expect((await member(audience, bob))?.unreachable).toBe('complained');
    });

    it('about nobody is kept of nobody', async () => {
      const audience = await make(product);
      await audience.preferences.unreachable(personOf('bob'), 'bounced', bob.address, atMs);
      await publish(audience, first, [bob]);
      expect(await member(audience, bob)).toStrictEqual(bob);
    });
  });

  describe('whatever files come', () => {
    const line = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.integer({ min: 0, max: 30 }).map((n) => `u-${n},u-${n}@example.org,fr,pilots`),
      },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 30 }).map((n) => `u-${n},u-${n}@example.org,,`) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '',
          'x',
          'u-1,nobody,,',
          ',a@b.org,,',
          'u-1,a@b.org,de,',
          '"u,a@b.org,,',
          'u-2,a@b.org,,elsewhere',
        ),
      },
    );
    const files = fc.array(fc.array(line, { maxLength: 12 }), { minLength: 1, maxLength: 4 });

    it('the audience is all of the last that was good, or of the last that was taken without its bad lines', async () => {
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(files, fc.boolean(), async (all, skipBad) => {
          runs += 1;
          const own = `demo-${runs}`;
          const audience = await make(own);
          let expected = new Map<string, string>();
          for (const [index, lines] of all.entries()) {
            const ports = {
              plan: smallPlan({ product: own, segments: { pilots: 'Pilots' } }),
              clock: { nowMs: () => atMs },
              log: { write: () => {} },
              sha256,
              sayRefusal,
              audienceImports: audience.imports,
            };
            const content = ['userId,email,locale,segments', ...lines].join('\n');
            const file = userFile('users.csv', async function* () {
              yield new TextEncoder().encode(content);
            });
            const { good, bad } = sorted(lines);
            const wanted = good.size > 0 && (bad === 0 || skipBad);
            const { outcome, report } = await importAudience(ports, file, {
              generation: generationOf(atMs + index, '0'),
              skipBad,
            });
            expect([outcome, report.people, report.refused]).toEqual([
              wanted ? 'imported' : 'refused',
              good.size,
              bad,
            ]);
            if (wanted) expected = good;
            expect(await listed(audience)).toEqual([...expected.keys()].map(personOf).toSorted());
            const pilots = [...expected].flatMap(([id, one]) =>
              one.endsWith('pilots') ? [personOf(id)] : [],
            );
            expect(await listed(audience, 'pilots')).toEqual(pilots.toSorted());
            const below = [...expected.keys()].filter((id) => bucketOf(cohortSeed(own), id) < 3700);
            expect(await audience.store.count({ exposed: 37 })).toBe(below.length);
          }
        }),
        { numRuns: 25 },
      );
    });
  });
}

/** By user id the lines that are good, and how many are not; said once more, in the simplest way. */
function sorted(lines: readonly string[]) {
  const good = new Map<string, string>();
  let bad = 0;
  for (const line of lines) {
    const [, id = ''] = /^(u-\d+),u-\d+@example\.org,(?:fr,pilots|,)$/.exec(line) ?? [];
    if (line === '') continue;
    if (id === '' || good.has(id)) bad += 1;
    else good.set(id, line);
  }
  return { good, bad };
}
