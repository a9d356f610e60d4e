import { s3 } from '../../adapters/clients/s3.ts';
import { s3Uploads } from '../../adapters/s3/uploads.ts';
import { variable } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'uploads'> = () =>
  s3Uploads({ client: s3(), bucket: variable('UPLOADS_BUCKET') });
