/** The bucket of uploads in memory. */

import type { Upload, Uploads } from '#application/ports/audience.ts';
import { InvalidInput } from '#domain/errors.ts';

const pieceBytes = 65_536;

export class MemoryUploads implements Uploads {
  readonly #files = new Map<string, { readonly etag: string; readonly bytes: Uint8Array }>();
  /** By the upload's key. */
  readonly reports = new Map<string, object>();

  put({ key, etag }: Upload, content: string): void {
    this.#files.set(key, { etag, bytes: new TextEncoder().encode(content) });
  }

  async read({ key, etag }: Upload): Promise<AsyncIterable<Uint8Array>> {
    const file = this.#files.get(key);
    if (file?.etag !== etag) throw new InvalidInput({ code: 'upload-gone', params: { upload: key } });
    return pieces(file.bytes);
  }

  async report({ key }: Upload, report: object): Promise<void> {
    this.reports.set(key, report);
  }
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}
