/** The DynamoDB adapters keep the promises of their ports: the suites of `test/adapters`, on DynamoDB Local. */

import { describe } from 'vitest';
import { emptyTally } from '#domain/audience/audience-size.ts';
import { DynamoAnswers } from '#functions/adapters/dynamodb/answers.ts';
import { DynamoAudienceStore } from '#functions/adapters/dynamodb/audience.ts';
import { DynamoAudienceImports } from '#functions/adapters/dynamodb/audience-imports.ts';
import { DynamoAudienceRemoval } from '#functions/adapters/dynamodb/audience-removal.ts';
import type { AudienceTable } from '#functions/adapters/dynamodb/audience-rows.ts';
import { DynamoBakeStore } from '#functions/adapters/dynamodb/bakes.ts';
import { DynamoCampaignStore } from '#functions/adapters/dynamodb/campaigns.ts';
import { DynamoEvidenceReader } from '#functions/adapters/dynamodb/evidence.ts';
import { DynamoFeedbackStore } from '#functions/adapters/dynamodb/feedback.ts';
import { DynamoPreferences } from '#functions/adapters/dynamodb/preferences.ts';
import { DynamoReleaseStore } from '#functions/adapters/dynamodb/releases.ts';
import { DynamoScriptReports } from '#functions/adapters/dynamodb/script-reports.ts';
import { DynamoVersions } from '#functions/adapters/dynamodb/versions.ts';
import { DynamoWaitStore } from '#functions/adapters/dynamodb/waits.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { describeAnswers } from '#test/adapters/answers.behaviour.ts';
import { describeAudience } from '#test/adapters/audience.behaviour.ts';
import { describeAudienceStore, usersOf } from '#test/adapters/audience-store.behaviour.ts';
import { describeBakeStore } from '#test/adapters/bake-store.behaviour.ts';
import { describeCampaignStore } from '#test/adapters/campaign-store.behaviour.ts';
import { describeFeedbackStore } from '#test/adapters/feedback-store.behaviour.ts';
import { describeReleaseStore } from '#test/adapters/release-store.behaviour.ts';
import { describeScriptReports } from '#test/adapters/script-reports.behaviour.ts';
import { describeVersions } from '#test/adapters/versions.behaviour.ts';
import { describeWaitStore } from '#test/adapters/wait-store.behaviour.ts';
import { tallied } from '#test/support/hashed.ts';
import { freshTable } from './tables.ts';

const clock = { nowMs: () => Date.parse('2025-03-10T09:00:00Z') };

describe('ReleaseStore on DynamoDB', () => {
  describeReleaseStore(async () => new DynamoReleaseStore(await freshTable('releases')));
});
describe('WaitStore on DynamoDB', () => {
  describeWaitStore(async () => new DynamoWaitStore({ ...(await freshTable('waits')), clock }));
});
describe('BakeStore on DynamoDB', () => {
  describeBakeStore(async () => {
    const table = await freshTable('releases');
    const bakes = new DynamoBakeStore(table);
    const evidence = new DynamoEvidenceReader(table);
    return {
      get: (...key) => bakes.get(...key),
      put: (...change) => bakes.put(...change),
      looks: (...asked) => evidence.looks(...asked),
    };
  });
});
describe('Answers on DynamoDB', () => {
  describeAnswers(async () => new DynamoAnswers(await freshTable('releases')));
});
describe('Versions on DynamoDB', () => {
  describeVersions(async () => new DynamoVersions(await freshTable('releases'), 'demo'));
});
describe('ScriptReports on DynamoDB', () => {
  describeScriptReports(async () => new DynamoScriptReports({ ...(await freshTable('releases')), clock }));
});
describe('FeedbackStore on DynamoDB', () => {
  describeFeedbackStore(async () => new DynamoFeedbackStore(await freshTable('releases')));
});
describe('CampaignStore on DynamoDB', () => {
  describeCampaignStore(async () => new DynamoCampaignStore(await freshTable('releases')));
});
describe('AudienceStore on DynamoDB', () => {
  describeAudienceStore(async (users) => {
    const { product } = users;
    const { store, imports } = audienceOf({ ...(await freshTable('releases')), product, sha256 });
    const people = usersOf(users);
    await imports.open('1', 0);
    await imports.put('1', people);
    await imports.publish('1', tallied(emptyTally, product, people), 0);
    return store;
  });
});
describe('Audience on DynamoDB', () => {
  describeAudience(async (product) => audienceOf({ ...(await freshTable('releases')), product, sha256 }));
});

function audienceOf(table: AudienceTable) {
  return {
    store: new DynamoAudienceStore(table),
    imports: new DynamoAudienceImports(table),
    removal: new DynamoAudienceRemoval(table),
    preferences: new DynamoPreferences(table),
  };
}
