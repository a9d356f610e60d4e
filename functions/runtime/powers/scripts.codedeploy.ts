import { codeDeploy } from '../../adapters/clients/codedeploy.ts';
import { type CodeDeploySettings, codeDeployScripts } from '../../adapters/codedeploy/scripts.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'scripts'> = () =>
  codeDeployScripts({
    ...settings<Omit<CodeDeploySettings, 'client'>>('SCRIPTS'),
    client: codeDeploy(),
  });
