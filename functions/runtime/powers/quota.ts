import { sesForTeam } from '../../adapters/clients/ses.ts';
import { sesQuota } from '../../adapters/ses/quota.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'quota'> = ({ clock }) => sesQuota({ client: sesForTeam(), clock });
