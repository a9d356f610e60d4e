/**
 * Files of users in a bucket: uploads below `uploads/`, a report about each below `reports/`. A file is read piece by piece, each
 * whole before it is given: whoever reads takes minutes between two pieces, and S3 keeps no connection that long.
 *
 * IAM: s3:GetObject on the uploads, s3:PutObject on the reports.
 */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Upload, Uploads } from '#application/ports/audience.ts';
import { InvalidInput } from '#domain/errors.ts';
import { ask, statusOf } from '../aws-errors.ts';
import { reportOf } from './uploads-folders.ts';

export interface UploadSettings {
  readonly client: S3Client;
  readonly bucket: string;
}

const pieceBytes = 8_388_608;
/** Removed, or another one under the same key (RFC 9110, "412 Precondition Failed"). */
const gone: readonly (number | undefined)[] = [404, 412];
/** Behind the end: of an empty file already the first piece. */
const rangeNotSatisfiable = 416;

/** Every call throws ServiceUnavailable when S3 is busy or silent, at the beginning or between two pieces. */
export function s3Uploads(settings: UploadSettings): Uploads {
  const { client, bucket } = settings;
  return {
    read: async (upload) => pieces(settings, upload),
    report: async ({ key }, report) => {
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: reportOf(key),
        ContentType: 'application/json',
        Body: `${JSON.stringify(report, null, 2)}\n`,
      });
      await ask('S3', () => client.send(put));
    },
  };
}

async function* pieces(settings: UploadSettings, upload: Upload): AsyncGenerator<Uint8Array> {
  for (let from = 0; ; from += pieceBytes) {
    const piece = await pieceOf(settings, upload, from);
    yield piece;
    if (piece.length < pieceBytes) return;
  }
}

async function pieceOf(
  { client, bucket }: UploadSettings,
  { key, etag }: Upload,
  from: number,
): Promise<Uint8Array> {
  const Range = `bytes=${from}-${from + pieceBytes - 1}`;
  const get = new GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag, Range });
  try {
    return await ask('S3', async () => {
      const { Body } = await client.send(get);
      return (await Body?.transformToByteArray()) ?? new Uint8Array(0);
    });
  } catch (error) {
    if (statusOf(error) === rangeNotSatisfiable) return new Uint8Array(0);
    if (!gone.includes(statusOf(error))) throw error;
    throw new InvalidInput({ code: 'upload-replaced', params: {} });
  }
}
