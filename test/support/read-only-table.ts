/** A table of DynamoDB over HTTP, for a command that reads releases: answers GetItem, and ranges of a partition in pages. */
import { createServer, type Server } from 'node:http';
import { marshall } from '@aws-sdk/util-dynamodb';

type Row = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string };
type Texts = Readonly<Record<string, { readonly S: string } | undefined>>;
interface Asked {
  readonly Key?: Texts;
  readonly ExpressionAttributeValues?: Texts;
  readonly ExclusiveStartKey?: Texts;
}

/** A server that does not listen yet. `rows` is asked anew at each request. */
export const readOnlyTable = (rows: () => readonly Row[], pageMax = 150): Server =>
  createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
    const one = String(request.headers['x-amz-target']).endsWith('GetItem');
    const answer = one ? item(rows(), asked) : range(rows(), asked, pageMax);
    response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(answer));
  });

const marshalled = (row: Row) => marshall(row, { removeUndefinedValues: true });

function item(rows: readonly Row[], { Key: key = {} }: Asked) {
  const found = rows.find(({ pk, sk }) => pk === key['pk']?.S && sk === key['sk']?.S);
  return found ? { Item: marshalled(found) } : {};
}

function range(rows: readonly Row[], asked: Asked, pageMax: number) {
  const { ExpressionAttributeValues: values = {}, ExclusiveStartKey: after = {} } = asked;
  const prefix = values[':prefix']?.S ?? '';
  const from = values[':from']?.S ?? values[':head']?.S ?? prefix;
  const to = values[':to']?.S ?? `${prefix}~`;
  const found = rows
    .filter(({ pk, sk }) => pk === values[':pk']?.S && sk >= from && sk <= to && sk > (after['sk']?.S ?? ''))
    .toSorted((a, b) => (a.sk < b.sk ? -1 : 1));
  const page = found.slice(0, pageMax);
  const last = page.at(-1);
  const more = last && found.length > page.length;
  return {
    Items: page.map(marshalled),
    ...(more ? { LastEvaluatedKey: marshall({ pk: last.pk, sk: last.sk }) } : {}),
  };
}
