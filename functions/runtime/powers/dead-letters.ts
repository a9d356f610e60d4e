import { lambda } from '../../adapters/clients/lambda.ts';
import { sqs } from '../../adapters/clients/sqs.ts';
import { type DeadLettersSettings, sqsDeadLetters } from '../../adapters/sqs/dead-letters.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'deadLetters'> = () =>
  sqsDeadLetters({
    ...settings<Omit<DeadLettersSettings, 'sqs' | 'lambda'>>('DEAD_LETTERS'),
    sqs: sqs(),
    lambda: lambda(),
  });
