/**
 * Signatures of the Standard Webhooks specification 1.0.0 (symmetric, `v1`): HMAC-SHA256 over `<id>.<timestamp>.<body>`.
 * By hand, because the library reads the machine's clock (docs/why/adr/0004-dependencies.md).
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a message's timestamp may lie from now, before or after. */
const toleranceSeconds = 5 * 60;

const prefix = 'whsec_';
const keyBytesMin = 24;
const keyBytesMax = 64;
const idForm = /^[^\s.]{1,256}$/;
const timestampForm = /^\d{1,12}$/;

/** Headers; a type because an interface is no record of texts. */
export type Signed = {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
};

/**
 * The keys of a secret: `whsec_` and Base64 of 24 to 64 bytes; several, with spaces between, while one replaces another.
 * Throws TypeError, which says nothing of the secret.
 */
function keysOf(secret: string): readonly Buffer[] {
  const keys = secret
    .trim()
    .split(/\s+/)
    .map((one) => Buffer.from(one.startsWith(prefix) ? one.slice(prefix.length) : '', 'base64'));
  if (keys.every(({ length }) => length >= keyBytesMin && length <= keyBytesMax)) return keys;
  throw new TypeError(
    `the webhook's secret must be "${prefix}" and the Base64 of ${keyBytesMin} to ${keyBytesMax} bytes: see docs/reference/scripts.md`,
  );
}

const digestOf = (key: Buffer, id: string, timestamp: string, body: string): Buffer =>
  createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();

/** The headers of a message, signed with every key, so that the other side may know the old or the new one. */
export function sign(secret: string, id: string, nowMs: number, body: string): Signed {
  const timestamp = String(Math.floor(nowMs / 1000));
  const signatures = keysOf(secret).map(
    (key) => `v1,${digestOf(key, id, timestamp, body).toString('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/** Whether one of the keys signed exactly this, within the tolerance. Header names in lower case, as API Gateway gives them. */
export function verify(
  secret: string,
  headers: Readonly<Record<string, string | undefined>>,
  nowMs: number,
  body: string,
): boolean {
  const {
    'webhook-id': id = '',
    'webhook-timestamp': timestamp = '',
    'webhook-signature': given = '',
  } = headers;
  if (!idForm.test(id) || !timestampForm.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const signatures = given
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice('v1,'.length), 'base64'));
  return keysOf(secret)
    .map((key) => digestOf(key, id, timestamp, body))
    .some((digest) => signatures.some((one) => one.length === digest.length && timingSafeEqual(one, digest)));
}
