/** Why a plan file cannot be used, apart from any language. Paths are as the caller wrote them. */
import type { Coded } from '../coded.ts';
import type { Finding } from './finding.ts';

export interface PlanRefusals {
  readonly 'not-a-file': { readonly path: string };
  readonly 'too-many-bytes': { readonly path: string; readonly bytes: number; readonly bytesMax: number };
  /** `cause`: the system's name of it, for example `ENOENT`. */
  readonly 'cannot-be-read': { readonly path: string; readonly cause: string };
  /** The file can be read, and what it says cannot be used. */
  readonly 'plan-with-errors': { readonly path: string; readonly errors: readonly Finding[] };
}
export type PlanRefusal = Coded<PlanRefusals>;
