/**
 * No handler asks for a power that it never uses: on AWS it would be a permission. Each is called where it finds most to do
 * (`test/support/crowded-release.ts`), and the powers that it asked something of are compared with its `needs`. What is
 * missing from `needs` is a fault of types, and breaks rehearsals.
 */

import { describe, expect, it } from 'vitest';
import type { Ports } from '#application/ports/ports.ts';
import { quoted } from '#domain/quoted.ts';
import { callbacks, commands, events, handlers, importers, steps, workers } from '#functions/catalogue.ts';
import type { Definition } from '#functions/runtime/definition.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { isCommand, operationNames, operations } from '#functions/runtime/operations.ts';
import { MemoryReleaseStore } from '#rehearsal/world/release-store.ts';
import { MemoryUploads } from '#rehearsal/world/uploads.ts';
import { admitted } from '#test/support/builders.ts';
import { type Changes, crowded, crowdedRelease, known } from '#test/support/crowded-release.ts';
import { personOf } from '#test/support/hashed.ts';

const catalogue: Readonly<Record<string, Definition>> = {
  ...steps,
  ...events,
  ...workers,
  ...importers,
  ...callbacks,
  ...commands,
};
type Call = Changes & { readonly event: unknown };

/** Asked for and never used, with the reason why it must be asked for. */
const allowed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'pass-gate': {
    escalations: 'a gate that was opened this moment is never late, but is judged like any other',
    alerts: 'nobody is reminded of it either; the step itself says who is asked',
  },
  'reject-gate': { escalations: 'a gate that is rejected decides at once, but is judged like any other' },
  'resolve-incident': { escalations: 'what the release waits for is looked at as after every command' },
  'decline-rollback': { escalations: 'the wait is looked at as when somebody agrees' },
  'replace-candidate': {
    escalations: 'what the release waits for besides is looked at as after every command',
    notifier: 'the same',
    alerts: 'the same',
  },
};

const { releaseId, phase, attempt } = crowded;
const { incident, command } = known;
const actor = { userId: 'ada', roles: ['operator'] };
const step = { contract: 1, ...crowded };
const parking = { ...step, token: 'new token' };
const given = { actor, releaseId };
const inPhase = { ...given, phase };
const reason = { severity: 'critical', cause: { code: 'not-proven', params: { hours: 4 } } };
const undoing = { ...step, level: 'full', step: 'undo' };
const record = (body: unknown) => ({ Records: [{ messageId: 'm1', body: JSON.stringify(body) }] });
const grave = {
  type: 'incident.opened',
  phase,
  attempt,
  incident: 'build.1.grave',
  severity: 'critical',
  title: { code: 'alarm', params: { phase, alarm: 'a' } },
} as const;
const late = { type: 'phase.late', phase, attempt, open: 1 } as const;
const gateLate = {
  type: 'gate.late',
  phase,
  attempt,
  waitsFor: { code: 'second-person', params: {} },
} as const;
const full = { type: 'rollback.chosen', phase, attempt, level: 'full', component: '', reason: {} } as const;
const agreed = [
  full,
  ...['eve', 'bob'].map(
    (by) => ({ type: 'rollback.agreed', phase, attempt, level: 'full', by, comment: quoted('') }) as const,
  ),
];
const acknowledged = { type: 'incident.acknowledged', incident, by: 'ada' } as const;
const waivers = ['by-hand', 'by-check'].map(
  (item) => ({ type: 'item.waived', phase, attempt, item, by: 'ada', reason: quoted('') }) as const,
);
const overridden = (['gate.override-asked', 'gate.overridden'] as const).map(
  (type) => ({ type, phase, attempt, criterion: 'c', by: 'ada', comment: quoted('') }) as const,
);
const reportDue = {
  type: 'report.planned',
  report: 'status',
  epoch: 1,
  dueAt: '2025-03-07T16:30:00.000Z',
} as const;
const planned = ['due', 'held'].map(
  (message) => ({ type: 'message.planned', message, dueAt: '2025-03-05T09:00:00.000Z', epoch: 1 }) as const,
);
const sending = [...planned, { type: 'message.sending', message: 'due', campaign: 'c' }] as const;
const wake = (kind: string) => ({ releaseId, waitId: `${phase}.1.${kind}`, epoch: 1 });
const callback = {
  version: '2.0',
  rawPath: '/callbacks/scripts',
  headers: {},
  isBase64Encoded: false,
  requestContext: { http: { method: 'POST', path: '/callbacks/scripts' } },
  body: JSON.stringify({ marker: `${releaseId}/${phase}.1.script.deploy`, status: 'succeeded' }),
};

const failing: Ports['metrics'] = {
  read: async (_checks, { toMs }) => ({
    errors: { kind: 'blocks', blocks: [{ minute: toMs / 60_000 - 1, treatment: { n: 100, x: 500 } }] },
  }),
};

const calls: Readonly<Record<string, readonly Call[]>> = {
  'admit-release': [
    {
      event: {
        contract: 1,
        executionArn: 'arn:2',
        input: { releaseId: 'r2', version: '1', launchDay: '2025-03-20', startedBy: 'ada' },
      },
      ports: { releases: new MemoryReleaseStore() },
    },
  ],
  'await-decision': [{ event: parking }],
  'await-agreement': [
    { event: parking, facts: [full], day: 8 },
    { event: parking, facts: agreed },
  ],
  'await-start': [{ event: parking }],
  'call-level': [
    {
      event: { contract: 1, releaseId, incident, level: 1, token: 't' },
      facts: [{ type: 'incident.acknowledged', incident, by: 'ada' }],
    },
  ],
  'call-to-failed-rollback': [{ event: { ...step, failure: 'no' } }],
  'choose-rollback': [{ event: { ...step, reason } }],
  'close-phase': [{ event: { ...step, outcome: 'promote', reason } }],
  'close-release': [{ event: { contract: 1, releaseId, outcome: 'completed' } }],
  'compare-cohorts': [{ event: step, ports: { metrics: failing } }],
  'complete-checklist': [
    { event: parking },
    { event: parking, facts: [late], day: 8 },
    {
      event: parking,
      facts: [
        {
          type: 'item.ticked',
          phase,
          attempt,
          item: 'by-hand',
          by: 'ada',
          system: false,
          evidence: { code: 'words', params: { words: quoted('') } },
        },
        {
          type: 'item.ticked',
          phase,
          attempt,
          item: 'by-check',
          by: 'ada',
          system: false,
          evidence: { code: 'words', params: { words: quoted('') } },
        },
      ],
    },
  ],
  'correct-phase': [{ event: parking }],
  'diagnose-silence': [{ event: { ...step, rearms: 10 } }],
  'expose-users': [{ event: { ...step, percent: 10 }, facts: planned }],
  'finish-follow-up': [{ event: { contract: 1, releaseId, token: 't' }, day: 60 }],
  'hold-phase': [
    { event: { ...parking, from: 'gate' } },
    // Held by a pause that has ended since.
    {
      event: { ...parking, from: 'exposure' },
      facts: [
        { type: 'phase.held', phase, attempt, from: 'exposure', because: { code: 'paused', params: {} } },
      ],
    },
  ],
  observe: [{ event: parking }],
  'open-phase': [{ event: { ...step, attempt: 2 }, facts: planned }],
  'open-task': [{ event: { ...undoing, owner: 'operator', title: 'Look' } }],
  'pass-gate': [{ event: parking, ports: { metrics: failing } }],
  'record-unanswered': [{ event: { contract: 1, releaseId, incident } }],
  'run-script': [{ event: { ...parking, script: 'deploy' } }],
  'send-message': [{ event: { ...undoing, message: 'caused' } }, { event: { ...undoing, message: 'due' } }],
  'switch-component': [{ event: { ...undoing, component: 'ocr', state: 'off' } }],
  alarm: [
    {
      event: {
        'detail-type': 'CloudWatch Alarm State Change',
        time: '2025-03-12T09:00:00Z',
        detail: { alarmName: 'errors', state: { value: 'ALARM' } },
      },
      facts: [gateLate],
    },
  ],
  'date-reached': [
    { event: { kind: 'wait', ...wake('gate') }, facts: [gateLate] },
    { event: { kind: 'wait', ...wake('checklist') } },
    { event: { kind: 'wait', ...wake('start') } },
    { event: { kind: 'message', releaseId, message: 'due', epoch: 1 }, facts: planned },
    { event: { kind: 'report', releaseId, report: 'status', epoch: 1 }, facts: [reportDue] },
  ],
  'execution-status': [
    {
      event: {
        'detail-type': 'Step Functions Execution Status Change',
        detail: {
          executionArn: admitted.type === 'release.admitted' ? admitted.executionArn : '',
          status: 'ABORTED',
          input: JSON.stringify({ releaseId, startedBy: 'ada' }),
        },
      },
      ports: { executions: { status: async () => 'aborted' } },
    },
  ],
  'import-audience': [
    {
      event: record({
        'detail-type': 'Object Created',
        time: '2025-03-10T09:00:00Z',
        detail: { object: { key: 'uploads/users.csv', etag: 'e', sequencer: '00' } },
      }),
      ports: { uploads: uploaded('uploads/users.csv', 'userId,email\nu-1,ada@example.org\n') },
    },
  ],
  'mail-event': [['u1@example.org'], ['u1@example.org', 'u2@example.org']].map((destination) => ({
    event: record({
      'detail-type': 'Email Bounced',
      detail: {
        bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'u1@example.org' }] },
        mail: {
          destination,
          tags: { release: [releaseId], message: ['due'], campaign: ['c'], person: [personOf('u1')] },
        },
      },
    }),
    facts: sending,
    ports: { campaigns: listed() },
  })),
  'mail-job': [
    {
      event: record({
        releaseId,
        message: 'due',
        campaign: 'c',
        kind: 'send',
        people: [personOf('u0000001')],
      }),
      facts: sending,
    },
    { event: record({ releaseId, message: 'due', campaign: 'c', kind: 'list' }), facts: sending },
  ],
  reconcile: [{ event: {}, facts: [...planned, gateLate, reportDue] }],
  redrive: [{ event: {} }],
  'sweep-audience': [{ event: {} }],
  'script-status': [
    {
      event: {
        'detail-type': 'EC2 Command Status-change Notification',
        detail: { 'command-id': command, status: 'Success' },
      },
    },
  ],
  tick: ['start', 'script.deploy', 'checklist', 'bake', 'gate'].map((kind) => ({
    event: wake(kind),
    facts: [gateLate],
  })),
  'script-callback': [{ event: callback }],
  'abort-release': [{ event: { ...given, reason: '' } }],
  'acknowledge-incident': [{ event: { ...given, incident }, facts: [gateLate] }],
  'resolve-incident': [{ event: { ...given, incident }, facts: [gateLate] }],
  'reopen-incident': [
    {
      event: { ...given, incident, comment: 'again' },
      facts: [{ type: 'incident.resolved', incident, by: 'ada' }, gateLate],
      ports: { escalations: { start: async () => ({ executionArn: 'arn', taken: true }) } },
    },
  ],
  'close-task': [
    {
      event: { ...given, task: 't', note: 'read' },
      facts: [
        {
          type: 'task.opened',
          task: 't',
          title: { code: 'step', params: { text: 'Look' } },
          owner: 'operator',
        },
      ],
    },
  ],
  'mark-version-bad': [{ event: { ...given, reason: 'bad' } }],
  'open-incident': [{ event: { ...given, severity: 'user', title: 'slow' } }],
  'order-phase': [{ event: { ...inPhase, order: 'skip-wait', reason: 'slow' }, facts: [gateLate] }],
  'override-incident': [
    { event: { ...inPhase, incident: 'build.1.grave', comment: 'known' }, facts: [gateLate, grave] },
  ],
  'override-criterion': [{ event: { ...inPhase, criterion: 'c', comment: 'known' }, facts: [gateLate] }],
  'override-freeze': [{ event: { ...given, freeze: 'spring', reason: 'now' }, facts: [gateLate], day: 60 }],
  'replace-candidate': [{ event: { ...given, version: '3', reason: 'mended' }, facts: [gateLate] }],
  'untick-item': [{ event: { ...inPhase, item: 'by-hand', reason: 'not so' }, facts: waivers }],
  'waive-item': [{ event: { ...inPhase, item: 'by-hand', reason: 'none here' }, facts: [gateLate] }],
  'agree-rollback': [
    { event: { ...inPhase, comment: '' }, facts: [full], day: 8 },
    { event: { ...inPhase, comment: '' }, facts: agreed.slice(0, -1) },
  ],
  'decline-rollback': [{ event: { ...inPhase, comment: '' }, facts: [full] }],
  'decide-phase': [{ event: { ...inPhase, decision: 'retry', comment: '' } }],
  'reject-gate': [
    { event: { ...inPhase, role: 'operator', comment: '' } },
    { event: { ...inPhase, role: 'operator', comment: '' }, facts: [gateLate] },
  ],
  'approve-gate': [
    { event: { ...inPhase, role: 'operator', comment: '' }, facts: [gateLate] },
    { event: { ...inPhase, role: 'operator', comment: '' }, facts: [...waivers, ...overridden] },
  ],
  'erase-person': [{ event: { actor, userId: 'u-1' } }],
  'move-launch-day': [{ event: { ...given, launchDay: '2025-03-20', reason: '' } }],
  // A pause holds nobody back who is being called.
  'pause-release': [{ event: { ...given, reason: '' }, facts: [gateLate, acknowledged] }],
  'unpause-release': [
    {
      event: { ...given, reason: '' },
      facts: [{ type: 'release.paused', reason: quoted('') }, gateLate],
    },
  ],
  'record-measure': [{ event: { ...given, measure: 'satisfaction', value: 1, samples: 1 } }],
  'report-correction': [{ event: { ...inPhase, comment: '' } }],
  'resume-phase': [{ event: { ...inPhase, resolution: 'correct', comment: '' } }],
  'start-release': [
    {
      event: {
        actor,
        releaseId: 'r2',
        version: '1',
        launchDay: '2025-03-20',
      },
      ports: { releases: new MemoryReleaseStore(), ...firstNameTaken() },
    },
  ],
  'withdraw-access': [
    {
      event: { ...given, reason: '' },
      facts: [
        { type: 'exposure.changed', phase, attempt, from: 0, to: 10 },
        { type: 'release.closed', outcome: 'aborted', reason: { code: 'run-through', params: {} } },
      ],
    },
  ],
  'tick-item': [{ event: { ...inPhase, item: 'by-hand', evidence: 'seen' }, facts: [gateLate] }],
};

/** A start was refused before. */
function firstNameTaken(): Pick<Ports, 'machine' | 'executions'> {
  return {
    machine: {
      start: async (name) => ({ executionArn: name, taken: name === 'r2' }),
      stop: async () => {},
    },
    executions: { status: async () => 'failed' },
  };
}

function uploaded(key: string, content: string): MemoryUploads {
  const uploads = new MemoryUploads();
  uploads.put({ key, etag: 'e' }, content);
  return uploads;
}

/** A campaign that has been listed to its end. */
function listed(): Ports['campaigns'] {
  return {
    mark: async () => {},
    tally: async () => ({ total: 1, sent: 1, failed: 0, declined: 0 }),
  } as unknown as Ports['campaigns'];
}

const free: ReadonlySet<string> = new Set(['plan', 'clock', 'log']);

/** The powers of which a handler asked something in these calls, and what it wrote in the name of who gave a command. */
async function used(definition: Definition, all: readonly Call[]) {
  const touched = new Set<string>();
  const written = new Set<string>();
  for (const { event, ...changes } of all) {
    const ports = await crowdedRelease(changes);
    const watched = Object.entries(ports).map(([power, port]: [string, object]) => [
      power,
      free.has(power) ? port : told(port, () => touched.add(power)),
    ]);
    const { length: before } = await typesIn(ports);
    await handlerOf(definition, Object.fromEntries(watched) as Ports)(event);
    for (const type of (await typesIn(ports)).slice(before)) written.add(type);
  }
  return { touched, written };
}

/** The types of the facts of people. */
const typesIn = async ({ releases }: Ports) =>
  (await releases.history(releaseId, 0, 1000))
    .filter(({ actor: by }) => by === 'user:ada')
    .map(({ fact }) => fact.type);

const told = (port: object, tell: () => void) =>
  new Proxy(port, {
    get(target, method) {
      tell();
      const value: unknown = Reflect.get(target, method);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

describe.each(Object.entries(catalogue))('%s', (name, definition) => {
  it('uses every power that it asks for', async () => {
    const { touched } = await used(definition, calls[name] ?? []);
    const unused = [...new Set(definition.needs)].filter((power) => !touched.has(power));
    expect(unused.toSorted()).toEqual(Object.keys(allowed[name] ?? {}).toSorted());
  });
});

describe('what the ledger says of an act', () => {
  // The first state of the machine writes that the release has started.
  const acts = operationNames.filter((name) => isCommand(name) && name !== 'start-release');

  it.each(acts)('%s: is what the table says', async (name) => {
    const { written } = await used(handlers[name], calls[name] ?? []);
    const said: readonly string[] = operations[name].facts;
    expect(said.length === 0 ? [...written] : said.filter((type) => written.has(type))).toEqual(
      said.slice(0, 1),
    );
  });
});
