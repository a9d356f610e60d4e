import { DynamoCampaignStore } from '../../adapters/dynamodb/campaigns.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'campaigns'> = () => new DynamoCampaignStore(releasesTable());
