/** Refuses with a sentence that names the value, what is allowed and what to do. */
import { phaseOf } from '#domain/checklist.ts';
import { NotAllowedNow, NotPermitted } from '#domain/errors.ts';
import type { Ports } from '#domain/ports.ts';
import type { Release } from '#domain/release.ts';
import type { Wait, WaitKind } from '#domain/wait.ts';
import type { Actor } from '../contracts/actor.ts';

/** Throws NotPermitted unless the person holds the role. */
export function requireRole(actor: Actor, role: string, toDo: string): void {
  if (actor.roles.includes(role)) return;
  const held = actor.roles.join(', ') || 'none';
  throw new NotPermitted(
    `${actor.userId} may not ${toDo}: it takes the role "${role}", and theirs are: ${held}`,
  );
}

/** Throws NotPermitted unless the person holds one of the roles. */
export function requireOneOf(actor: Actor, roles: readonly string[], toDo: string): void {
  if (roles.some((role) => actor.roles.includes(role))) return;
  throw new NotPermitted(
    `${actor.userId} may not ${toDo}: it takes one of the roles ${roles.join(', ')}, and theirs are: ${actor.roles.join(', ') || 'none'}`,
  );
}

/** Who may steer the release as a whole: the roles that approve the launch phase. Throws NotPermitted. */
export function requireConductor({ plan }: Pick<Ports, 'plan'>, actor: Actor, toDo: string): void {
  const launch = phaseOf(plan, plan.launch.phase);
  requireOneOf(actor, launch.gate.approvals.roles, toDo);
}

/** Roles that answer what users ask about their data, where a plan has them. */
const dataProtectors: readonly string[] = ['support', 'security'];

/** Who may take a person's data away: those roles, and the ones that steer the release. Throws NotPermitted. */
export function requireDataProtector({ plan }: Pick<Ports, 'plan'>, actor: Actor, toDo: string): void {
  const theirs = dataProtectors.filter((role) => Object.hasOwn(plan.roles, role));
  const conductors = phaseOf(plan, plan.launch.phase).gate.approvals.roles;
  requireOneOf(actor, [...new Set([...theirs, ...conductors])], toDo);
}

/** Throws NotAllowedNow when the release has ended. */
export function requireActive(release: Release): void {
  if (release.status === 'active') return;
  throw new NotAllowedNow(`release "${release.id}" is ${release.status}: nothing can be changed any more`);
}

/** The wait of a kind that is open, in a phase if one is named. Throws NotAllowedNow when there is none. */
export async function requireWait<K extends WaitKind>(
  { waits }: Pick<Ports, 'waits'>,
  releaseId: string,
  kind: K,
  phase?: string,
): Promise<Wait & { readonly kind: K }> {
  const open = await waits.open(releaseId);
  const wait = open.find((one) => one.kind === kind && (phase === undefined || one.phase === phase));
  if (wait) return { ...wait, kind };
  const now = open.map((one) => `${one.kind} of ${one.phase}`).join(', ') || 'nothing';
  throw new NotAllowedNow(
    `release "${releaseId}" does not wait for a ${kind}${phase === undefined ? '' : ` of ${phase}`} now: it waits for ${now}`,
  );
}
