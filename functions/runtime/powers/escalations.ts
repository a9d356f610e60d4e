import { sfn } from '../../adapters/clients/sfn.ts';
import { sfnEscalations } from '../../adapters/step-functions/escalations.ts';
import { variable } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'escalations'> = () =>
  sfnEscalations({ client: sfn(), escalationMachineArn: variable('ESCALATION_MACHINE') });
