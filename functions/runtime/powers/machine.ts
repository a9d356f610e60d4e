import { sfn } from '../../adapters/clients/sfn.ts';
import { sfnMachine } from '../../adapters/step-functions/machine.ts';
import { variable } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'machine'> = () =>
  sfnMachine({ client: sfn(), machineArn: variable('RELEASE_MACHINE') });
