/**
 * Files of users in a bucket: uploads below `uploads/`, a report about each below `reports/`.
 *
 * IAM: s3:GetObject on the uploads, s3:PutObject on the reports.
 */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { InvalidInput } from '#domain/errors.ts';
import type { Upload, Uploads } from '#domain/ports.ts';
import { ask, statusOf } from './aws-errors.ts';
import { reportOf } from './uploads-folders.ts';

export interface UploadSettings {
  readonly client: S3Client;
  readonly bucket: string;
}

/** Removed, or another one under the same key (RFC 9110, "412 Precondition Failed"). */
const gone: readonly (number | undefined)[] = [404, 412];

/** Every call throws ServiceUnavailable when S3 is busy or silent; a connection may also break while a file is read. */
export function s3Uploads({ client, bucket }: UploadSettings): Uploads {
  return {
    read: async ({ key, etag }: Upload) => {
      try {
        const get = new GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag });
        const { Body } = await ask('S3', () => client.send(get));
        return Body as AsyncIterable<Uint8Array>;
      } catch (error) {
        if (!gone.includes(statusOf(error))) throw error;
        throw new InvalidInput('the upload was removed or replaced before it was read: the newer one counts');
      }
    },
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
