/** A served rehearsal that is killed: whatever its journal still has leads to the same ledger, as far as it goes. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourMs } from '#domain/time.ts';
import { type JournalLine, NotKept } from '#rehearsal/journal.ts';
import { rehearsalWorld } from '#rehearsal/rehearse.ts';
import { Session } from '#rehearsal/session.ts';
import { claimsIn } from '#rehearsal/tokens.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { refusedBy } from '#test/support/refusals.ts';
import { release } from '#test/support/world.ts';
import { tries } from './tries.ts';

const plan = readPlanForTest('technicia');
const { releaseId, version, launchDay } = release;

function sessionOf(lines: JournalLine[] = [], isFull = () => false): Session {
  const world = rehearsalWorld({ plan, seed: 1, users: 50, launchDay });
  const append = (line: JournalLine): void => {
    if (isFull()) throw new NotKept('ENOSPC');
    // As a file keeps them.
    lines.push(JSON.parse(JSON.stringify(line)));
  };
  return new Session(world, { append });
}
const ledgerOf = ({ world }: Session) => world.releases.ledger(releaseId).map(({ hash }) => hash);

/** Where the phase that was opened last is. */
function phaseOf({ world }: Session): string {
  const facts = world.releases.ledger(releaseId).map(({ fact }) => fact);
  return `/phases/${facts.findLast((fact) => fact.type === 'phase.opened')?.phase ?? 'none'}`;
}
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

  it('comes to the same ledger after whatever was ordered at one instant of a stopped clock', async () => {
    const role = fc.constantFrom(...Object.keys(plan.roles));
    const inPhase = (path: string, body: object, by: string) => ({ path, body, by });
    const lead = 'project-lead';
    const order = fc.oneof(
      role.map((by) => inPhase('/gate/approve', { role: by, comment: '' }, by)),
      role.map((by) => inPhase('/gate/reject', { role: by, comment: '' }, by)),
      fc
        .constantFrom('skip-wait', 'promote', 'hold', 'correct')
        .map((given) => inPhase('/order', { order: given, reason: 'x' }, lead)),
      fc
        .constantFrom('gate', 'observe', 'correct')
        .map((resolution) => inPhase('/resume', { resolution, comment: '' }, lead)),
      fc.constant(inPhase('/order', { order: 'roll-back', level: 'full', reason: 'x' }, lead)),
      fc.constantFrom('/pause', '/unpause').map((path) => ({ path, body: { reason: 'x' }, by: lead })),
    );
    const instant = fc.record({
      hours: fc.integer({ min: 0, max: 480 }),
      orders: fc.array(fc.record({ order, atOnce: fc.boolean() }), { minLength: 1, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(instant, { minLength: 2, maxLength: 8 }), async (instants) => {
        const lines: JournalLine[] = [];
        const first = sessionOf(lines);
        await first.start({ releaseId, version, launchDay });
        for (const { hours, orders } of instants) {
          await first.advance(hours * hourMs + 1);
          for (const one of orders) {
            const { path, body, by } = one.order;
            const answered = first.request(
              post(`${path.includes('pause') ? '' : phaseOf(first)}${path}`, body, by),
            );
            // People take their time; programs do not.
            if (!one.atOnce) await answered.then(() => new Promise(setImmediate));
          }
        }
        await first.look(() => {});
        const again = sessionOf();
        await again.replay(lines);
        expect(ledgerOf(again)).toEqual(ledgerOf(first));
      }),
      { numRuns: tries({ all: 30, few: 2 }) },
    );
  });

  it('comes to the same ledger when a gate was approved and something else ordered at the same instant', async () => {
    const lines: JournalLine[] = [];
    const first = sessionOf(lines);
    await first.start({ releaseId, version, launchDay });
    const facts = () => first.world.releases.ledger(releaseId).map(({ fact }) => fact);
    const opened = () => facts().find((fact) => fact.type === 'gate.opened')?.phase;
    for (let hour = 0; hour < 2000 && opened() === undefined; hour += 1) await first.advance(hourMs);
    const phase = opened();
    for (const role of Object.keys(plan.roles)) {
      await first.request(post(`/phases/${phase}/gate/approve`, { role, comment: '' }, role));
      await new Promise(setImmediate);
    }
    await first.request(post('/pause', { reason: 'x' }));
    await first.look(() => {});
    const again = sessionOf();
    await again.replay(lines);
    expect(facts().filter(({ type }) => type === 'gate.approved').length).toBeGreaterThan(0);
    expect(ledgerOf(again)).toEqual(ledgerOf(first));
  });

  it('carries out nothing, shows nothing and stands still while its journal takes no line', async () => {
    const lines: JournalLine[] = [];
    let full = false;
    const session = sessionOf(lines, () => full);
    await session.start({ releaseId, version, launchDay });
    const [before, now] = [ledgerOf(session), session.world.clock.nowMs()];
    full = true;
    const { length } = lines;
    await expect(session.request(post('/pause', { reason: 'x' }))).rejects.toThrow(NotKept);
    await expect(session.steer({ change: 'calm' })).rejects.toThrow(NotKept);
    expect(ledgerOf(session)).toEqual(before);
    // What happens in that time cannot be told to anybody, and no more time goes on.
    for (const hours of [24, 24, 24]) await expect(session.advance(hours * hourMs)).rejects.toThrow(NotKept);
    expect(session.world.clock.nowMs()).toBe(now + 24 * hourMs);
    const claims = claimsIn(plan, 'qa');
    const reading = { method: 'GET', path: '/releases', claims };
    await expect(session.request(reading)).rejects.toThrow(NotKept);
    expect(lines).toHaveLength(length);

    full = false;
    expect((await session.request(reading)).statusCode).toBe(200);
    const again = sessionOf();
    await again.replay(lines);
    expect(ledgerOf(again)).toEqual(ledgerOf(session));
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
