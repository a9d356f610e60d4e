/** Links signed with a secret of Secrets Manager: what the simulated ones promise, and how a key is changed. */

import { describe, expect, it } from 'vitest';
import { isOver, linkFor } from '#domain/mailing/links.ts';
import { hmacLinks } from '#functions/adapters/links/links.ts';
import { SimulatedLinks } from '#rehearsal/world/feedback.ts';
import { personOf } from '#test/support/hashed.ts';
import { describeLinks } from './links.behaviour.ts';

const pagesUrl = 'https://abc123.execute-api.eu-west-3.amazonaws.com';
const signedWith = (secret: object) => hmacLinks({ secret: async () => JSON.stringify(secret), pagesUrl });
const a = 'a'.repeat(64);
const b = 'b'.repeat(64);
const nowMs = Date.parse('2025-05-18T09:00:00Z');
const link = linkFor('survey', { releaseId: 'r1', message: 'launch', person: personOf('ada') }, nowMs);
const tokenOf = (address: string) => new URL(address).searchParams.get('t') ?? '';

describe('Links with HMAC', () => describeLinks(() => signedWith({ current: 'a', a })));
describe('Links in memory', () => describeLinks(() => new SimulatedLinks('1')));

describe('a key', () => {
  it('that is no longer current is read as long as it is there', async () => {
    const old = tokenOf(await signedWith({ current: 'a', a }).make(link));
    expect(await signedWith({ current: 'b', a, b }).read(old)).toStrictEqual(link);
    expect(await signedWith({ current: 'b', b }).read(old)).toBeUndefined();
    const fresh = tokenOf(await signedWith({ current: 'b', a, b }).make(link));
    expect(fresh).not.toBe(old);
  });

  it('that was retired ends announcements for good, and reads nothing else', async () => {
    const leaving = linkFor('unsubscribe', link, nowMs);
    const old = signedWith({ current: 'a', a });
    const [survey, end] = [tokenOf(await old.make(link)), tokenOf(await old.make(leaving))];
    const now = signedWith({ current: 'b', b, retired: { a } });
    expect(await now.read(end)).toStrictEqual(leaving);
    expect(await now.read(survey)).toBeUndefined();
    expect(await signedWith({ current: 'b', b, retired: { a: b } }).read(end)).toBeUndefined();
    // A name that is used again for another key is no reason to lose it.
    expect(await signedWith({ current: 'a', a: b, retired: { a } }).read(end)).toStrictEqual(leaving);
    // It signs nothing any more.
    await expect(signedWith({ current: 'a', b, retired: { a } }).make(leaving)).rejects.toThrow();
  });

  it('of somebody else is none', async () => {
    const token = tokenOf(await signedWith({ current: 'a', a }).make(link));
    expect(await signedWith({ current: 'a', a: b }).read(token)).toBeUndefined();
  });

  it.each([[{ current: 'a' }], [{ current: 'a', a: 'short' }], [{ a }], [{ current: 'b', a }]])(
    'is missing in %j: a fault, not a link',
    async (secret) => {
      await expect(signedWith(secret).make(link)).rejects.toThrow();
    },
  );
});

it('a survey is open for ninety days, and nobody is kept from leaving', () => {
  const day = 86_400_000;
  expect(isOver(link, nowMs + 90 * day)).toBe(false);
  expect(isOver(link, nowMs + 91 * day)).toBe(true);
  expect(isOver({ ...link, ...linkFor('unsubscribe', link, nowMs) }, nowMs)).toBe(false);
  expect(linkFor('unsubscribe', link, nowMs)).not.toHaveProperty('until');
});
