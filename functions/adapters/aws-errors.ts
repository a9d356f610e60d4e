/**
 * What an error of an AWS client says about the request: answered or not, refused or busy. The names are those of the
 * services' models and of the SDK's own classification (`@smithy/core`, retry).
 */
import { ScriptNotStarted, ServiceUnavailable } from '#domain/errors.ts';
import { quoted } from '#domain/quoted.ts';

/** The service refused because of its limits or of the account's quotas: it is certain that it did nothing. */
const throttles: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'DeploymentLimitExceededException',
  'EC2ThrottledException',
  'ExecutionLimitExceeded',
  'KmsThrottled',
  'KmsThrottlingException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'ServiceQuotaExceededException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);
/** Nobody answered in time, the line was cut, or it is still at it: the service may or may not have done what it was asked. */
const silences: ReadonlySet<string> = new Set([
  'AbortError',
  'RequestTimeout',
  'RequestTimeoutException',
  'TimeoutError',
  'ReplicatedWriteConflictException',
  'TransactionInProgressException',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** The error's name as the service's model has it; empty for what is no error. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** The HTTP status of the service's answer; nothing when there was none. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const { $metadata } = error;
  if (typeof $metadata !== 'object' || $metadata === null || !('httpStatusCode' in $metadata))
    return undefined;
  return typeof $metadata.httpStatusCode === 'number' ? $metadata.httpStatusCode : undefined;
}

export const isThrottled = (error: unknown): boolean =>
  throttles.has(nameOf(error)) || statusOf(error) === 429;

/** The request itself was answered with "no" (4xx): it is certain that the service did nothing. */
export function isRefused(error: unknown): boolean {
  if (isThrottled(error)) return true;
  const status = statusOf(error);
  return status !== undefined && status >= 400 && status < 500 && !silences.has(nameOf(error));
}

/** Busy, broken or silent: the same request may succeed later. */
export function isOutage(error: unknown): boolean {
  if (isThrottled(error) || silences.has(nameOf(error))) return true;
  if (!(error instanceof Error)) return false;
  if ('code' in error && silences.has(String(error.code))) return true;
  return (statusOf(error) ?? 0) >= 500 || ('$fault' in error && error.$fault === 'server');
}

/** Sends, and turns an outage into ServiceUnavailable. All else is a fault, or an answer for the caller to read. */
export async function ask<T>(service: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw isOutage(error) ? unavailable(service, error) : error;
  }
}

export const unavailable = (service: string, error: unknown) =>
  new ServiceUnavailable(
    { code: 'service-silent', params: { service, error: nameOf(error) } },
    { cause: error },
  );

/** It answered, and no. Somebody who may mend it must hear why; what was asked was not done. */
export const refusedBy = (service: string, error: unknown) =>
  new ServiceUnavailable(
    { code: 'service-refused', params: { service, said: saidBy(error) } },
    { cause: error },
  );

const saidBy = (error: unknown) =>
  quoted(error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/**
 * What the failure to start a run of a script is. Busy is as certain as refused, but is the caller's to try again, like
 * silence; what no service said is a fault.
 */
export function notStarted(service: string, what: 'command' | 'deployment', error: unknown): unknown {
  if (isOutage(error)) return unavailable(service, error);
  if (!(error instanceof Error) || !('$fault' in error)) return error;
  const params = { service, what, said: saidBy(error) };
  return new ScriptNotStarted({ code: 'runner-refused', params }, { cause: error });
}
