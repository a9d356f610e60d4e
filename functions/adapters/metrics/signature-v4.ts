/**
 * Signature Version 4 for services of AWS whose questions are Prometheus's and not the SDK's: Amazon Managed Service for
 * Prometheus (`aps`). IAM: aps:QueryMetrics and aps:GetLabels on the workspace.
 */

import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { present } from '#domain/present.ts';
import type { Authorize } from './exchange.ts';

export interface SigningSettings {
  readonly region: string;
  /** As IAM names the service. */
  readonly service: string;
  readonly credentials: () => Promise<{
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  }>;
}

/** What the signer asks of a hash, with the runtime's own. */
class Sha256 {
  #hash: Hash | Hmac;
  readonly #key: string | Uint8Array | undefined;
  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.#key = key === undefined || typeof key === 'string' ? key : bytesOf(key);
    this.#hash = this.#fresh();
  }
  #fresh(): Hash | Hmac {
    return this.#key === undefined ? createHash('sha256') : createHmac('sha256', this.#key);
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === 'string' ? data : bytesOf(data));
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    this.#hash = this.#fresh();
  }
}

const bytesOf = (data: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);

export function authorizeBySignature({ region, service, credentials }: SigningSettings): Authorize {
  const signer = new SignatureV4({ region, service, credentials, sha256: Sha256 });
  return async ({ url, method, headers, body }) => {
    const query: Record<string, string | string[]> = {};
    for (const key of new Set(url.searchParams.keys())) query[key] = url.searchParams.getAll(key);
    const signed = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query,
      headers: { ...headers, host: url.host },
      ...present({ body }),
    });
    // `fetch` writes the host itself, the same one.
    const { host: _, ...rest } = signed.headers;
    const secrets = ['authorization', 'x-amz-security-token'].flatMap((name) => rest[name] ?? []);
    return { headers: rest, secrets };
  };
}
