/** What a scenario does to the world: when it begins, when it ends, and what it forces on whom. */
import { addDays, instantOf } from '#domain/calendar.ts';
import type { LedgerEntry } from '#domain/ledger.ts';
import type { Plan } from '#domain/plan.ts';
import type { ScriptCall } from '#domain/ports.ts';
import type { Release } from '#domain/release.ts';
import type { VirtualClock } from '../clock.ts';
import type { Intervention, Moment, Scenario } from '../scenario.ts';
import type { Illness } from './metrics.ts';

const hourMs = 3_600_000;
/** CloudWatch needs a few periods before an alarm changes its state. */
const alarmAfterMs = 3 * 60_000;

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
  readonly #ill = new Map<string, Illness & { readonly phase: string }>();
  readonly #failures = new Map<string, number>();
  #outages = 0;
  #desertions = 0;

  constructor(world: TroubledWorld, scenario: Scenario | undefined) {
    this.#world = world;
    this.#scenario = scenario;
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
      for (const [check, { phase }] of this.#ill) if (phase === fact.phase) this.#ill.delete(check);
    }
  }

  ill(check: string): Illness | undefined {
    return this.#ill.get(check);
  }
  outage(): boolean {
    return this.#outages > 0;
  }
  deserted(): boolean {
    return this.#desertions > 0;
  }

  /** The last lines of a run that fails. The marker names the phase: `release/phase.attempt.script...`. */
  failureOf(call: ScriptCall): string | undefined {
    for (const trouble of this.#scenario?.troubles ?? []) {
      if (trouble.kind !== 'script') continue;
      const [, waitId = ''] = call.marker.split('/');
      if (!waitId.startsWith(`${trouble.phase}.`) || !waitId.endsWith(trouble.script)) continue;
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
      if (trouble.kind === 'outage') {
        this.#during(when(trouble.from), trouble.hours, (change) => {
          this.#outages += change;
        });
      }
      if (trouble.kind === 'nobody') {
        this.#during(when(trouble.from), trouble.hours, (change) => {
          this.#desertions += change;
        });
      }
      if (trouble.kind !== 'metric') continue;
      const ms = when(trouble.from);
      if (ms === undefined) continue;
      const { check, value, hours, shared } = trouble;
      const phase = 'phase' in trouble.from ? trouble.from.phase : '';
      clock.at(ms, () => {
        this.#ill.set(check, { value, shared, phase });
        clock.after(alarmAfterMs, () => this.#world.alarm(check));
        if (hours !== undefined) {
          clock.after(hours * hourMs, () => {
            this.#ill.delete(check);
          });
        }
      });
    }
    for (const intervention of this.#scenario?.interventions ?? []) {
      const ms = when(intervention.at);
      if (ms !== undefined) clock.at(ms, () => this.#world.intervene(intervention));
    }
  }

  #during(ms: number | undefined, hours: number, count: (change: 1 | -1) => void): void {
    if (ms === undefined) return;
    this.#world.clock.at(ms, () => {
      count(1);
      this.#world.clock.after(hours * hourMs, () => count(-1));
    });
  }
}
