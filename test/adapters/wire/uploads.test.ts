/** Files of users in S3, over the wire: piece by piece, the same file from the first to the last. */
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { InvalidInput, ServiceUnavailable } from '#domain/errors.ts';
import { s3Uploads } from '#functions/adapters/s3/uploads.ts';
import { type Answer, outages, wireService } from './service.ts';

const service = wireService();
const uploads = () =>
  s3Uploads({ client: new S3Client({ ...service.settings(), forcePathStyle: true }), bucket: 'files' });
const upload = { key: 'uploads/été 2025.csv', etag: '9b2cf535f27731c974343645a3985328' };
const pieceBytes = 8_388_608;

const bytes = (body: string, status = 206): Answer => ({
  status,
  headers: { 'content-type': 'text/csv' },
  body,
});
const refused = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
});

async function read(): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of await uploads().read(upload)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('a file', () => {
  it('is read to its end, each piece only of the upload that was announced', async () => {
    service.answer(bytes('a'.repeat(pieceBytes)), bytes('é,end'));
    expect((await read()).slice(pieceBytes - 2)).toBe('aaé,end');
    expect(service.operations()).toEqual(
      Array(2).fill('GET /files/uploads/%C3%A9t%C3%A9%202025.csv?x-id=GetObject'),
    );
    expect(service.asked.map(({ headers }) => [headers['range'], headers['if-match']])).toEqual([
      ['bytes=0-8388607', upload.etag],
      ['bytes=8388608-16777215', upload.etag],
    ]);
  });

  it('may end where a piece ends, or be empty', async () => {
    service.answer(bytes('a'.repeat(pieceBytes)), refused(416, 'InvalidRange'), refused(416, 'InvalidRange'));
    expect(await read()).toHaveLength(pieceBytes);
    expect(await read()).toBe('');
  });

  it.each([
    [404, 'NoSuchKey'],
    [412, 'PreconditionFailed'],
  ])('that is another by now (%i) is refused', async (status, code) => {
    service.answer(refused(status, code));
    await expect(read()).rejects.toBeInstanceOf(InvalidInput);
  });

  it('that may not be read is a fault of ours', async () => {
    service.answer(refused(403, 'AccessDenied'));
    await expect(read()).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each(outages.filter(([what]) => !what.startsWith('is throttled')))(
    'that S3 %s on is for later',
    async (_, answer) => {
      service.answer(answer);
      await expect(read()).rejects.toBeInstanceOf(ServiceUnavailable);
    },
  );
});

describe('a report', () => {
  it('lies beside the uploads, under the name of its file', async () => {
    service.answer({ status: 200, headers: {}, body: '' });
    await uploads().report(upload, { outcome: 'imported', people: 3 });
    expect(service.operations()).toEqual(['PUT /files/reports/%C3%A9t%C3%A9%202025.csv.json?x-id=PutObject']);
    expect(service.asked[0]?.body).toEqual({ outcome: 'imported', people: 3 });
  });
});
