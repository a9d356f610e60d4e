/** Contracts as JSON Schema, in the dialect of OpenAPI 3.1 (2020-12). */
import * as z from 'zod';
import type { Permitted } from '#functions/runtime/permission.ts';

export type Schema = Readonly<Record<string, unknown>>;

function schemaOf(contract: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(contract, { io });
  return schema;
}

/** What is sent of an input, by name of the member; who asks comes from the token. */
export function membersOf({ input }: Permitted): ReadonlyMap<string, { schema: Schema; required: boolean }> {
  const { properties = {}, required = [] } = schemaOf(input, 'input') as {
    properties?: Readonly<Record<string, Schema>>;
    required?: readonly string[];
  };
  const sent = Object.entries(properties).filter(([name]) => name !== 'actor');
  return new Map(sent.map(([name, schema]) => [name, { schema, required: required.includes(name) }]));
}

export const answerOf = ({ output }: Permitted): Schema => schemaOf(output, 'output');
