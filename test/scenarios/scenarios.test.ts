/** Every scenario ends as it says it must, and whatever goes wrong in it, the invariants hold. */
import { beforeAll, describe, expect, it } from 'vitest';
import { markdownOf } from '#presentation/audit-report/markdown.ts';
import type { AuditOutcome } from '#presentation/audit-report/outcome.ts';
import { pageOf } from '#presentation/audit-report/page.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import type { Rehearsal } from '#rehearsal/rehearse.ts';
import { readScenario, scenarioNames } from '#rehearsal/scenario.ts';
import { contentUsers } from '#rehearsal/world/users.ts';
import { expectInvariants, firstMissing, matches, rehearsalOf } from '#test/rehearsal/run.ts';
import { expectAddsUp } from '#test/support/account.ts';

const french = await textsOf('fr');

/** What each scenario comes to in its account. */
const outcomes: Readonly<Record<string, AuditOutcome>> = {
  'a-person-degrades': 'partly-rolled-back',
  'aborted-in-console': 'aborted',
  'approval-never-comes': 'late',
  'breach-during-outage': 'rolled-back',
  'chatbot-slow': 'partly-rolled-back',
  'cohorts-differ': 'late',
  'critical-incidents': 'as-planned',
  'error-rate-at-10': 'rolled-back',
  'everything-well': 'as-planned',
  'gate-rejected': 'as-planned',
  'late-regression': 'rolled-back',
  'launch-slips': 'late',
  'metrics-outage': 'as-planned',
  'night-without-traffic': 'as-planned',
  'ocr-fails-at-50': 'partly-rolled-back',
  'paused-while-held': 'late',
  'pilots-dissatisfied': 'as-planned',
  'restore-declined': 'partly-rolled-back',
  'rollback-after-50': 'partly-rolled-back',
  'second-person-late': 'rolled-back',
  'shared-incident': 'as-planned',
  'staging-tests-fail': 'corrected',
  'two-correction-rounds': 'corrected',
};

describe.each(scenarioNames())('scenario %s', (name) => {
  const scenario = readScenario(name);
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    rehearsal = await rehearsalOf({ scenario });
  });

  it('ends as expected', () => {
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

  it('has an account whose parts add up to the whole', () => {
    const { outcome, hours } = expectAddsUp(rehearsal);
    expect(outcome).toBe(outcomes[name]);
    expect(hours.visits.map(({ phase }) => phase)).toContain('preparation');
    expect(markdownOf(pageOf(rehearsal, 'fr', french))).not.toMatch(/undefined|NaN|\[object/);
  });
});

describe('a correction', () => {
  it('goes to exactly those who had been told that they have access', async () => {
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
});

describe('an execution that is stopped in the console', () => {
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    rehearsal = await rehearsalOf({ scenario: readScenario('aborted-in-console') });
  });

  it('leaves no schedule and no wait behind', async () => {
    const { world, release } = rehearsal;
    expect(await world.schedules.names(release.id)).toEqual([]);
    expect(await world.waits.open(release.id)).toEqual([]);
  });

  it('stands in the log, which tells operators of it', () => {
    const { world, release } = rehearsal;
    const told = world.logs.filter(({ code }) => code === 'EXECUTION_STOPPED');
    expect(told.map(({ fields }) => fields)).toContainEqual({
      releaseId: release.id,
      executionArn: release.executionArn,
    });
  });
});
