/** What must hold before a command acts: who gives it, and how the release stands. */

import type * as z from 'zod';
import type { Power, With } from '#application/port-groups.ts';
import { NotAllowedNow, NotFound, NotPermitted } from '#domain/errors.ts';
import type { IncidentRecord, PhaseRecord, Release } from '#domain/ledger/records.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import type { OperationName } from '#domain/refusals/operation-names.ts';
import type { Wait, WaitKind } from '#domain/rules/wait.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Definition } from './definition.ts';
import { type Operation, operations } from './operations.ts';
import type { PermissionInput } from './rules.ts';

/** What somebody asks for, and so a definition with a row in the table of operations. */
export interface Permitted<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  P extends Power = Power,
  N extends OperationName = OperationName,
> extends Definition<I, O, P> {
  readonly name: N;
}

/** A definition that runs only for those whom the table lets, however it is called. */
export function permitted<
  const N extends OperationName,
  I extends z.ZodType<PermissionInput & { actor: Actor }>,
  O extends z.ZodType,
  P extends Power,
>(definition: Permitted<I, O, P, N>): Permitted<I, O, P, N> {
  const { name, run } = definition;
  return {
    ...definition,
    run: async (input, ports) => {
      permit(name, ports.plan, input);
      return run(input, ports);
    },
  };
}

/** Throws NotPermitted unless the person holds one of the roles that it takes. */
function permit(name: OperationName, plan: Plan, asked: PermissionInput & { readonly actor: Actor }): void {
  const { who }: Operation = operations[name];
  const roles = who.roles?.(plan, asked);
  const { userId, roles: held } = asked.actor;
  if (roles === undefined || roles.some((role) => held.includes(role))) return;
  throw new NotPermitted({
    code: 'role-missing',
    params: { person: userId, operation: name, roles, held },
  });
}

/** Throws NotAllowedNow when the release has ended. */
export function requireActive(release: Release): void {
  const { id, status } = release;
  if (status !== 'active')
    throw new NotAllowedNow({ code: 'release-ended', params: { release: id, status } });
}

/** The phase, open or held, of a release that is under way. Throws NotAllowedNow. */
export function requireOpenPhase(release: Release, phase: string): PhaseRecord {
  requireActive(release);
  const record = release.phases[phase];
  if (!record || record.status === 'closed')
    throw new NotAllowedNow({ code: 'phase-not-open', params: { phase } });
  return record;
}

/** Throws NotFound. */
export function incidentOf({ id, incidents }: Release, incident: string): IncidentRecord {
  const record = Object.hasOwn(incidents, incident) ? incidents[incident] : undefined;
  if (record) return record;
  throw new NotFound({ code: 'no-such-incident', params: { release: id, incident } });
}

/** The wait of a kind that is open, in a phase if one is named. Throws NotAllowedNow when there is none. */
export async function requireWait<K extends WaitKind>(
  { waits }: With<'waits'>,
  releaseId: string,
  kind: K,
  phase?: string,
): Promise<Wait & { readonly kind: K }> {
  const open = await waits.open(releaseId);
  const wait = open.find((one) => one.kind === kind && (phase === undefined || one.phase === phase));
  if (wait) return { ...wait, kind };
  throw new NotAllowedNow({
    code: 'not-waited-for',
    params: {
      release: releaseId,
      kind,
      ...present({ phase }),
      open: open.map((one) => ({ kind: one.kind, phase: one.phase })),
    },
  });
}
