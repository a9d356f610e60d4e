/** The description of the API: fresh, valid by a validator that is not ours, and true of its own examples. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { openApi } from '#cli/docs/openapi/document.ts';
import { rehearsedExamples } from '#cli/docs/openapi/examples.ts';
import { operations } from '#functions/runtime/operations.ts';
import { ask, claimsOf } from '#test/support/http.ts';
import { quietWorld } from '#test/support/world.ts';
import { technicia } from '../story.ts';

const committed = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'openapi.json'),
  'utf8',
);
const document = JSON.parse(committed) as ReturnType<typeof openApi>;

interface Media {
  readonly schema: object;
  readonly example?: unknown;
}
type Content = Readonly<Record<string, Media>>;
interface Described {
  readonly operationId: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly schema: object;
    readonly example?: unknown;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
const described = Object.values(document.paths).flatMap((path) => Object.values(path) as Described[]);

const ajv = new Ajv2020({ strict: false, validateFormats: false });

describe('docs/reference/openapi.json', () => {
  it('is what node cli/docs/generate.ts writes', async () => {
    expect(openApi(await rehearsedExamples(technicia))).toEqual(document);
    expect(committed).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });

  it('is OpenAPI 3.1, says somebody else', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect((await new Validator().validate({ ...document, paths: { '/x': { get: 7 } } })).valid).toBe(false);
  });

  it('is what the API answers', async () => {
    const answer = await ask(quietWorld(), 'GET', '/openapi.json', { claims: claimsOf('ada') });
    expect([answer.status, answer.body]).toEqual([200, document]);
  });

  it('describes every operation of the table', () => {
    expect(described.map(({ operationId }) => operationId).toSorted()).toEqual(
      Object.keys(operations).toSorted(),
    );
  });

  it.each(described.map((one) => [one.operationId, one] as const))(
    '%s: examples keep their schemas',
    (_, one) => {
      const media = [
        ...Object.values(one.requestBody?.content ?? {}),
        ...Object.values(one.responses).flatMap(({ content }) => Object.values(content ?? {})),
      ];
      const examples = [...one.parameters, ...media].filter(({ example }) => example !== undefined);
      const wrong = examples.flatMap(({ schema, example }) => {
        const validate = ajv.compile(schema);
        return validate(example) ? [] : [validate.errors];
      });
      expect(wrong).toEqual([]);
      if (one.operationId !== 'read-openapi') expect(examples.length).toBeGreaterThan(0);
    },
  );
});
