import { lambda } from '../../adapters/clients/lambda.ts';
import { sqs } from '../../adapters/clients/sqs.ts';
import { sqsDeadLetters } from '../../adapters/dead-letters.sqs.ts';
import { variable } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'deadLetters'> = () =>
  sqsDeadLetters({ sqs: sqs(), lambda: lambda(), queueUrl: variable('DEAD_LETTERS') });
