/**
 * A release that many people act on at once: its rows on DynamoDB Local, written directly, with the API's own functions in
 * front of them. What is not a store is simulated; Step Functions is as far as it takes one answer for each token.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Ports } from '#application/ports/ports.ts';
import { WaitClosed } from '#domain/errors.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { type Wait, type WaitKind, waitIdOf } from '#domain/rules/wait.ts';
import { DynamoAnswers } from '#functions/adapters/dynamodb/answers.ts';
import { DynamoReleaseStore } from '#functions/adapters/dynamodb/releases.ts';
import type { DynamoTable } from '#functions/adapters/dynamodb/table.ts';
import { DynamoWaitStore } from '#functions/adapters/dynamodb/waits.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { Chance } from '#rehearsal/world/chance.ts';
import { calm } from '#rehearsal/world/chaos.ts';
import { SimulatedSchedules } from '#rehearsal/world/cloud.ts';
import { Delivery } from '#rehearsal/world/delivery.ts';
import { everyFact } from '#test/adapters/every-fact.ts';
import { at, gate } from '#test/support/builders.ts';
import { record } from '#test/support/hashed.ts';
import { type Answer, type Asked, ask, claimsOf } from '#test/support/http.ts';
import { checklist, item, phase, smallPlan } from '#test/support/plans.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of all races together. */
    readonly raceRounds: number;
  }
}

export const inPhase = { phase: 'build', attempt: 1 } as const;
const entriesMax = 1_000;

/** How a release stands before it is contested. */
export interface Scene {
  /** The one thing that it waits for. */
  readonly waitsFor: WaitKind;
  /** After its admission. */
  readonly facts: readonly Fact[];
  /** Of the phase's gate. */
  readonly peopleMin?: number;
  /** Ids of what the role `operator` ticks. */
  readonly items?: readonly string[];
}

/** Who asks for what. */
export interface Request extends Pick<Asked, 'body'> {
  readonly person: string;
  /** Below the release. */
  readonly path: string;
  /** Under an idempotency key, the same for all that its person sends. */
  readonly keyed?: boolean;
}

/** What there is when everybody has been answered, as it is stored. */
export interface Outcome {
  readonly answers: readonly (Answer & { readonly request: Request })[];
  readonly release: Release;
  readonly entries: readonly LedgerEntry[];
  readonly wait: Wait | undefined;
  /** Every call with the token, and those that the workflow took. */
  readonly sent: readonly unknown[];
  readonly taken: readonly unknown[];
  /** The execution was stopped so many times. */
  readonly stops: number;
}

const roles = {
  lead: { name: 'Lead', holder: 'Ada', contact: 'ada@example.org', duties: [] },
  operator: { name: 'Operator', holder: 'Sam', contact: 'sam@example.org', duties: [] },
};

const planOf = ({ peopleMin = 1, items = [] }: Scene): Plan =>
  smallPlan({
    roles,
    phases: [
      phase(inPhase.phase, {
        checklists: [checklist(...items.map((id) => item(id)))],
        gate: gate({ approvals: { roles: ['lead'], peopleMin, fourEyes: false } }),
      }),
    ],
  });

interface Tables {
  readonly releases: DynamoTable;
  readonly waits: DynamoTable;
}

/**
 * Sends all requests at once to a release of its own, each up to so many milliseconds late, and answers what came of it.
 */
export async function contest(
  tables: Tables,
  releaseId: string,
  scene: Scene,
  requests: readonly Request[],
  lateMsMax: number,
): Promise<Outcome> {
  const clock = new VirtualClock(Date.parse(at));
  const stores = storesOf(tables, clock);
  const { waitId } = await write(stores, releaseId, scene);
  const workflow = workflowOf();
  const ports = {
    plan: planOf(scene),
    clock,
    log: { write: () => {} },
    sha256,
    sayRefusal,
    ...stores,
    ...workflow.ports,
    schedules: new SimulatedSchedules(clock, () => {}),
    metrics: { read: async () => ({}) },
    notifier: { notify: async () => ({ told: [] }) },
  } as unknown as Ports;
  const chance = new Chance(releaseId);
  const delivery = new Delivery(clock, chance, calm, ports);
  const answers = await Promise.all(
    requests.map(async (request) => {
      const { person, path, body, keyed = false } = request;
      const claims = claimsOf(person, 'lead', 'operator');
      const headers = keyed ? { 'idempotency-key': releaseId } : {};
      const asked = { body, headers, claims };
      if (lateMsMax > 0) await sleep(chance.between(0, lateMsMax));
      return { ...(await ask({ delivery }, 'POST', `/releases/${releaseId}${path}`, asked)), request };
    }),
  );
  return {
    answers,
    ...workflow.seen,
    release: await stores.releases.load(releaseId),
    entries: await stores.releases.history(releaseId, 0, entriesMax),
    wait: await stores.waits.get(releaseId, waitId),
  };
}

const storesOf = (tables: Tables, clock: Clock) => ({
  releases: new DynamoReleaseStore(tables.releases),
  waits: new DynamoWaitStore({ ...tables.waits, clock }),
  answers: new DynamoAnswers(tables.releases),
});

/** The release as the scene says, of a product of its own: one release of a product runs at a time. */
async function write(
  { releases, waits }: ReturnType<typeof storesOf>,
  releaseId: string,
  { facts, waitsFor: kind }: Scene,
): Promise<Wait> {
  const admission = { ...everyFact['release.admitted'], product: releaseId };
  const { next, entries } = record(releaseId, [admission, ...facts], { at, actor: 'user:ada' });
  await releases.commit(undefined, next, entries);
  const waitId = waitIdOf(inPhase.phase, inPhase.attempt, kind);
  return waits.arm({ releaseId, waitId, kind, ...inPhase, token: releaseId, armedAt: at });
}

/** Takes one answer, and refuses every other as Step Functions does. */
function workflowOf() {
  const sent: unknown[] = [];
  const taken: unknown[] = [];
  const seen = { sent, taken, stops: 0 };
  const ports = {
    tasks: {
      succeed: async (_token: string, output: unknown) => {
        sent.push(output);
        if (taken.length > 0) throw new WaitClosed('TaskTimedOut');
        taken.push(output);
      },
    },
    machine: {
      stop: async () => {
        seen.stops += 1;
      },
    },
    escalations: { start: async () => ({ executionArn: 'arn', taken: false }) },
  };
  return { seen, ports };
}
