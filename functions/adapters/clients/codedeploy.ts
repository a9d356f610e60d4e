import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { impatient, shared } from './patience.ts';

export const codeDeploy = shared(() => new CodeDeployClient(impatient));
