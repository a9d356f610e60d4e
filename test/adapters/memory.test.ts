/** The rehearsal's stores keep the same promises as DynamoDB's (`test/integration/dynamodb`). */
import { describe } from 'vitest';
import { MemoryCampaignStore } from '#rehearsal/world/mail.ts';
import { MemoryReleaseStore } from '#rehearsal/world/release-store.ts';
import { MemoryScriptReports } from '#rehearsal/world/script-reports.ts';
import { Population } from '#rehearsal/world/users.ts';
import { MemoryBakeStore, MemoryWaitStore } from '#rehearsal/world/wait-store.ts';
import { describeAudienceStore } from './audience-store.behaviour.ts';
import { describeBakeStore } from './bake-store.behaviour.ts';
import { describeCampaignStore } from './campaign-store.behaviour.ts';
import { describeReleaseStore } from './release-store.behaviour.ts';
import { describeScriptReports } from './script-reports.behaviour.ts';
import { describeWaitStore } from './wait-store.behaviour.ts';

describe('ReleaseStore in memory', () => {
  describeReleaseStore(async () => new MemoryReleaseStore());
});
describe('WaitStore in memory', () => {
  describeWaitStore(async () => new MemoryWaitStore());
});
describe('BakeStore in memory', () => {
  describeBakeStore(async () => new MemoryBakeStore());
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
