/** What a scenario does to the world: when it begins, when it ends, and what it forces on whom. */
import { addDays, instantOf } from '#domain/calendar.ts';
import type { LedgerEntry } from '#domain/ledger.ts';
import type { Plan } from '#domain/plan.ts';
import type { ScriptCall } from '#domain/ports.ts';
import type { Release } from '#domain/release.ts';
import type { VirtualClock } from '../clock.ts';
import type { Intervention, Moment, Scenario } from '../scenario.ts';

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
  /** Check -> value it is forced to, and the phase whose end ends it. */
  readonly #forced = new Map<string, { readonly value: number; readonly phase: string }>();
  readonly #failures = new Map<string, number>();
  #outages = 0;

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
      for (const [check, { phase }] of this.#forced) if (phase === fact.phase) this.#forced.delete(check);
    }
  }

  forced(check: string): number | undefined {
    return this.#forced.get(check)?.value;
  }
  outage(): boolean {
    return this.#outages > 0;
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
      if (trouble.kind === 'outage') this.#outage(when(trouble.from), trouble.hours);
      if (trouble.kind !== 'metric') continue;
      const ms = when(trouble.from);
      if (ms === undefined) continue;
      const { check, value, hours } = trouble;
      const phase = 'phase' in trouble.from ? trouble.from.phase : '';
      clock.at(ms, () => {
        this.#forced.set(check, { value, phase });
        clock.after(alarmAfterMs, () => this.#world.alarm(check));
        if (hours !== undefined) {
          clock.after(hours * hourMs, () => {
            this.#forced.delete(check);
          });
        }
      });
    }
    for (const intervention of this.#scenario?.interventions ?? []) {
      const ms = when(intervention.at);
      if (ms !== undefined) clock.at(ms, () => this.#world.intervene(intervention));
    }
  }

  #outage(ms: number | undefined, hours: number): void {
    if (ms === undefined) return;
    this.#world.clock.at(ms, () => {
      this.#outages += 1;
      this.#world.clock.after(hours * hourMs, () => {
        this.#outages -= 1;
      });
    });
  }
}
