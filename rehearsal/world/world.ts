/** A simulated world around the real state machines and handlers: AWS, the product's servers, its users and the team. */

import type { MailJob } from '#application/ports/mail.ts';
import type { Ports } from '#application/ports/ports.ts';
import type { Schedule } from '#application/ports/workflow.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Release } from '#domain/ledger/records.ts';
import type { Mail } from '#domain/mailing/mail.ts';
import type { Notice } from '#domain/mailing/notice.ts';
import { localHour, toInstant } from '#domain/plan/calendar.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { dayMs, hourMs } from '#domain/time.ts';
import { unreachable } from '#domain/unreachable.ts';
import { encodeTag } from '#functions/contracts/mail-tags.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { templatesFor } from '#mails/library.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { Engine } from '../asl/engine.ts';
import type { StatusChange } from '../asl/execution.ts';
import { type Bill, billOf } from '../bill.ts';
import { VirtualClock } from '../clock.ts';
import type { Intervention, Scenario, TroubleNow } from '../scenario.ts';
import { MemoryAnswers } from './answers.ts';
import { MemoryBakeStore } from './bake-store.ts';
import { Chance, streamsOf } from './chance.ts';
import { Changing } from './changing.ts';
import type { Chaos } from './chaos.ts';
import {
  machineArns,
  SimulatedEscalations,
  SimulatedExecutions,
  SimulatedReleaseMachine,
  SimulatedSchedules,
  SimulatedScripts,
  SimulatedTasks,
} from './cloud.ts';
import { Delivery } from './delivery.ts';
import { MemoryFeedbackStore, SimulatedLinks } from './feedback.ts';
import { machinesOf } from './machines.ts';
import { Mailboxes, MemoryCampaignStore, MemoryMailer, MemoryMailQueue } from './mail.ts';
import { SimulatedMetrics } from './metrics.ts';
import { Readers } from './readers.ts';
import { MemoryReleaseStore } from './release-store.ts';
import { MemoryScriptReports } from './script-reports.ts';
import { Switches } from './switches.ts';
import { holderOf, Team } from './team.ts';
import { Troubles } from './troubles.ts';
import { MemoryUploads } from './uploads.ts';
import { type Behaviour, Population } from './users.ts';
import { MemoryVersions } from './versions.ts';
import { MemoryWaitStore } from './wait-store.ts';
import { wording } from './wording.ts';

export interface WorldOptions {
  readonly plan: Plan;
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  readonly users: number;
  readonly behaviour: Behaviour;
  readonly chaos: Chaos;
  readonly startMs: number;
}
/** A notice of the team as it went. */
export interface SentNotice extends Notice {
  readonly at: string;
}

const batchSize = 10;

export class World {
  readonly clock: VirtualClock;
  readonly engine: Engine;
  readonly releases = new MemoryReleaseStore();
  readonly waits = new MemoryWaitStore();
  readonly bakes = new MemoryBakeStore();
  readonly campaigns = new MemoryCampaignStore();
  readonly mailboxes = new Mailboxes();
  readonly feedback = new MemoryFeedbackStore();
  readonly notices: SentNotice[] = [];
  readonly logs: { readonly code: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  readonly delivery: Delivery;
  readonly schedules: SimulatedSchedules;
  readonly #exposed = new Changing(0);
  readonly switches = new Switches((percent) => this.#exposed.set(this.clock.nowMs(), percent));
  readonly population: Population;

  readonly #options: WorldOptions;
  readonly #metrics: SimulatedMetrics;
  readonly #mailer: MemoryMailer;
  readonly #mailEvents: string[] = [];
  readonly #mailChance: Chance;
  readonly #readers: Readers;
  readonly #troubles: Troubles;
  readonly #team: Team;
  #releaseId = '';
  #messages = 0;
  #fired = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    const { plan, seed, scenario, users, startMs } = options;
    const chance = (subject: string) => new Chance(`${seed}:${subject}`);
    this.clock = new VirtualClock(startMs);
    this.#mailChance = chance('mail');
    const population = new Population(plan.product, users);
    this.population = population;
    const troubles = new Troubles(
      {
        plan,
        clock: this.clock,
        alarm: (check) => this.#alarm(check),
        intervene: (one) => this.#intervene(one),
      },
      scenario,
    );
    this.#metrics = new SimulatedMetrics((subject) => streamsOf(`${seed}:metrics:${subject}`), {
      users,
      firstExposure: plan.phases.find(({ id }) => id === plan.launch.phase)?.exposure ?? 100,
      exposure: (atMs) => this.#exposed.at(atMs),
      hour: (atMs) => localHour(atMs, plan.timeZone),
      failing: (check, atMs) => troubles.failing(check, atMs),
      outage: () => troubles.outage(),
      noTraffic: (atMs) => troubles.noTraffic(atMs),
    });
    const engineChance = chance('engine');
    this.engine = new Engine({
      clock: this.clock,
      invoke: (name, payload) => this.delivery.invoke(name, payload),
      resolveMachine: () => undefined,
      random: () => engineChance.uniform(),
      uuid: () => engineChance.uuid(),
    });
    this.#mailer = new MemoryMailer(this.mailboxes, (mail) => this.#mailed(mail));
    this.schedules = new SimulatedSchedules(this.clock, (schedule) => this.#fire(schedule));
    const scripts = new SimulatedScripts(
      this.clock,
      chance('scripts'),
      (call) => troubles.failureOf(call),
      (command) => this.#scriptEvent(command),
    );
    const ports: Ports = this.#ports(population, scripts);
    this.delivery = new Delivery(this.clock, chance('delivery'), options.chaos, ports);
    this.engine.onStatusChange((change) => this.#executionEvent(change));
    this.#readers = new Readers({
      clock: this.clock,
      chance: chance('readers'),
      behaviour: options.behaviour,
      visit: (event) => this.delivery.command('public-pages', event),
    });
    this.#team = new Team({
      plan,
      troubles,
      population,
      behaviour: options.behaviour,
      clock: this.clock,
      chance: chance('team'),
      release: () => this.releases.peek(this.#releaseId),
      command: (name, input) => this.delivery.command(name, input),
    });
    this.#troubles = troubles;
    this.releases.onEntry((entry, release) => this.#hear(entry, release));
    this.#everyHour();
  }

  #hear(entry: LedgerEntry, release: Release): void {
    // Whoever starts one: the newest is the one that the team works on.
    if (entry.fact.type === 'release.admitted') this.#releaseId = release.id;
    this.#troubles.hear(entry, release);
    this.#team.hear(entry, release);
  }

  #ports(population: Population, scripts: SimulatedScripts): Ports {
    const { plan } = this.#options;
    const machines = machinesOf(plan);
    return {
      plan,
      clock: this.clock,
      log: { write: (code, fields) => void this.logs.push({ code, fields }) },
      sha256,
      sayRefusal,
      releases: this.releases,
      reader: this.releases,
      versions: new MemoryVersions(),
      waits: this.waits,
      answers: new MemoryAnswers(),
      tasks: new SimulatedTasks(this.engine),
      machine: new SimulatedReleaseMachine(this.engine, machines.release),
      executions: new SimulatedExecutions(this.engine),
      escalations: new SimulatedEscalations(this.engine, machines.escalation),
      schedules: this.schedules,
      scripts,
      runs: scripts,
      // Servers run the scripts here: no pipeline calls back.
      scriptReports: new MemoryScriptReports(),
      signatures: { verify: async () => false },
      metrics: this.#metrics,
      bakes: this.bakes,
      evidence: this.bakes,
      exposure: this.switches,
      audience: population,
      audienceImports: population,
      audienceRemoval: population,
      preferences: population,
      // Nobody uploads anything here: the users are there from the beginning.
      uploads: new MemoryUploads(),
      campaigns: this.campaigns,
      mailQueue: new MemoryMailQueue((jobs, afterSeconds) => this.#queue(jobs, afterSeconds)),
      mailer: this.#mailer,
      // Nobody limits a simulated mail service; what a limit does is tested by itself.
      quota: { read: async () => ({ mailsPerSecond: 500, mailsLeft: Number.POSITIVE_INFINITY }) },
      templates: templatesFor(plan),
      ...wording,
      links: new SimulatedLinks(`${this.#options.seed}`),
      feedback: this.feedback,
      notifier: {
        notify: async (notice) => {
          this.notices.push({ ...notice, at: toInstant(this.clock.nowMs()) });
          return { told: notice.roles };
        },
      },
      // Nothing dies here: what a handler cannot take ends the rehearsal.
      deadLetters: { take: async () => ({ letters: [], unreadable: [] }), redeliver: async () => {} },
    };
  }

  /** The release manager starts the release. Throws what the command refuses. */
  async start({
    releaseId,
    version,
    launchDay,
  }: {
    readonly releaseId: string;
    readonly version: string;
    readonly launchDay: string;
  }): Promise<void> {
    const [role = ''] = Object.keys(this.#options.plan.roles);
    this.#releaseId = releaseId;
    await this.delivery.invoke('start-release', {
      actor: { userId: holderOf(role), roles: [role] },
      releaseId,
      version,
      launchDay,
    });
  }

  /** What the console's "Start execution" does: any name, any input, no check before. */
  startExecution(name: string, input: unknown): void {
    const { release: machine } = machinesOf(this.#options.plan);
    this.engine.start({ machine, stateMachineArn: machineArns.release, name, input });
  }

  get plan(): Plan {
    return this.#options.plan;
  }

  /** The release that the team works on. */
  get releaseId(): string {
    return this.#releaseId;
  }

  trouble(trouble: TroubleNow): void {
    this.#troubles.add(trouble);
  }

  calm(): void {
    this.#troubles.end();
  }

  setPresence(role: string, atWork: boolean): void {
    this.#team.setPresence(role, atWork);
  }

  /** What is wrong now, and which roles nobody fills. */
  condition(): { readonly troubles: readonly string[]; readonly away: readonly string[] } {
    return { troubles: this.#troubles.list(), away: this.#team.away() };
  }

  #everyHour(): void {
    this.clock.after(hourMs, () => {
      this.delivery.send('reconcile', {}, 'best-effort');
      this.#everyHour();
    });
  }

  #fire({ target, input }: Schedule): void {
    this.#fired += 1;
    // One-time schedules fire within their minute (EventBridge Scheduler, 60-second precision).
    if (target === 'date')
      this.delivery.send('date-reached', input, 'at-least-once', this.#mailChance.between(0, 50_000));
    else this.delivery.send('tick', input, 'once');
  }

  #scriptEvent(command: string): void {
    const detail = { 'command-id': command, status: 'Success' };
    this.delivery.send(
      'script-status',
      { 'detail-type': 'EC2 Command Status-change Notification', detail },
      'best-effort',
    );
  }

  #alarm(check: string): void {
    const time = toInstant(this.clock.nowMs());
    const detail = { alarmName: check, state: { value: 'ALARM' } };
    const event = { 'detail-type': 'CloudWatch Alarm State Change', time, detail };
    this.delivery.send('alarm', event, 'at-least-once');
  }

  #executionEvent({ executionArn, stateMachineArn, status, input }: StatusChange): void {
    if (stateMachineArn !== machineArns.release) return;
    const detail = { executionArn, status, input: JSON.stringify(input) };
    const event = { 'detail-type': 'Step Functions Execution Status Change', detail };
    this.delivery.send('execution-status', event, 'best-effort', 1000);
  }

  #queue(jobs: readonly MailJob[], afterSeconds: number): void {
    for (let index = 0; index < jobs.length; index += batchSize) {
      const Records = jobs.slice(index, index + batchSize).map((job) => this.#record(JSON.stringify(job)));
      const afterMs = afterSeconds * 1000 + this.#mailChance.between(1000, 30_000);
      this.delivery.send('mail-job', { Records }, 'at-least-once', afterMs);
    }
  }

  #record(body: string) {
    this.#messages += 1;
    return { messageId: `m${this.#messages}`, body };
  }

  /** SES tells of every mail, through a queue, a little later. */
  #mailed(mail: Mail): void {
    const { release, message, campaign, person } = mail.tags;
    const bounced = this.#mailChance.happens(this.#options.behaviour.bounces);
    const tags = {
      release: [encodeTag(release)],
      message: [encodeTag(message)],
      campaign: [encodeTag(campaign)],
      person: [encodeTag(person)],
    };
    this.#mailEvents.push(
      JSON.stringify({
        'detail-type': bounced ? 'Email Bounced' : 'Email Delivered',
        detail: {
          mail: { destination: [mail.to], tags },
          ...(bounced
            ? { bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: mail.to }] } }
            : { delivery: { recipients: [mail.to] } }),
        },
      }),
    );
    if (!bounced) this.#readers.read(mail);
    if (this.#mailEvents.length >= batchSize) this.#flushMailEvents();
    else if (this.#mailEvents.length === 1) this.clock.after(20_000, () => this.#flushMailEvents());
  }

  #flushMailEvents(): void {
    const bodies = this.#mailEvents.splice(0, batchSize);
    if (bodies.length === 0) return;
    const Records = bodies.map((body) => this.#record(body));
    this.delivery.send('mail-event', { Records }, 'at-least-once', this.#mailChance.between(500, 20_000));
  }

  #intervene(intervention: Intervention): void {
    const release = this.releases.peek(this.#releaseId);
    if (!release) return;
    const [role = ''] = Object.keys(this.#options.plan.roles);
    const signed = { actor: { userId: holderOf(role), roles: [role] }, releaseId: release.id };
    const asked = { ...signed, reason: '' };
    switch (intervention.command) {
      case 'stop-execution':
        this.engine.stop(this.engine.execution(release.executionArn), { cause: 'stopped in the console' });
        return;
      case 'move-launch-day': {
        const to = new Date(Date.parse(release.launchDay) + intervention.days * dayMs)
          .toISOString()
          .slice(0, 10);
        this.delivery.command('move-launch-day', { ...asked, launchDay: to });
        return;
      }
      case 'abort-release':
        this.delivery.command('abort-release', asked);
        return;
      case 'order-phase': {
        const { at: _at, command, ...order } = intervention;
        this.delivery.command(command, { ...asked, ...order });
        return;
      }
      case 'open-incident': {
        const { severity, title, falseAlarmAfterHours } = intervention;
        this.delivery.command('open-incident', { ...signed, severity, title });
        if (falseAlarmAfterHours !== undefined)
          this.clock.after(falseAlarmAfterHours * hourMs, () => this.#falseAlarm(title));
        return;
      }
      case 'pause-release':
        this.delivery.command('pause-release', asked);
        this.clock.after(intervention.hours * hourMs, () => this.delivery.command('unpause-release', asked));
        return;
      default:
        unreachable(intervention);
    }
  }

  #falseAlarm(title: string): void {
    const release = this.releases.peek(this.#releaseId);
    const found = Object.entries(release?.incidents ?? {}).find(
      ([, one]) => one.title.code === 'reported' && one.title.params.words === title,
    );
    if (!release || !found) return;
    const [incident, { phase }] = found;
    const [role = ''] = phaseOf(this.#options.plan, phase).gate.approvals.roles;
    this.delivery.command('resolve-incident', {
      actor: { userId: holderOf(role), roles: [role] },
      releaseId: release.id,
      incident,
      falseAlarm: true,
      comment: title,
    });
  }

  bill(): Bill {
    const executions = this.engine.executions();
    return billOf({
      stateTransitions: executions.reduce((sum, { stateTransitions }) => sum + stateTransitions, 0),
      historyEvents: Math.max(0, ...executions.map(({ historyEvents }) => historyEvents)),
      lambdaInvocations: { ...this.delivery.invocations },
      schedulerInvocations: this.#fired,
      mails: this.#mailer.sent,
      metricsRead: this.#metrics.reads,
      storeReads: this.releases.reads + this.waits.reads,
      storeWrites:
        this.releases.writes +
        this.waits.writes +
        this.bakes.writes +
        this.campaigns.writes +
        this.feedback.writes,
    });
  }
}
