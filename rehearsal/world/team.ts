/**
 * The people of a rehearsal: they tick, approve, acknowledge, correct and count, after plausible delays and at work (a
 * release's team works on launch Sundays too; who is on call answers at night). They learn of things when the ledger does.
 */

import { measuredByUsers } from '#domain/audience/feedback.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact, PhaseResolution } from '#domain/ledger/facts.ts';
import { isRollbackLevel } from '#domain/ledger/outcomes.ts';
import type { Release } from '#domain/ledger/records.ts';
import { addDays, instantOf, localDay, localTime } from '#domain/plan/calendar.ts';
import { itemsOf, phaseOf } from '#domain/plan/checklist.ts';
import { phaseEndMs } from '#domain/plan/message-dates.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { irrevocableIn } from '#domain/rules/agreement.ts';
import { answersTo } from '#domain/rules/holds.ts';
import { isDerived } from '#domain/rules/measures.ts';
import { hourMs, minuteMs } from '#domain/time.ts';
import type { CommandName } from '#functions/runtime/operations.ts';
import type { VirtualClock } from '../clock.ts';
import type { Chance } from './chance.ts';
import { madeUpBy } from './sources.ts';
import type { Troubles } from './troubles.ts';
import { type Behaviour, feedbackOf, type Population } from './users.ts';

const dayMs = 24 * hourMs;

export interface TeamWorld {
  readonly plan: Plan;
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly population: Population;
  readonly behaviour: Behaviour;
  readonly troubles: Pick<Troubles, 'waiting'>;
  release(): Release | undefined;
  /** Gives a command; refusals are shrugged off, a crash is tried again. */
  command(name: CommandName, input: Readonly<Record<string, unknown>>): void;
}

interface Act {
  readonly role: string;
  readonly releaseId: string;
  readonly name: CommandName;
  readonly input: Readonly<Record<string, unknown>>;
}
type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;

const approval = { name: 'approve-gate', comment: '' } as const;

export const holderOf = (role: string) => `${role}-1`;
/** Simulated people are called by the role that they hold. */
export const calledBy =
  ({ roles }: Pick<Plan, 'roles'>) =>
  (id: string): string =>
    roles[id.replace(/-1$/, '')]?.name ?? id;
const actorOf = (role: string) => ({ userId: holderOf(role), roles: [role] });

export class Team {
  readonly #world: TeamWorld;
  readonly #rejections = new Map<string, number>();
  /** Phases that were held, and the answer that people would rather give. */
  readonly #held = new Map<string, PhaseResolution>();
  readonly #away = new Set<string>();
  /** What those who are away would have done. */
  #leftLying: Act[] = [];
  #absentUntilMs = 0;

  constructor(world: TeamWorld) {
    this.#world = world;
  }

  /** What makes somebody act; the rest of the ledger does not concern them. */
  hear({ fact }: LedgerEntry, release: Release): void {
    if (fact.type === 'release.admitted') this.#countDaily(release);
    if (fact.type === 'phase.opened') this.#workThrough(fact);
    if (fact.type === 'gate.opened') this.#approve(fact);
    if (fact.type === 'phase.held') this.#resume(fact);
    if (fact.type === 'release.unpaused') this.#answerHolds(release);
    if (fact.type === 'phase.closed') this.#correct(fact);
    if (fact.type === 'rollback.chosen') this.#answerRollback(fact);
    if (fact.type === 'rollback.declined' || fact.type === 'rollback.failed') this.#decide(fact);
    if (fact.type === 'decision.taken' && fact.decision === 'abandon') this.#agree(fact.phase);
    if (fact.type === 'message.skipped') this.#waive(fact);
    if (fact.type === 'incident.called') this.#acknowledge(fact);
    if (fact.type === 'incident.acknowledged') this.#resolve(fact);
  }

  /** Whoever holds the role does nothing, or is back and does what was left lying. */
  setPresence(role: string, atWork: boolean): void {
    if (!atWork) this.#away.add(role);
    else if (this.#away.delete(role)) this.#catchUp(role);
  }

  #catchUp(role: string): void {
    const { clock, chance } = this.#world;
    const left = this.#leftLying.filter((act) => act.role === role);
    this.#leftLying = this.#leftLying.filter((act) => act.role !== role);
    for (const { releaseId, name, input } of left) {
      const ms = this.#atWork(clock.nowMs() + chance.between(0.1, 2) * hourMs);
      this.#later(ms, () => {
        if (this.#world.release()?.id === releaseId) this.#command(role, name, input);
      });
    }
  }

  /** Roles of which nobody is at work. */
  away(): readonly string[] {
    return [...this.#away];
  }

  /** The same moment, or the next morning when it falls outside working hours. */
  #atWork(ms: number): number {
    const { plan, chance } = this.#world;
    const day = localDay(ms, plan.timeZone);
    const time = localTime(ms, plan.timeZone);
    if (time >= plan.workday.start && time < plan.workday.end) return ms;
    const next = time < plan.workday.start ? day : addDays(day, 1);
    return instantOf(next, plan.workday.start, plan.timeZone) + chance.between(0.05, 1) * hourMs;
  }

  #later(ms: number, act: () => void): void {
    this.#world.clock.at(ms, act);
  }

  #command(role: string, name: CommandName, input: Readonly<Record<string, unknown>>): void {
    const releaseId = this.#world.release()?.id;
    if (releaseId === undefined) return;
    if (!this.#away.has(role)) this.#world.command(name, { actor: actorOf(role), releaseId, ...input });
    // What was counted then is not so any more when they are back.
    else if (name !== 'record-measure') this.#leftLying.push({ role, releaseId, name, input });
  }

  /** Ticks what people must tick, spread over the phase; a phase entered again goes faster. */
  #workThrough({ phase: id, attempt }: FactOf<'phase.opened'>): void {
    const { plan, clock, chance } = this.#world;
    const phase = phaseOf(plan, id);
    const lengthMs = (Date.parse(phase.to) - Date.parse(phase.from) + dayMs) * (attempt > 1 ? 0.3 : 1);
    for (const { id: item, owner, verified, due } of itemsOf(phase)) {
      if (verified !== 'person') continue;
      // What must be done before users come in has been prepared; the rest takes its part of the phase.
      const delayMs =
        due === 'checklist' && phase.exposure !== undefined
          ? chance.between(0.2, 1) * hourMs
          : lengthMs * chance.between(0.1, 0.7);
      const ms = this.#atWork(clock.nowMs() + delayMs);
      const evidence = `${item} ok`;
      this.#later(ms, () => this.#command(owner, 'tick-item', { phase: id, item, evidence }));
    }
  }

  #approve({ phase: id }: FactOf<'gate.opened'>): void {
    const { plan, clock, chance } = this.#world;
    const { gate } = phaseOf(plan, id);
    const launchDay = this.#world.release()?.launchDay ?? plan.launch.day;
    // A gate that decides on its last evening is approved that afternoon.
    const endMs = gate.notBefore === 'end' ? phaseEndMs(plan, launchDay, phaseOf(plan, id)) - 4 * hourMs : 0;
    const absence = this.#world.troubles
      .waiting('absent')
      .find((one) => one.gate === id && this.#absentUntilMs === 0);
    if (absence) this.#absentUntilMs = clock.nowMs() + absence.days * dayMs;
    const fromMs = Math.max(clock.nowMs(), endMs, this.#absentUntilMs);
    const first = this.#rejects(id) ?? approval;
    gate.approvals.roles.forEach((role, index) => {
      const ms = this.#atWork(fromMs + chance.between(0.2, 3) * hourMs);
      const { name, comment } = index === 0 ? first : approval;
      this.#later(ms, () => this.#command(role, name, { phase: id, role, comment }));
    });
  }

  #rejects(gate: string) {
    const trouble = this.#world.troubles.waiting('reject').find((one) => one.gate === gate);
    const done = this.#rejections.get(gate) ?? 0;
    if (!trouble || done >= trouble.times) return undefined;
    this.#rejections.set(gate, done + 1);
    return { name: 'reject-gate' as const, comment: trouble.comment };
  }

  #roleFor(phase: string): string {
    return phaseOf(this.#world.plan, phase).gate.approvals.roles[0] ?? '';
  }

  #resume({ phase, from, because }: FactOf<'phase.held'>): void {
    const { clock, chance } = this.#world;
    this.#held.set(phase, ({ observation: 'observe', exposure: 'expose', gate: 'gate' } as const)[from]);
    // What ends by itself needs nobody.
    if (because !== undefined) return;
    this.#answerHold(phase, this.#atWork(clock.nowMs() + chance.between(26, 30) * hourMs));
  }

  /** If what they would answer is offered then; nobody chooses to go back. */
  #answerHold(phase: string, ms: number): void {
    this.#later(ms, () => {
      const { plan, clock } = this.#world;
      const release = this.#world.release();
      if (release?.phases[phase]?.status !== 'held') return;
      const wanted = this.#held.get(phase);
      const resolution = answersTo(plan, release, phase, clock.nowMs()).find((one) => one === wanted);
      if (resolution !== undefined)
        this.#command(this.#roleFor(phase), 'resume-phase', { phase, resolution, comment: '' });
    });
  }

  /** What could not be answered while the release was paused. */
  #answerHolds({ phases }: Release): void {
    const { clock, chance } = this.#world;
    for (const [phase, { status, heldBy }] of Object.entries(phases)) {
      if (status === 'held' && heldBy === undefined)
        this.#answerHold(phase, this.#atWork(clock.nowMs() + chance.between(1, 3) * hourMs));
    }
  }

  #correct({ phase, outcome }: FactOf<'phase.closed'>): void {
    const { plan, clock, chance } = this.#world;
    if (outcome !== 'correct' || phaseOf(plan, phase).correction !== 'in-place') return;
    const ms = this.#atWork(clock.nowMs() + chance.between(20, 44) * hourMs);
    this.#later(ms, () => this.#command(this.#roleFor(phase), 'report-correction', { phase, comment: '' }));
  }

  #answerRollback({ phase, attempt, level }: FactOf<'rollback.chosen'>): void {
    if (irrevocableIn(this.#world.plan, level)) this.#agree(phase);
    else if (!isRollbackLevel(level)) this.#decide({ phase, attempt });
  }

  /** Two people, minutes later, at night too: users have no access. */
  #agree(phase: string): void {
    const { plan, clock, chance } = this.#world;
    const { roles } = phaseOf(plan, phase).gate.approvals;
    const conducting = phaseOf(plan, plan.launch.phase).gate.approvals.roles;
    const trouble = this.#world.troubles.waiting('agreement').find((one) => one.phase === phase);
    const name = trouble?.declined ? 'decline-rollback' : 'agree-rollback';
    let ms = clock.nowMs() + (trouble?.hours ?? 0) * hourMs;
    for (const role of [...new Set([...roles, ...conducting])].slice(0, 2)) {
      ms += chance.between(3, 12) * minuteMs;
      this.#later(ms, () => this.#command(role, name, { phase, comment: '' }));
    }
  }

  #decide({ phase, attempt }: { readonly phase: string; readonly attempt: number }): void {
    const { plan, clock, chance } = this.#world;
    const isBroken = this.#world.release()?.rollback?.failed !== undefined;
    const decision = attempt < phaseOf(plan, phase).attemptsMax && !isBroken ? 'retry' : 'abandon';
    const ms = this.#atWork(clock.nowMs() + chance.between(3, 6) * hourMs);
    this.#later(ms, () =>
      this.#command(this.#roleFor(phase), 'decide-phase', { phase, decision, comment: '' }),
    );
  }

  /** An item that a message would have ticked is nobody's until somebody says that it need not be. */
  #waive({ message, reason }: FactOf<'message.skipped'>): void {
    const { plan, clock, chance } = this.#world;
    for (const phase of plan.phases) {
      for (const { id: item, verified } of itemsOf(phase)) {
        if (typeof verified !== 'object' || !('message' in verified) || verified.message !== message)
          continue;
        const ms = this.#atWork(clock.nowMs() + chance.between(1, 5) * hourMs);
        const waiver = { phase: phase.id, item, reason };
        this.#later(ms, () => this.#command(this.#roleFor(phase.id), 'waive-item', waiver));
      }
    }
  }

  #acknowledge({ incident, role }: FactOf<'incident.called'>): void {
    const { clock, chance } = this.#world;
    const ms = clock.nowMs() + chance.between(2, 8) * minuteMs;
    if (ms < this.#absentUntilMs) return;
    this.#later(ms, () => this.#command(role, 'acknowledge-incident', { incident }));
  }

  #resolve({ incident }: FactOf<'incident.acknowledged'>): void {
    const { plan, clock, chance } = this.#world;
    const role = plan.escalation[1]?.role ?? plan.escalation[0]?.role ?? '';
    const ms = clock.nowMs() + chance.between(0.7, 3) * hourMs;
    this.#later(ms, () => this.#command(role, 'resolve-incident', { incident }));
  }

  /** Every afternoon somebody counts: answers, adoption, problems, tickets. */
  #countDaily(release: Release): void {
    const { plan, clock } = this.#world;
    const today = localDay(clock.nowMs(), plan.timeZone);
    const atMs = instantOf(today, '17:00', plan.timeZone);
    const nextMs = atMs > clock.nowMs() ? atMs : instantOf(addDays(today, 1), '17:00', plan.timeZone);
    this.#later(nextMs, () => {
      const current = this.#world.release();
      if (current?.status !== 'active') return;
      this.#count(current);
      this.#countDaily(release);
    });
  }

  #count(release: Release): void {
    const { plan, population, chance, behaviour, clock } = this.#world;
    const firstExposed = plan.phases.find(({ exposure }) => exposure !== undefined)?.id ?? '';
    const since = Date.parse(release.phases[firstExposed]?.openedAt ?? '') || clock.nowMs();
    const crowd = {
      pilots: population.pilots,
      exposed: population.exposed(release.exposure),
      daysExposed: (clock.nowMs() - since) / dayMs,
    };
    const reported = Object.values(plan.checks).filter(({ source }) => madeUpBy[source.kind] === 'people');
    const known = new Set(reported.map(({ source }) => source.query));
    const users = measuredByUsers(plan);
    for (const { measure, value, samples } of feedbackOf(chance, behaviour, crowd)) {
      if (!known.has(measure) || isDerived(measure) || users.includes(measure)) continue;
      const forced = this.#world.troubles
        .waiting('survey')
        .find((one) => one.measure === measure && !this.#held.has(one.untilHeld));
      const counter = plan.measures[measure]?.roles[0] ?? '';
      this.#command(counter, 'record-measure', { measure, value: forced?.value ?? value, samples });
    }
  }
}
