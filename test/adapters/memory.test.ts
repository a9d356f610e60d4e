/** The rehearsal's ports keep the same promises as those on AWS (`wire/promises.test.ts`, `test/integration/dynamodb`). */
import { describe } from 'vitest';
import type { MailJob } from '#application/ports/mail.ts';
import type { Schedule } from '#application/ports/workflow.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { MemoryAnswers } from '#rehearsal/world/answers.ts';
import { MemoryAudience } from '#rehearsal/world/audience.ts';
import { MemoryBakeStore } from '#rehearsal/world/bake-store.ts';
import { Chance } from '#rehearsal/world/chance.ts';
import {
  SimulatedEscalations,
  SimulatedExecutions,
  SimulatedReleaseMachine,
  SimulatedSchedules,
  SimulatedScripts,
  SimulatedTasks,
} from '#rehearsal/world/cloud.ts';
import { MemoryFeedbackStore } from '#rehearsal/world/feedback.ts';
import { MemoryCampaignStore, MemoryMailQueue } from '#rehearsal/world/mail.ts';
import { MemoryReleaseStore } from '#rehearsal/world/release-store.ts';
import { MemoryScriptReports } from '#rehearsal/world/script-reports.ts';
import { Switches } from '#rehearsal/world/switches.ts';
import { Population } from '#rehearsal/world/users.ts';
import { MemoryVersions } from '#rehearsal/world/versions.ts';
import { MemoryWaitStore } from '#rehearsal/world/wait-store.ts';
import { describeAnswers } from './answers.behaviour.ts';
import { describeAudience } from './audience.behaviour.ts';
import { describeAudienceStore } from './audience-store.behaviour.ts';
import { describeBakeStore } from './bake-store.behaviour.ts';
import { describeCampaignStore } from './campaign-store.behaviour.ts';
import { describeExposure } from './exposure.behaviour.ts';
import { describeFeedbackStore } from './feedback-store.behaviour.ts';
import { describeMailQueue } from './mail-queue.behaviour.ts';
import { describeReleaseStore } from './release-store.behaviour.ts';
import { describeSchedules } from './schedules.behaviour.ts';
import { describeScriptReports } from './script-reports.behaviour.ts';
import { describeScriptRunner, failingPath, printed } from './script-runner.behaviour.ts';
import { describeVersions } from './versions.behaviour.ts';
import { describeWaitStore } from './wait-store.behaviour.ts';
import { describeWorkflow } from './workflow.behaviour.ts';

describe('ReleaseStore in memory', () => {
  describeReleaseStore(async () => new MemoryReleaseStore());
});
describe('WaitStore in memory', () => {
  describeWaitStore(async () => new MemoryWaitStore());
});
describe('BakeStore in memory', () => {
  describeBakeStore(async () => new MemoryBakeStore());
});
describe('Answers in memory', () => {
  describeAnswers(async () => new MemoryAnswers());
});
describe('ScriptReports in memory', () => {
  describeScriptReports(async () => new MemoryScriptReports());
});
describe('CampaignStore in memory', () => {
  describeCampaignStore(async () => new MemoryCampaignStore());
});
describe('AudienceStore in memory', () => {
  describeAudienceStore(async ({ product, count }) => new Population(product, count));
});
describe('Audience in memory', () => {
  describeAudience(async (product) => {
    const audience = new MemoryAudience(product);
    return { store: audience, imports: audience, removal: audience, preferences: audience };
  });
});
describe('Workflow in memory', () => {
  describeWorkflow(({ engine, machine }) => ({
    tasks: new SimulatedTasks(engine),
    machine: new SimulatedReleaseMachine(engine, machine),
    executions: new SimulatedExecutions(engine),
    escalations: new SimulatedEscalations(engine, machine),
  }));
});
describe('Schedules in memory', () => {
  describeSchedules(() => {
    const clock = new VirtualClock(Date.parse('2025-03-30T00:40:20Z'));
    const fired: Pick<Schedule, 'target' | 'input'>[] = [];
    const schedules = new SimulatedSchedules(
      clock,
      ({ target, input }) => void fired.push({ target, input }),
    );
    return {
      schedules,
      clock,
      pass: async (minutes) => {
        await clock.runFor(minutes * 60_000);
        return fired.splice(0);
      },
    };
  });
});
describe('FeedbackStore in memory', () => {
  describeFeedbackStore(async () => new MemoryFeedbackStore());
});
describe('Versions in memory', () => {
  describeVersions(async () => new MemoryVersions());
});
describe('MailQueue in memory', () => {
  describeMailQueue(() => {
    const taken: MailJob[] = [];
    return { queue: new MemoryMailQueue((jobs) => void taken.push(...jobs)), arrived: () => taken };
  });
});
describe('ScriptRunner in memory', () => {
  describeScriptRunner(() => {
    const clock = new VirtualClock(0);
    const fails = ({ path }: { readonly path: string }) => (path === failingPath ? printed : undefined);
    const scripts = new SimulatedScripts(clock, new Chance(1), fails, () => {});
    return { scripts, finish: () => clock.runFor(3_600_000), unknown: 'never' };
  });
});
describe('Exposure in memory', () => {
  describeExposure(() => {
    const switches = new Switches();
    const seen = () => ({
      percent: switches.percent,
      components: Object.fromEntries(switches.components),
    });
    return { exposure: switches, seen };
  });
});
