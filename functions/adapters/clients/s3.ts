import { S3Client } from '@aws-sdk/client-s3';
import { patient, shared } from './patience.ts';

export const s3 = shared(() => new S3Client(patient));
