/** Input that breaks its contract, or names in it what the plan does not have. */
import type { Order } from '../ledger/facts.ts';
import type { RollbackLevelName } from '../plan/plan.ts';
import type { ContractsBroken } from './contract.ts';
import type { HttpRefusals } from './http.ts';

export interface InvalidInputs
  extends ContractsBroken,
    BodiesRefused,
    PlanMisnamed,
    FilesRefused,
    RunsRefused,
    Pick<HttpRefusals, 'body-too-long'> {
  'key-malformed': Record<string, never>;
}

interface BodiesRefused {
  'body-not-utf8': Record<string, never>;
  'body-not-json': Record<string, never>;
  'body-not-object': { readonly is: 'list' | 'null' | 'string' | 'number' | 'boolean' };
  'body-too-deep': { readonly levelsMax: number };
  'body-member-twice': Record<string, never>;
}

/** What the plan does not have, or has otherwise. */
interface PlanMisnamed {
  'level-not-for-order': { readonly order: Order };
  'rollback-without-level': { readonly levels: readonly RollbackLevelName[] };
  'level-without-component': { readonly level: RollbackLevelName; readonly known: readonly string[] };
  'no-such-component': { readonly component: string; readonly known: readonly string[] };
  'no-such-script': { readonly script: string; readonly known: readonly string[] };
  'no-such-escalation-level': { readonly level: number };
  /** From a state of the machine: it should not exist. */
  'observation-not-planned': { readonly phase: string };
  'measure-out-of-bounds': {
    readonly measure: string;
    readonly number: 'value' | 'samples';
    readonly given: number;
    readonly min: number;
    readonly max: number;
  };
  'false-alarm-without-comment': Record<string, never>;
  'criterion-of-approval': { readonly criterion: string; readonly role: string };
  /** Of a served rehearsal. */
  'no-such-role': { readonly role: string; readonly known: readonly string[] };
  'trouble-not-in-plan': {
    readonly member: 'check' | 'script' | 'phase' | 'gate' | 'untilHeld';
    readonly value: string;
    readonly known: readonly string[];
  };
  'speed-malformed': { readonly speed: string };
  'length-malformed': { readonly length: string; readonly daysMax: number };
}

/** Files of users. */
interface FilesRefused {
  /** `name`: as it may be shown, quotes included. */
  'file-of-no-format': { readonly name: string };
  'file-changed': Record<string, never>;
  'upload-replaced': Record<string, never>;
  'upload-gone': { readonly upload: string };
}

/** Runs of scripts that their runner cannot take. */
interface RunsRefused {
  'marker-too-long': { readonly marker: string; readonly charactersMax: number };
  'argument-lost': {
    readonly argument: string;
    readonly value: string;
    readonly script: string;
    readonly choosing: readonly string[];
  };
  'revision-part-malformed': { readonly part: string };
}
