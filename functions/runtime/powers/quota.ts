import { sesForTeam } from '../../adapters/clients/ses.ts';
import { sesQuota } from '../../adapters/quota.ses.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'quota'> = ({ clock }) => sesQuota({ client: sesForTeam(), clock });
