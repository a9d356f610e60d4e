/** Refusals to throw in tests, and what one says. */
import { JalonError, MailRefused, ServiceUnavailable } from '#domain/errors.ts';
import { quoted } from '#domain/quoted.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';

/** What a service throws that is busy. */
export const busy = (service = 'DynamoDB'): ServiceUnavailable =>
  new ServiceUnavailable({ code: 'service-silent', params: { service, error: 'ThrottlingException' } });

export const refusedMail = (): MailRefused =>
  new MailRefused({ code: 'mail-refused', params: { said: quoted('not an address') } });

/** What an error refuses, in English. */
export function sentenceOf(error: unknown): string {
  if (error instanceof JalonError) return sayRefusal('en', error.refusal);
  throw new TypeError(`that refuses nothing: ${String(error)}`, { cause: error });
}

/** What a call refuses: the error's name, and in English what it says. */
export async function refusedBy(
  call: Promise<unknown>,
): Promise<{ readonly name: string; readonly says: string }> {
  const ended = await call.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  if ('error' in ended) return { name: (ended.error as Error).name, says: sentenceOf(ended.error) };
  throw new TypeError(`nothing was refused: ${JSON.stringify(ended.answer)}`);
}

/** What a function refuses at once, in English. */
export function refusedAtOnce(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return sentenceOf(error);
  }
  throw new TypeError('nothing was refused');
}
