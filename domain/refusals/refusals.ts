/**
 * Everything that is refused, as a code with parameters: said where it is shown, in the reader's language
 * (`presentation/messages/refusals/`). Each says what is wrong, with which value, what is allowed and what to do; its codes are
 * wire format, listed in `docs/reference/refusals.md`.
 */
import type { Coded } from '../coded.ts';
import type { KeysInUse, KeysReused, NotPermitteds, NotSignedIns } from './access.ts';
import type { HttpRefusals } from './http.ts';
import type { InvalidInputs } from './invalid-input.ts';
import type { NotAllowed } from './not-allowed-now.ts';
import type { NotFounds } from './not-found.ts';
import type {
  LaunchImpossible,
  LaunchPast,
  LedgerMoved,
  ProductTaken,
  ReleaseMissing,
  ReleaseTaken,
  VersionBad,
} from './release.ts';
import type { MailsRefused, ScriptsNotStarted, ServicesUnavailable, WaitsClosed } from './services.ts';

/** By the name of the error that carries them, which is the `type` of a problem over HTTP. */
export interface RefusalsOf {
  InvalidInput: InvalidInputs;
  NotFound: NotFounds;
  ReleaseNotFound: ReleaseMissing;
  ReleaseExists: ReleaseTaken;
  ProductBusy: ProductTaken;
  VersionMarkedBad: VersionBad;
  LaunchDayPast: LaunchPast;
  LaunchDayImpossible: LaunchImpossible;
  LedgerConflict: LedgerMoved;
  NotAllowedNow: NotAllowed;
  KeyInUse: KeysInUse;
  KeyReused: KeysReused;
  NotSignedIn: NotSignedIns;
  NotPermitted: NotPermitteds;
  MailRefused: MailsRefused;
  WaitClosed: WaitsClosed;
  ServiceUnavailable: ServicesUnavailable;
  ScriptNotStarted: ScriptsNotStarted;
  'about:blank': HttpRefusals;
}

export interface Refusals
  extends InvalidInputs,
    NotFounds,
    ReleaseMissing,
    ReleaseTaken,
    ProductTaken,
    VersionBad,
    LaunchPast,
    LaunchImpossible,
    LedgerMoved,
    NotAllowed,
    KeysInUse,
    KeysReused,
    NotSignedIns,
    NotPermitteds,
    MailsRefused,
    WaitsClosed,
    ServicesUnavailable,
    ScriptsNotStarted,
    HttpRefusals {}
export type Refusal = Coded<Refusals>;

/** What an error of this name may carry. */
export type RefusalOf<N extends keyof RefusalsOf> = Extract<Refusal, { readonly code: keyof RefusalsOf[N] }>;
