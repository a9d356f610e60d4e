/** What a scenario does to the world: when it begins, when it ends, and what it forces on whom. */

import type { ScriptCall } from '#application/ports/scripts.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Release } from '#domain/ledger/records.ts';
import { addDays, instantOf } from '#domain/plan/calendar.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { hourMs, minuteMs } from '#domain/time.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { VirtualClock } from '../clock.ts';
import type { Intervention, Moment, Scenario, Trouble, TroubleNow } from '../scenario.ts';
import { Changing } from './changing.ts';
import type { Illness } from './metrics.ts';

/** CloudWatch needs a few periods before an alarm changes its state. */
const alarmAfterMs = 3 * minuteMs;

export interface TroubledWorld {
  readonly plan: Plan;
  readonly clock: VirtualClock;
  alarm(check: string): void;
  intervene(intervention: Intervention): void;
}

export class Troubles {
  readonly #world: TroubledWorld;
  readonly #scenario: Scenario | undefined;
  /** Check -> what is wrong with it, and the phase whose end ends it. */
  readonly #failing = new Map<string, Changing<Failing | undefined>>();
  readonly #failures = new Map<string, number>();
  /** Each as long as it lasts. */
  readonly #outages = new Set<object>();
  readonly #desertions = new Set<object>();
  readonly #deserted = new Changing(false);
  readonly #befalling: Befalling[];

  constructor(world: TroubledWorld, scenario: Scenario | undefined) {
    this.#world = world;
    this.#scenario = scenario;
    this.#befalling = (scenario?.troubles ?? []).filter((one): one is Befalling => !('from' in one));
  }

  /** Troubles that wait for what they befall, of a kind. */
  waiting<K extends Befalling['kind']>(kind: K): readonly Extract<Befalling, { kind: K }>[] {
    return this.#befalling.filter((one): one is Extract<Befalling, { kind: K }> => one.kind === kind);
  }

  /** One more, from now on. */
  add(trouble: TroubleNow): void {
    const { clock } = this.#world;
    switch (trouble.kind) {
      case 'metric':
        this.#sicken(trouble, '');
        break;
      case 'nobody':
        this.#desert(clock.nowMs(), trouble.hours);
        break;
      case 'outage':
        this.#during(clock.nowMs(), trouble.hours, this.#outages);
        break;
      case 'script':
      case 'survey':
      case 'absent':
      case 'reject':
      case 'agreement':
        this.#befalling.push(trouble);
        break;
      default:
        unreachable(trouble);
    }
  }

  /** All is well again; what a scenario has for later still comes. */
  end(): void {
    const nowMs = this.#world.clock.nowMs();
    for (const failing of this.#failing.values()) failing.set(nowMs, undefined);
    this.#outages.clear();
    this.#desertions.clear();
    this.#deserted.set(nowMs, false);
    this.#befalling.length = 0;
  }

  /** What is wrong now, in words. */
  list(): readonly string[] {
    return [
      ...[...this.#failing].flatMap(([check, { now }]) => (now ? [`${check} reads ${now.value}`] : [])),
      ...(this.outage() ? ['the metrics’ provider answers nothing but errors'] : []),
      ...(this.#deserted.now ? ['nobody uses the product'] : []),
      ...this.#befalling.map((one) => JSON.stringify(one)),
    ];
  }

  hear({ fact }: LedgerEntry, release: Release): void {
    if (fact.type === 'release.admitted') this.#begin((moment) => this.#dayOf(moment, release.launchDay));
    if (fact.type === 'phase.opened') {
      const { clock } = this.#world;
      this.#begin((moment) =>
        'phase' in moment && moment.phase === fact.phase && moment.attempt === fact.attempt
          ? clock.nowMs() + moment.afterHours * hourMs
          : undefined,
      );
    }
    if (fact.type === 'phase.closed') {
      const nowMs = this.#world.clock.nowMs();
      for (const failing of this.#failing.values())
        if (failing.now?.phase === fact.phase) failing.set(nowMs, undefined);
    }
  }

  failing(check: string, atMs: number): Illness | undefined {
    return this.#failing.get(check)?.at(atMs);
  }
  outage(): boolean {
    return this.#outages.size > 0;
  }
  noTraffic(atMs: number): boolean {
    return this.#deserted.at(atMs);
  }

  /** The last lines of a run that fails. The marker names the phase: `release/phase.attempt.script...`. */
  failureOf(call: ScriptCall): string | undefined {
    for (const trouble of this.waiting('script')) {
      const [, waitId = ''] = call.marker.split('/');
      // A rollback that is tried again numbers its runs.
      const run = waitId.replace(/\.\d+$/, '');
      if (!waitId.startsWith(`${trouble.phase}.`) || !run.endsWith(trouble.script)) continue;
      const key = `${trouble.phase}/${trouble.script}`;
      const done = this.#failures.get(key) ?? 0;
      if (done >= trouble.times) continue;
      this.#failures.set(key, done + 1);
      return trouble.summary;
    }
    return undefined;
  }

  #dayOf(moment: Moment, launchDay: string): number | undefined {
    const { timeZone } = this.#world.plan;
    return 'day' in moment ? instantOf(addDays(launchDay, moment.day), moment.time, timeZone) : undefined;
  }

  #begin(when: (moment: Moment) => number | undefined): void {
    const { clock } = this.#world;
    for (const trouble of this.#scenario?.troubles ?? []) {
      if (!('from' in trouble)) continue;
      const ms = when(trouble.from);
      if (ms === undefined) continue;
      if (trouble.kind === 'outage') this.#during(ms, trouble.hours, this.#outages);
      else if (trouble.kind === 'nobody') this.#desert(ms, trouble.hours);
      else clock.at(ms, () => this.#sicken(trouble, 'phase' in trouble.from ? trouble.from.phase : ''));
    }
    for (const intervention of this.#scenario?.interventions ?? []) {
      const ms = when(intervention.at);
      if (ms !== undefined) clock.at(ms, () => this.#world.intervene(intervention));
    }
  }

  #sicken({ check, value, shared, hours }: Sickness, phase: string): void {
    const { clock, alarm } = this.#world;
    const failing = this.#failing.get(check) ?? new Changing<Failing | undefined>(undefined);
    this.#failing.set(check, failing);
    failing.set(clock.nowMs(), { value, shared, phase });
    clock.after(alarmAfterMs, () => alarm(check));
    if (hours !== undefined) clock.after(hours * hourMs, () => failing.set(clock.nowMs(), undefined));
  }

  #desert(ms: number, hours: number): void {
    this.#during(ms, hours, this.#desertions, (nowMs) =>
      this.#deserted.set(nowMs, this.#desertions.size > 0),
    );
  }

  #during(
    ms: number,
    hours: number,
    lasting: Set<object>,
    changed: (nowMs: number) => void = () => undefined,
  ): void {
    const { clock } = this.#world;
    const one = {};
    clock.at(ms, () => {
      lasting.add(one);
      changed(clock.nowMs());
      clock.after(hours * hourMs, () => {
        lasting.delete(one);
        changed(clock.nowMs());
      });
    });
  }
}

type Befalling = Exclude<Trouble, { readonly from: unknown }>;
type Failing = Illness & { readonly phase: string };
type Sickness = Extract<TroubleNow, { readonly kind: 'metric' }>;
