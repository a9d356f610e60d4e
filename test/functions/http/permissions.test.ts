/**
 * Every operation, every role of Technicia's plan, and who has none: allowed or refused. Who may is written down here a second
 * time, by hand, from the plan's pages; the code has it from one table (`functions/runtime/operations.ts`).
 */

import { beforeAll, describe, expect, it } from 'vitest';
import { itemsOf } from '#domain/plan/checklist.ts';
import type { OperationName } from '#domain/refusals/operation-names.ts';
import { dayMs } from '#domain/time.ts';
import { operations } from '#functions/runtime/operations.ts';
import type { World } from '#rehearsal/world/world.ts';
import { ask, claimsOf } from '#test/support/http.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { quietWorld, release } from '#test/support/world.ts';

const [lead, technical, devops, qa, support, security, management] = [
  'project-lead',
  'technical-lead',
  'devops',
  'qa',
  'support',
  'security',
  'management',
] as const;
const everyRole: readonly string[] = [lead, technical, devops, qa, support, security, management];
/** Who signs at the end of each phase (sections 2.3 to 7 of the plan). */
const gates: Readonly<Record<string, readonly string[]>> = {
  preparation: [lead, technical, security],
  staging: [technical, qa],
  'user-tests': [lead, technical, qa],
  corrections: [lead, technical, devops, qa, support, security],
  'production-10': [lead, technical],
  'production-50': [lead, technical],
  'production-100': [lead, technical],
  stabilisation: [lead, technical, support],
};
const steering = gates['production-10'] ?? [];
const signedIn = [...everyRole, 'nothing'];

/** One request per thing that may be named, and the roles that may send it. */
interface Case {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly may: readonly string[];
}
const plan = readPlanForTest('technicia');
const atGates = (body: unknown): readonly Case[] =>
  Object.entries(gates).map(([phase, may]) => ({ parameters: { phase }, body, may }));
const alsoSteering = (some: readonly Case[]): readonly Case[] =>
  some.map((one) => ({ ...one, may: [...one.may, ...steering] }));
/** As which role is a part of the body: the role that asks. */
const atGate = ['approve-gate', 'reject-gate'] as const;

const cases: Readonly<Record<OperationName, readonly Case[]>> = {
  'list-releases': [{ may: signedIn }],
  'read-release': [{ may: signedIn }],
  'read-timeline': [{ may: signedIn }],
  'read-openapi': [{ may: signedIn }],
  'list-phases': [{ may: signedIn }],
  'read-phase': [{ parameters: { phase: 'production-10' }, may: signedIn }],
  'list-gates': [{ may: signedIn }],
  'list-messages': [{ may: signedIn }],
  'list-incidents': [{ may: signedIn }],
  'list-risks': [{ may: signedIn }],
  'list-tasks': [{ may: signedIn }],
  'list-freezes': [{ may: signedIn }],
  'read-gate': [{ parameters: { phase: 'staging' }, may: signedIn }],
  'read-scorecard': [{ may: signedIn }],
  'read-forecast': [{ may: signedIn }],
  'read-looks': [{ parameters: { phase: 'production-10' }, may: signedIn }],
  'check-access': [{ parameters: { userId: 'u-1' }, may: signedIn }],
  'start-release': [{ body: { ...release, startedBy: undefined }, may: steering }],
  'pause-release': [{ body: { reason: '' }, may: steering }],
  'unpause-release': [{ body: { reason: '' }, may: steering }],
  'move-launch-day': [{ body: { launchDay: '2025-05-19', reason: '' }, may: steering }],
  'abort-release': [{ body: { reason: '' }, may: steering }],
  'withdraw-access': [{ body: { reason: '' }, may: steering }],
  'record-measure': [
    { parameters: { measure: 'bugs.critical' }, body: { value: 0, samples: 1 }, may: [qa, technical] },
    { parameters: { measure: 'backup.restore' }, body: { value: 1, samples: 1 }, may: [devops, technical] },
  ],
  'acknowledge-incident': [{ parameters: { incident: 'no-such' }, body: {}, may: everyRole }],
  'resolve-incident': [{ parameters: { incident: 'no-such' }, body: {}, may: everyRole }],
  'reopen-incident': [{ parameters: { incident: 'no-such' }, body: {}, may: everyRole }],
  'tick-item': plan.phases.flatMap((phase) =>
    itemsOf(phase).map(({ id, owner }) => ({
      parameters: { phase: phase.id, item: id },
      body: { evidence: '' },
      may: [owner],
    })),
  ),
  'untick-item': plan.phases.flatMap((phase) =>
    itemsOf(phase).map(({ id, owner }) => ({
      parameters: { phase: phase.id, item: id },
      body: { reason: 'x' },
      may: [owner, ...(gates[phase.id] ?? [])],
    })),
  ),
  'waive-item': plan.phases.flatMap((phase) =>
    itemsOf(phase).map(({ id }) => ({
      parameters: { phase: phase.id, item: id },
      body: { reason: 'x' },
      may: gates[phase.id] ?? [],
    })),
  ),
  'override-criterion': Object.entries(gates).map(([phase, may]) => ({
    parameters: { phase, criterion: '3.4.1' },
    body: { comment: 'x' },
    may,
  })),
  'override-incident': Object.entries(gates).map(([phase, may]) => ({
    parameters: { phase, incident: 'no-such' },
    body: { comment: 'x' },
    may,
  })),
  'order-phase': alsoSteering(atGates({ order: 'promote', reason: 'x' })),
  'replace-candidate': [{ body: { version: '1.0.1', reason: 'x' }, may: steering }],
  'mark-version-bad': [{ body: { reason: 'x' }, may: steering }],
  'override-freeze': [{ parameters: { freeze: 'no-such' }, body: { reason: 'x' }, may: steering }],
  'close-task': [{ parameters: { task: 'no-such' }, body: { note: 'x' }, may: everyRole }],
  'open-incident': [{ body: { severity: 'user', title: 'x' }, may: everyRole }],
  'approve-gate': atGates({ comment: '' }),
  'reject-gate': atGates({ comment: '' }),
  'report-correction': atGates({ comment: '' }),
  'resume-phase': atGates({ resolution: 'gate', comment: '' }),
  'decide-phase': atGates({ decision: 'retry', comment: '' }),
  'agree-rollback': alsoSteering(atGates({ comment: '' })),
  'decline-rollback': alsoSteering(atGates({ comment: '' })),
  'erase-person': [{ body: { userId: 'nobody' }, may: [lead, technical, support, security] }],
};

let world: World;
beforeAll(async () => {
  world = quietWorld();
  await world.start(release);
  await world.clock.runFor(dayMs);
});

async function statusOf(
  name: OperationName,
  { parameters, body }: Case,
  claims: Record<string, unknown> | undefined,
  role = '',
) {
  const { method, path } = operations[name];
  const named: Readonly<Record<string, string>> = { releaseId: release.releaseId, ...parameters };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => named[parameter] ?? parameter);
  const sent = atGate.some((one) => one === name) ? { ...(body as object), role } : body;
  const { status, headers } = await ask(world, method, filled, { claims, body: sent });
  if (status === 401) expect(headers['www-authenticate']).toBe('Bearer');
  return status;
}
const refused = (status: number) => status === 401 || status === 403;

describe.each(Object.entries(cases) as [OperationName, readonly Case[]][])('%s', (name, all) => {
  it.each(signedIn)('is for the roles of its row and no other: %s', async (role) => {
    for (const one of all) {
      const status = await statusOf(name, one, claimsOf(`${role}-1`, role), role);
      const expected = one.may.includes(role);
      expect([one.parameters, status === 403 ? 403 : !refused(status)]).toEqual([
        one.parameters,
        expected ? true : 403,
      ]);
      expect(status, JSON.stringify(one)).toBeLessThan(500);
    }
  });

  it('nobody: without a token, without a name, and with one that expired a minute ago', async () => {
    const [one] = all;
    const full = claimsOf('ada', ...everyRole);
    const nowSeconds = Math.floor(world.clock.nowMs() / 1000);
    for (const claims of [undefined, {}, { ...full, exp: String(nowSeconds - 61) }])
      expect(await statusOf(name, one as Case, claims, qa)).toBe(401);
    const inTime = { ...full, exp: String(nowSeconds - 30) };
    expect(refused(await statusOf(name, one as Case, inTime, one?.may[0]))).toBe(false);
  });
});

describe.each(atGate)('%s', (name) => {
  it('takes a role that the person does not hold from nobody, nor one that the gate does not ask', async () => {
    const [, staging] = cases[name];
    expect(await statusOf(name, staging as Case, claimsOf('qa-1', qa), technical)).toBe(403);
    expect(await statusOf(name, staging as Case, claimsOf('lead', lead, qa), lead)).toBe(403);
    expect(refused(await statusOf(name, staging as Case, claimsOf('lead', lead, qa), qa))).toBe(false);
  });
});
