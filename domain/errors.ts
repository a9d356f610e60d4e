/**
 * The catalogue of our errors. A name is wire format: Step Functions matches it in `ErrorEquals`, HTTP turns it into a
 * status, people find it in `docs/errors.md`. Names are literals, so no bundler can change them.
 */

/** Everything we throw on purpose: says what is wrong, with which value, what is allowed and what to do. */
export abstract class JalonError extends Error {
  abstract override readonly name: string;
}

/** Input that breaks its contract; nothing was written. */
export class InvalidInput extends JalonError {
  override readonly name = 'InvalidInput';
}
/** Names a phase, an item, a measure or an incident that is not there. */
export class NotFound extends JalonError {
  override readonly name = 'NotFound';
}
export class ReleaseNotFound extends JalonError {
  override readonly name = 'ReleaseNotFound';
  constructor(releaseId: string) {
    super(`there is no release "${releaseId}": check the id, or start it`);
  }
}
/** The id is taken by a release with other input, or by another execution. */
export class ReleaseExists extends JalonError {
  override readonly name = 'ReleaseExists';
  constructor(releaseId: string, difference: string) {
    super(`release "${releaseId}" exists already and ${difference}: choose another release id`);
  }
}
/** Another release of the same product is under way. */
export class ProductBusy extends JalonError {
  override readonly name = 'ProductBusy';
  constructor(product: string, releaseId: string) {
    super(
      `product "${product}" is being released by "${releaseId}": one release of a product runs at a time; wait for it or abort it`,
    );
  }
}
/** The version was found to be bad, in this release or another. */
export class VersionCondemned extends JalonError {
  override readonly name = 'VersionCondemned';
  constructor(found: { readonly version: string; readonly releaseId: string; readonly reason: string }) {
    super(
      `version "${found.version}" was found to be bad in "${found.releaseId}" (${found.reason}): release another version`,
    );
  }
}
export class LaunchDayPast extends JalonError {
  override readonly name = 'LaunchDayPast';
  constructor(launchDay: string, today: string) {
    super(`launch day ${launchDay} is in the past (today is ${today}): give a day from today on`);
  }
}
/** Somebody else wrote first; reading again and deciding again is right. */
export class LedgerConflict extends JalonError {
  override readonly name = 'LedgerConflict';
  constructor(releaseId: string, seq: number) {
    super(`release "${releaseId}" has moved on since sequence number ${seq}: read it again and decide again`);
  }
}
/** What is asked is not possible in the state the release is in. */
export class NotAllowedNow extends JalonError {
  override readonly name = 'NotAllowedNow';
}
/** The same command, under the same idempotency key, is being carried out. */
export class KeyInUse extends JalonError {
  override readonly name = 'KeyInUse';
}
/** The idempotency key was used for another request. */
export class KeyReused extends JalonError {
  override readonly name = 'KeyReused';
}
/** The request does not say who asks, or no longer: there is no token, or it has expired. */
export class NotSignedIn extends JalonError {
  override readonly name = 'NotSignedIn';
}
/** The person does not hold the role that this needs. */
export class NotPermitted extends JalonError {
  override readonly name = 'NotPermitted';
}
/** A mail was refused for what it is: it has not left, and trying it again is useless. */
export class MailRefused extends JalonError {
  override readonly name = 'MailRefused';
}
/** The task behind a token is gone: answered, timed out or stopped (TaskTimedOut, TaskDoesNotExist, InvalidToken). */
export class WaitClosed extends JalonError {
  override readonly name = 'WaitClosed';
  constructor(cause: unknown) {
    super('the workflow no longer waits for this answer', { cause });
  }
}
/** A service did not answer, or answered that it is busy. */
export class ServiceUnavailable extends JalonError {
  override readonly name = 'ServiceUnavailable';
}
/** The command that runs a script could not be handed over; nothing ran. */
export class ScriptNotStarted extends JalonError {
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
  'VersionCondemned',
  'LaunchDayPast',
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
