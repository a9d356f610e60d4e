/**
 * The catalogue of our errors. A name is wire format: Step Functions matches it in `ErrorEquals`, HTTP turns it into a
 * status, people find it in `docs/reference/errors.md`. Names are literals, so no bundler can change them.
 */
import { quoted } from './quoted.ts';
import type { Refusal, RefusalOf, RefusalsOf } from './refusals/refusals.ts';

/**
 * Everything we throw on purpose carries what it refuses as a code with parameters. Its message is for logs; people are told
 * in their language, where they are told (`presentation/messages/refusals/`).
 */
export abstract class JalonError extends Error {
  abstract override readonly name: string;
  readonly refusal: Refusal;
  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(`${refusal.code} ${JSON.stringify(refusal.params)}`, options);
    this.refusal = refusal;
  }
}

/** Takes the refusals of its name and no others. */
abstract class Refusing<N extends keyof RefusalsOf> extends JalonError {
  declare readonly refusal: RefusalOf<N>;
  constructor(refusal: RefusalOf<N>, options?: ErrorOptions) {
    super(refusal, options);
  }
}

/** Input that breaks its contract; nothing was written. */
export class InvalidInput extends Refusing<'InvalidInput'> {
  override readonly name = 'InvalidInput';
}
/** Names a phase, an item, a measure or an incident that is not there. */
export class NotFound extends Refusing<'NotFound'> {
  override readonly name = 'NotFound';
}
export class ReleaseNotFound extends Refusing<'ReleaseNotFound'> {
  override readonly name = 'ReleaseNotFound';
  constructor(release: string, more?: RefusalOf<'ReleaseNotFound'>) {
    super(more ?? { code: 'no-such-release', params: { release } });
  }
}
/** The id is taken by a release with other input, or by another execution. */
export class ReleaseExists extends Refusing<'ReleaseExists'> {
  override readonly name = 'ReleaseExists';
}
/** Another release of the same product is under way. */
export class ProductBusy extends Refusing<'ProductBusy'> {
  override readonly name = 'ProductBusy';
  constructor(product: string, release: string) {
    super({ code: 'product-busy', params: { product, release } });
  }
}
/** The version was found to be bad, in this release or another. */
export class VersionMarkedBad extends Refusing<'VersionMarkedBad'> {
  override readonly name = 'VersionMarkedBad';
  constructor(found: { readonly version: string; readonly releaseId: string; readonly reason: string }) {
    const { version, releaseId: release, reason } = found;
    super({ code: 'version-marked-bad', params: { version, release, reason: quoted(reason) } });
  }
}
export class LaunchDayPast extends Refusing<'LaunchDayPast'> {
  override readonly name = 'LaunchDayPast';
  constructor(launchDay: string, today: string) {
    super({ code: 'launch-day-past', params: { launchDay, today } });
  }
}
/** A day that no release of the plan can keep. */
export class LaunchDayImpossible extends Refusing<'LaunchDayImpossible'> {
  override readonly name = 'LaunchDayImpossible';
  constructor(launchDay: string, first: string, last: string) {
    super({ code: 'launch-day-impossible', params: { launchDay, first, last } });
  }
}
/** Somebody else wrote first; reading again and deciding again is right. */
export class LedgerConflict extends Refusing<'LedgerConflict'> {
  override readonly name = 'LedgerConflict';
  constructor(release: string, seq: number) {
    super({ code: 'ledger-moved-on', params: { release, seq } });
  }
}
/** What is asked is not possible in the state the release is in. */
export class NotAllowedNow extends Refusing<'NotAllowedNow'> {
  override readonly name = 'NotAllowedNow';
}
/** The same command, under the same idempotency key, is being carried out. */
export class KeyInUse extends Refusing<'KeyInUse'> {
  override readonly name = 'KeyInUse';
}
/** The idempotency key was used for another request. */
export class KeyReused extends Refusing<'KeyReused'> {
  override readonly name = 'KeyReused';
}
/** The request does not say who asks, or no longer: there is no token, or it has expired. */
export class NotSignedIn extends Refusing<'NotSignedIn'> {
  override readonly name = 'NotSignedIn';
}
/** The person does not hold the role that this needs. */
export class NotPermitted extends Refusing<'NotPermitted'> {
  override readonly name = 'NotPermitted';
}
/** A mail was refused for what it is: it has not left, and trying it again is useless. */
export class MailRefused extends Refusing<'MailRefused'> {
  override readonly name = 'MailRefused';
}
/** The task behind a token is gone: answered, timed out or stopped (TaskTimedOut, TaskDoesNotExist, InvalidToken). */
export class WaitClosed extends Refusing<'WaitClosed'> {
  override readonly name = 'WaitClosed';
  constructor(cause: unknown) {
    super({ code: 'wait-closed', params: {} }, { cause });
  }
}
/** A service did not answer, or answered that it is busy. */
export class ServiceUnavailable extends Refusing<'ServiceUnavailable'> {
  override readonly name = 'ServiceUnavailable';
}
/** The command that runs a script could not be handed over; nothing ran. */
export class ScriptNotStarted extends Refusing<'ScriptNotStarted'> {
  override readonly name = 'ScriptNotStarted';
}

/** Names that only ASL raises (`Fail` states). */
export const terminalErrors = [
  'Release.Refused',
  'Release.RolledBack',
  'Release.Abandoned',
  'Release.RollbackFailed',
  'Release.UndoFailed',
  'Escalation.Unanswered',
] as const;

export const errorNames = [
  'InvalidInput',
  'NotFound',
  'ReleaseNotFound',
  'ReleaseExists',
  'ProductBusy',
  'VersionMarkedBad',
  'LaunchDayPast',
  'LaunchDayImpossible',
  'LedgerConflict',
  'NotAllowedNow',
  'KeyInUse',
  'KeyReused',
  'NotSignedIn',
  'NotPermitted',
  'MailRefused',
  'WaitClosed',
  'ServiceUnavailable',
  'ScriptNotStarted',
] as const;
