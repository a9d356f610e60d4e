import { ssm } from '../../adapters/clients/ssm.ts';
import { runCommandScripts, type ScriptsSettings } from '../../adapters/ssm/scripts.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'scripts'> = () =>
  runCommandScripts({
    ...settings<Omit<ScriptsSettings, 'client'>>('SCRIPTS'),
    client: ssm(),
  });
