import { DynamoCampaignStore } from '../../adapters/campaigns.dynamodb.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'campaigns'> = () => new DynamoCampaignStore(releasesTable());
