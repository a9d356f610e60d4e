/**
 * A release that waits for everything at once, with every port that there is: no order of events leads here, so that one
 * call of a handler finds all that it may ever find.
 */

import type { Ports } from '#application/ports/ports.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { markerOf, runNameOf } from '#domain/plan/scripts.ts';
import { quoted } from '#domain/quoted.ts';
import { type WaitKind, waitIdOf, waitKinds } from '#domain/rules/wait.ts';
import { commandOf } from '#functions/contracts/webhook.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { templatesFor } from '#mails/library.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { MemoryBakeStore } from '#rehearsal/world/bake-store.ts';
import { SimulatedSchedules } from '#rehearsal/world/cloud.ts';
import { MemoryFeedbackStore, SimulatedLinks } from '#rehearsal/world/feedback.ts';
import { MemoryCampaignStore } from '#rehearsal/world/mail.ts';
import { MemoryReleaseStore } from '#rehearsal/world/release-store.ts';
import { MemoryScriptReports } from '#rehearsal/world/script-reports.ts';
import { MemoryUploads } from '#rehearsal/world/uploads.ts';
import { Population } from '#rehearsal/world/users.ts';
import { MemoryVersions } from '#rehearsal/world/versions.ts';
import { MemoryWaitStore } from '#rehearsal/world/wait-store.ts';
import { wording } from '#rehearsal/world/wording.ts';
import { record } from '#test/support/hashed.ts';
import { admitted, check, gate, observation } from './builders.ts';
import { checklist, item, message, phase, report, smallPlan } from './plans.ts';

export const crowded = { releaseId: 'r1', phase: 'build', attempt: 1 } as const;
const { attempt, phase: id } = crowded;
const marker = markerOf(crowded.releaseId, id, attempt, runNameOf('deploy'));
/** A run of `deploy` (its command as a pipeline's, which alone must look like something), and an incident. */
export const known = { command: commandOf(marker), incident: 'build.1.gate' } as const;
const startMs = Date.parse('2025-03-03T08:00:00Z');

const plan = smallPlan({
  roles: { operator: { name: 'Operator', holder: 'Ada', contact: 'ada@example.org', duties: [] } },
  scripts: { deploy: { path: 'deploy.ps1', arguments: {}, timeoutMinutes: 30 } },
  checks: {
    errors: check(),
    cohorts: check({ metric: 'split', compare: 'control' }),
    content: check({ source: { kind: 'jalon', query: 'satisfaction' } }),
  },

  measures: {
    satisfaction: { roles: ['operator'], value: { min: 0, max: 100 }, samples: { min: 0, max: 1000 } },
  },
  components: { ocr: { name: 'OCR', features: [] } },
  phases: [
    phase(id, {
      exposure: 10,
      observation: observation({ checks: ['errors', 'cohorts'] }),
      checklists: [checklist(item('by-hand'), item('by-check', { check: 'errors' }))],
      scripts: [{ script: 'deploy', when: 'always', onFail: 'correct' }],
      gate: gate({
        criteria: [{ id: 'c', text: 'few errors', check: 'errors', onFail: 'hold' }],
        approvals: { roles: ['operator'], peopleMin: 1, fourEyes: false },
        timeoutHours: 1,
      }),
    }),
  ],
  freezes: [{ id: 'spring', name: 'Spring', when: { from: '2025-05-01T00:00', to: '2025-05-04T00:00' } }],
  candidate: { replaceableIn: [id] },
  reports: [
    report('status', { cadence: 'weekly', phases: [id] }),
    report('live', { cadence: 'real-time', phases: [id] }),
  ],
  feedback: {
    questions: [
      {
        id: 'q',
        text: { fr: 'Bien ?', en: 'Well?' },
        kind: 'yes-no',
        measure: 'usage',
        after: ['due'],
      },
    ],
  },
  messages: [
    message('due', { date: { day: -5, time: '10:00' }, audience: { exposed: 100 } }),
    message('held', { date: { day: -5, time: '10:00' }, guard: { exposureMin: 100 }, lateDaysMax: 60 }),
    message('later', { date: { day: 7, time: '10:00' } }),
    message('caused', { audience: { told: true } }),
  ],
});

const facts: readonly Fact[] = [
  admitted,
  { type: 'phase.opened', phase: id, attempt },
  { type: 'gate.opened', phase: id, attempt },
  { type: 'script.started', phase: id, attempt, script: 'deploy', command: known.command, installs: true },
  {
    type: 'incident.opened',
    phase: id,
    attempt,
    incident: known.incident,
    severity: 'user',
    title: { code: 'reported', params: { words: quoted('the gate is late') } },
  },
];

/** What it is called with besides: a fact that has happened, a port that answers otherwise. */
export interface Changes {
  readonly facts?: readonly Fact[];
  readonly ports?: Partial<Ports>;
  /** Days since the phase has begun; it lasts five. */
  readonly day?: number;
}

export async function crowdedRelease({ facts: more = [], ports = {}, day = 6 }: Changes = {}) {
  const clock = new VirtualClock(startMs);
  const releases = new MemoryReleaseStore();
  const { next, entries } = record(crowded.releaseId, [...facts, ...more], {
    at: new Date(startMs).toISOString(),
    actor: 'user:ada',
  });
  await releases.commit(undefined, next, entries);
  const waits = new MemoryWaitStore();
  for (const kind of waitKinds) {
    await waits.arm({
      releaseId: crowded.releaseId,
      phase: id,
      attempt,
      kind,
      waitId: waitIdOf(id, attempt, kind, nameOf[kind]),
      token: `token of ${kind}`,
      armedAt: new Date(startMs).toISOString(),
      reference: kind === 'script' ? known.command : known.incident,
    });
  }
  const describe = async () => ({
    marker,
    status: 'succeeded' as const,
    exitCode: 0,
    summary: '',
  });
  await clock.runFor(day * 86_400_000);
  const population = new Population(plan.product, 20);
  return {
    plan,
    clock,
    log: { write: () => {} },
    sha256,
    sayRefusal,
    releases,
    waits,
    versions: new MemoryVersions(),
    tasks: { succeed: async () => {}, heartbeat: async () => {} },
    machine: { start: async () => ({ executionArn: 'arn', taken: false }), stop: async () => {} },
    executions: { status: async () => 'running' },
    escalations: { start: async () => ({ executionArn: 'arn', taken: false }) },
    schedules: new SimulatedSchedules(clock, () => {}),
    scripts: { start: async () => ({ command: known.command }), describe },
    runs: { describe },
    scriptReports: new MemoryScriptReports(),
    signatures: { verify: async () => true },
    metrics: { read: async () => ({ errors: { kind: 'blocks', blocks: [] } }) },
    bakes: new MemoryBakeStore(),
    exposure: { set: async () => {}, withdraw: async () => true, switch: async () => {} },
    audience: population,
    audienceImports: population,
    audienceRemoval: population,
    preferences: population,
    uploads: new MemoryUploads(),
    campaigns: new MemoryCampaignStore(),
    mailQueue: { enqueue: async () => {} },
    mailer: { send: async () => ({ messageId: '1' }) },
    quota: { read: async () => ({ mailsPerSecond: 14, mailsLeft: 50_000 }) },
    templates: templatesFor(plan),
    ...wording,
    links: new SimulatedLinks('key'),
    feedback: new MemoryFeedbackStore(),
    notifier: { notify: async () => ({ told: ['operator'] }) },
    deadLetters: { take: async () => ({ letters: [], unreadable: [] }) },
    ...ports,
  } as unknown as Ports;
}

const nameOf: Partial<Readonly<Record<WaitKind, string>>> = { script: 'deploy' };
