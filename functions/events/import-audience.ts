/**
 * A file of users was uploaded: it becomes the audience, or nothing of it does; a report lies in the bucket afterwards.
 * Triggered by S3's EventBridge events through a queue, one at a time. What does not fit into one run is given back to the
 * queue, which delivers it again; the import goes on where it was. Delivered twice, the second finds it done.
 */
import * as z from 'zod';
import { generationOf, importAudience as importUsers } from '#application/import-audience.ts';
import type { With } from '#application/port-groups.ts';
import type { Upload } from '#application/ports/audience.ts';
import { InvalidInput } from '#domain/errors.ts';
import { minuteMs } from '#domain/time.ts';
import { QueueAnswer, QueueBatch } from '../contracts/queue.ts';
import { userFile } from '../contracts/user-file/user-file.ts';
import { define } from '../runtime/definition.ts';
import { eachMessage } from '../runtime/queue.ts';

/** Of the fifteen minutes that the function has: the last rows and the report need some too. */
const workMs = 12 * minuteMs;

const Uploaded = z.object({
  'detail-type': z.literal('Object Created'),
  time: z.iso.datetime(),
  detail: z.object({
    object: z.object({
      key: z.string().min(1).max(1024),
      etag: z.string().min(1).max(200),
      /** Tells two uploads of one second apart. */
      sequencer: z.string().regex(/^[0-9A-Fa-f]{1,64}$/),
    }),
  }),
});

export const importAudience = define({
  name: 'import-audience',
  needs: ['uploads', 'audienceImports'],
  input: QueueBatch,
  output: QueueAnswer,
  run: (batch, ports) =>
    eachMessage(ports.log, 'import-audience', batch, Uploaded, async ({ time, detail }) => {
      const { key, etag, sequencer } = detail.object;
      return imported(ports, { key, etag }, generationOf(Date.parse(time), sequencer));
    }),
});

/** Answers whether it has come to an end, good or bad. */
async function imported(
  ports: With<'uploads' | 'audienceImports'>,
  upload: Upload,
  generation: string,
): Promise<boolean> {
  const { uploads, clock, log, plan } = ports;
  try {
    const file = userFile(upload.key, () => opened(ports, upload));
    const settings = { generation, skipBad: false, untilMs: clock.nowMs() + workMs };
    const { outcome, report } = await importUsers(ports, file, settings);
    if (outcome === 'unfinished') return false;
    const { people, refused } = report;
    log.write('AUDIENCE_IMPORTED', { upload: upload.key, outcome, people, refused });
    await uploads.report(upload, { outcome, ...report });
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    log.write('AUDIENCE_IMPORTED', { upload: upload.key, outcome: 'refused' });
    const says = await ports.sayRefusal(plan.language, error.refusal);
    await uploads.report(upload, { outcome: 'refused', ...error.refusal, says });
  }
  return true;
}

/** A port is asked by a promise, a file is read without waiting for one. */
async function* opened({ uploads }: With<'uploads'>, upload: Upload): AsyncGenerator<Uint8Array> {
  yield* await uploads.read(upload);
}
