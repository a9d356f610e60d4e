/** A client of DynamoDB that is told what each of its calls consumed. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';

const Units = z.object({ CapacityUnits: z.number() });
/** One for a call about one table, a list for one about several. */
const Output = z.object({ ConsumedCapacity: z.union([Units.transform((one) => [one]), z.array(Units)]) });

export interface Metered {
  readonly client: DynamoDBClient;
  /** Units since it was asked last. */
  readonly taken: () => number;
}

export function meteredClient(endpoint: string): Metered {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  let units = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'CreateTableCommand') return next(args);
        const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' as const };
        const result = await next({ ...args, input });
        for (const { CapacityUnits } of Output.parse(result.output).ConsumedCapacity) units += CapacityUnits;
        return result;
      },
    { step: 'initialize', name: 'metered' },
  );
  return {
    client,
    taken: () => {
      const taken = units;
      units = 0;
      return taken;
    },
  };
}
