/** Every scenario ends as it says it must, and whatever goes wrong in it, the invariants hold. */
import { describe, expect, it } from 'vitest';
import { readScenario, scenarioNames } from '#rehearsal/scenario.ts';
import { contentUsers } from '#rehearsal/world/users.ts';
import { expectInvariants, firstMissing, matches, rehearsalOf } from './run.ts';

describe.each(scenarioNames())('scenario %s', (name) => {
  it('ends as expected', async () => {
    const scenario = readScenario(name);
    const rehearsal = await rehearsalOf({ scenario });
    const facts = rehearsal.entries.map(({ fact }) => fact);
    expect(
      firstMissing(facts, scenario.expect.facts),
      'the first fact that did not come, in order',
    ).toBeUndefined();
    for (const one of scenario.expect.never) expect(facts.filter((fact) => matches(fact, one))).toEqual([]);
    expect(rehearsal.release.status).toBe(scenario.expect.outcome);
    expect(rehearsal.executionStatus).toBe(scenario.expect.execution);
    expectInvariants(rehearsal);
  });
});

describe('who is told what', () => {
  it('corrects exactly those who had been told that they have access', async () => {
    // Whoever's mail bounced was not told.
    const behaviour = { ...contentUsers, bounces: 0 };
    const { world, entries } = await rehearsalOf({ scenario: readScenario('rollback-after-50'), behaviour });
    const facts = entries.map(({ fact }) => fact);
    const campaignOf = (message: string) => {
      const sending = facts.find((fact) => fact.type === 'message.sending' && fact.message === message);
      return sending?.type === 'message.sending' ? sending.campaign : '';
    };
    const told = new Set([
      ...world.mailboxes.readers(campaignOf('launch')),
      ...world.mailboxes.readers(campaignOf('extension')),
    ]);
    expect(told.size).toBeGreaterThan(400);
    expect(world.mailboxes.readers(campaignOf('correction-notice'))).toEqual(told);
  });

  it('leaves no schedule behind when the execution is stopped in the console', async () => {
    const { world, release } = await rehearsalOf({ scenario: readScenario('aborted-in-console') });
    expect(await world.schedules.names(release.id)).toEqual([]);
    expect(await world.waits.open(release.id)).toEqual([]);
  });

  it('tells operators of an execution that was stopped in the console', async () => {
    const { world, release } = await rehearsalOf({ scenario: readScenario('aborted-in-console') });
    const told = world.logs.filter(({ code }) => code === 'EXECUTION_STOPPED');
    expect(told.map(({ fields }) => fields)).toContainEqual({
      releaseId: release.id,
      executionArn: release.executionArn,
    });
  });
});
