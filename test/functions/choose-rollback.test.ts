/** The choice of a rollback, when the state machine asks for it more than once. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { chooseRollback } from '#functions/steps/choose-rollback.ts';
import { crowded, crowdedRelease } from '#test/support/crowded-release.ts';
import { record } from '#test/support/hashed.ts';

const { releaseId, phase, attempt } = crowded;
const exposed: Fact = { type: 'exposure.changed', phase, attempt, from: 0, to: 10 };
const withdrawn: Fact = { type: 'exposure.changed', phase, attempt, from: 10, to: 0 };
const cause = {
  code: 'check',
  params: { check: 'errors', answer: { code: 'no-data', params: {} } },
} as const;
const reason = { severity: 'critical', cause } as const;

async function bench() {
  const ports = await crowdedRelease({ facts: [exposed] });
  const choose = handlerOf(chooseRollback, ports);
  const facts = async () => (await ports.releases.history(releaseId, 0, 1000)).map(({ fact }) => fact);
  return {
    ports,
    ask: (why: object = reason) => choose({ contract: 1, releaseId, phase, attempt, reason: why }),
    chosen: async () => (await facts()).filter(({ type }) => type === 'rollback.chosen'),
    facts,
  };
}

describe('a rollback', () => {
  it('is chosen once, however often the state is tried', async () => {
    const { ask, chosen, facts } = await bench();
    const first = await ask();
    expect(first).toEqual({ level: 'full', component: '' });
    expect(await ask()).toEqual(first);
    expect(await chosen()).toEqual([
      { type: 'rollback.chosen', phase, attempt, reason, ...(first as object) },
    ]);
    expect((await facts()).filter(({ type }) => type === 'phase.closed')).toHaveLength(1);
  });

  it('is chosen anew for another reason in the same attempt', async () => {
    const { ask, chosen } = await bench();
    await ask();
    await ask({ ...reason, severity: 'major' });
    expect(await chosen()).toHaveLength(2);
  });

  it('stays as it was chosen, whatever has happened before the answer was asked for again', async () => {
    const { ports, ask, chosen } = await bench();
    const first = await ask();
    const before = await ports.releases.load(releaseId);
    const at = new Date(ports.clock.nowMs()).toISOString();
    const { next, entries } = record(before, [withdrawn], { at, actor: 'user:ada' });
    await ports.releases.commit(before, next, entries);
    expect(await ask()).toEqual(first);
    expect(await chosen()).toHaveLength(1);
  });
});
