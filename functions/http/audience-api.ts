/** What people may do to the audience, over HTTP. Apart, so that no other API function may touch it. */
import { erasePerson } from '../api/erase-person.ts';
import { api, command } from './api.ts';

export const audienceRoutes = [command('/audience/erasures', erasePerson)] as const;
export const audienceApi = api('audience-api', audienceRoutes);
