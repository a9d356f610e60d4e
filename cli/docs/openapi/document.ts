/** `docs/reference/openapi.json`: the API's description, from the table of operations and the contracts. */
import { handlers } from '#functions/catalogue.ts';
import { isCommand, operationNames, operations } from '#functions/runtime/operations.ts';
import type { Permitted } from '#functions/runtime/permission.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { type ApiExamples, bodies, type Parameter } from './examples.ts';
import { answersOf, headers, responses } from './responses.ts';
import { answerOf, membersOf } from './schemas.ts';

const conditional = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of an earlier answer: 304 while nothing has changed.',
  schema: { type: 'string' },
} as const;
const language = {
  name: 'Accept-Language',
  in: 'header',
  description: 'In which language a problem is told, English or French; English unless French comes first.',
  schema: { type: 'string' },
  example: 'fr',
} as const;
const idempotent = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Chosen by the caller, new for each command. Sent again within a day with the same body, the command is not carried out again and the first answer is given again.',
  schema: { type: 'string', pattern: '^(?:[!#-~]{1,128}|"[!#-~]{1,128}")$' },
} as const;

export function openApi(examples: ApiExamples) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const name of operationNames) {
    const { method, path } = operations[name];
    paths[path] = { ...paths[path], [method.toLowerCase()]: described(handlers[name], examples) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Jalon',
      version: manifest.version,
      description:
        'Conducts software releases that take weeks. What everything means is in docs/reference/api.md.',
    },
    servers: [{ url: '/', description: 'The address is an output of the stack (`ApiUrl`).' }],
    security: [{ token: [] }],
    tags: [
      { name: 'reads', description: 'What there is.' },
      { name: 'commands', description: 'What people tell a release.' },
    ],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'The access token of a user of the stack’s user pool; the user’s groups are their roles.',
        },
      },
      headers,
      responses,
    },
  };
}

function described(request: Permitted, { parameters, answers }: ApiExamples) {
  const { name } = request;
  const operation = operations[name];
  const read = !isCommand(name);
  const members = [...membersOf(request)];
  const inPath = (member: string) => operation.path.includes(`{${member}}`);
  const rest = members.filter(([member]) => !inPath(member));
  return {
    operationId: name,
    summary: operation.to.charAt(0).toUpperCase() + operation.to.slice(1),
    description: `Who may: ${operation.who.says}.`,
    tags: [read ? 'reads' : 'commands'],
    parameters: [
      ...members
        .filter(([member]) => inPath(member))
        .map(([member, { schema }]) => ({
          name: member,
          in: 'path',
          required: true,
          schema,
          example: parameters[member as Parameter],
        })),
      ...(read
        ? rest.map(([member, { schema, required }]) => ({ name: member, in: 'query', required, schema }))
        : []),
      read ? conditional : idempotent,
      language,
    ],
    ...(isCommand(name) ? { requestBody: bodyOf(rest, bodies[name]) } : {}),
    responses: answersOf(operation, answerOf(request), read ? answers[name] : undefined),
  };
}

function bodyOf(
  members: readonly (readonly [string, { schema: object; required: boolean }])[],
  example: unknown,
) {
  const schema = {
    type: 'object',
    properties: Object.fromEntries(members.map(([member, one]) => [member, one.schema])),
    required: members.filter(([, { required }]) => required).map(([member]) => member),
    additionalProperties: false,
  };
  return { required: true, content: { 'application/json': { schema, example } } };
}
