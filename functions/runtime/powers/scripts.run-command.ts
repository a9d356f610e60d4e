import { ssm } from '../../adapters/clients/ssm.ts';
import { runCommandScripts, type ScriptsSettings } from '../../adapters/ssm/scripts.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'scripts'> = ({ clock }) =>
  runCommandScripts({
    ...settings<Omit<ScriptsSettings, 'client' | 'clock'>>('SCRIPTS'),
    client: ssm(),
    clock,
  });
