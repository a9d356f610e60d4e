/** A served rehearsal that is killed: whatever its journal still has leads to the same ledger, as far as it goes. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourMs } from '#domain/time.ts';
import type { JournalLine } from '#rehearsal/journal.ts';
import { rehearsalWorld } from '#rehearsal/rehearse.ts';
import { Session } from '#rehearsal/session.ts';
import { claimsIn } from '#rehearsal/tokens.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { refusedBy } from '#test/support/refusals.ts';
import { release } from '#test/support/world.ts';
import { tries } from './tries.ts';

const plan = readPlanForTest('technicia');
const { releaseId, version, launchDay } = release;

function sessionOf(lines: JournalLine[] = []): Session {
  const world = rehearsalWorld({ plan, seed: 1, users: 50, launchDay });
  // As a file keeps them.
  return new Session(world, { append: (line) => void lines.push(JSON.parse(JSON.stringify(line))) });
}
const ledgerOf = ({ world }: Session) => world.releases.ledger(releaseId).map(({ hash }) => hash);

const post = (path: string, body: object, bearer = 'project-lead') => ({
  method: 'POST',
  path: `/releases/${releaseId}${path}`,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
  claims: claimsIn(plan, bearer),
});
const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ hours: fc.integer({ min: 0, max: 60 }) }) },
  fc.record({ role: fc.constantFrom('qa', 'devops', 'support'), atWork: fc.boolean() }),
  fc.record({ pause: fc.boolean() }),
  fc.record({ outage: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ severity: fc.constantFrom('user', 'critical'), title: fc.constantFrom('lent', 'perdu') }),
  fc.constant({ abort: 'non' }),
);

async function does(session: Session, one: object): Promise<void> {
  if ('hours' in one) await session.advance(Number(one.hours) * hourMs + 1);
  else if ('atWork' in one) await session.steer({ change: 'people', ...one } as never);
  else if ('outage' in one)
    await session.steer({ change: 'trouble', trouble: { kind: 'outage', hours: Number(one.outage) } });
  else if ('pause' in one) await session.request(post(one.pause ? '/pause' : '/unpause', { reason: '' }));
  else if ('title' in one) await session.request(post('/incidents', one));
  else await session.request(post('/abort', { reason: '' }, 'qa'));
}

describe('a session', () => {
  it('that is killed anywhere goes on from what its journal knows, and comes to the same ledger', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 3, maxLength: 14 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (acts, where) => {
          const lines: JournalLine[] = [];
          const first = sessionOf(lines);
          await first.start({ releaseId, version, launchDay });
          for (const one of acts) await does(first, one);
          // Whoever looks sees the time, and so the journal has it.
          await first.look(() => {});
          const whole = ledgerOf(first);

          const again = sessionOf();
          await again.replay(lines);
          expect(ledgerOf(again)).toEqual(whole);
          expect(again.world.clock.nowMs()).toBe(first.world.clock.nowMs());

          const killed = sessionOf();
          await killed.replay(lines.slice(0, 1 + Math.floor(where * lines.length)));
          const part = ledgerOf(killed);
          expect(part).toEqual(whole.slice(0, part.length));
        },
      ),
      { numRuns: tries({ all: 25, few: 2 }) },
    );
  });

  it('has in its journal what was answered, before it was answered', async () => {
    const lines: JournalLine[] = [];
    const session = sessionOf(lines);
    await session.start({ releaseId, version, launchDay });
    await session.advance(24 * hourMs);
    const { statusCode } = await session.request(post('/pause', { reason: 'x' }));
    expect(statusCode).toBe(200);
    const { seq, hash } = session.world.releases.peek(releaseId) ?? {};
    expect(lines.at(-1)).toEqual({ at: session.world.clock.nowMs(), seq, hash });
    expect(lines.at(-2)?.input).toMatchObject({ kind: 'request', sent: { method: 'POST' } });
  });

  it('keeps no read', async () => {
    const lines: JournalLine[] = [];
    const session = sessionOf(lines);
    await session.start({ releaseId, version, launchDay });
    const before = lines.length;
    const claims = claimsIn(plan, 'qa');
    expect((await session.request({ method: 'GET', path: '/releases', claims })).statusCode).toBe(200);
    expect(lines).toHaveLength(before);
  });

  it('refuses a journal that led to another ledger: the program is another one', async () => {
    const lines: JournalLine[] = [];
    const session = sessionOf(lines);
    await session.start({ releaseId, version, launchDay });
    await session.advance(48 * hourMs);
    const altered = lines.map((line) => (line.seq === undefined ? line : { ...line, hash: 'other' }));
    await expect(sessionOf().replay(altered)).rejects.toThrow(/another version of the program.*--fresh/);
  });

  it('leaves the work of a role to whoever plays it, until it is given back', async () => {
    const session = sessionOf();
    await session.start({ releaseId, version, launchDay });
    await session.steer({ change: 'people', role: 'devops', atWork: false });
    await session.advance(9 * 24 * hourMs);
    const facts = () => session.world.releases.ledger(releaseId).map(({ fact }) => fact);
    const ticks = () => facts().filter((fact) => fact.type === 'item.ticked' && fact.by === 'devops-1');
    expect(ticks()).toEqual([]);
    expect(facts().some((fact) => fact.type === 'item.ticked' && fact.by === 'security-1')).toBe(true);
    await session.steer({ change: 'people', role: 'devops', atWork: true });
    await session.advance(9 * 24 * hourMs);
    expect(ticks().length).toBeGreaterThan(3);
    expect(session.world.condition()).toEqual({ troubles: [], away: [] });
  });

  it('has the troubles that are asked for, until they end or are ended', async () => {
    const session = sessionOf();
    await session.start({ releaseId, version, launchDay });
    await session.steer({ change: 'trouble', trouble: { kind: 'outage', hours: 2 } });
    await session.steer({ change: 'trouble', trouble: { kind: 'nobody', hours: 50 } });
    const troubles = () => session.world.condition().troubles;
    await session.advance(1);
    expect(troubles()).toHaveLength(2);
    await session.advance(3 * hourMs);
    expect(troubles()).toEqual(['nobody uses the product']);
    await session.steer({ change: 'calm' });
    expect(troubles()).toEqual([]);
    const unknown = { kind: 'metric', check: 'luck', value: 1, shared: false } as const;
    const refused = await refusedBy(session.steer({ change: 'trouble', trouble: unknown }));
    expect(refused.says).toMatch(/check "luck" is not/);
  });
});
