/** What people may do to the audience, over HTTP. Apart, so that no other API function may touch it. */
import { erasePerson } from '../api/erase-person.ts';
import { api } from './api.ts';

export const audienceApi = api('audience-api', { 'erase-person': erasePerson });
