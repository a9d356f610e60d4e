/** Why whoever asks is not heard: who they are, what they may, under which key. */
import type { OperationName } from './operation-names.ts';

export interface NotSignedIns {
  'token-without-user': Record<string, never>;
  'token-expired': Record<string, never>;
}
export interface NotPermitteds {
  /** `roles`: one of these is enough; `held`: those of the person. */
  'role-missing': {
    readonly person: string;
    readonly operation: OperationName;
    readonly roles: readonly string[];
    readonly held: readonly string[];
  };
  'role-not-of-gate': { readonly phase: string; readonly role: string; readonly asked: readonly string[] };
}
export interface KeysInUse {
  'key-in-use': Record<string, never>;
}
export interface KeysReused {
  'key-reused': Record<string, never>;
}
