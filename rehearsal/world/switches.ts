/** The product's switches: the percentage of users with access, and the components that were switched. */

import type { Exposure } from '#application/ports/metrics.ts';
import type { ComponentState } from '#domain/ledger/facts.ts';

export class Switches implements Exposure {
  readonly components = new Map<string, ComponentState>();
  percent = 0;
  /** Which release set the percentage. */
  #release: string | undefined;
  readonly #changed: (percent: number) => void;

  constructor(changed: (percent: number) => void = () => undefined) {
    this.#changed = changed;
  }

  async set(releaseId: string, percent: number): Promise<void> {
    this.#switch(percent);
    this.#release = releaseId;
  }

  async withdraw(releaseId: string): Promise<boolean> {
    const its = this.#release === releaseId;
    if (its) this.#switch(0);
    return its;
  }

  #switch(percent: number): void {
    this.percent = percent;
    this.#changed(percent);
  }

  async switch(_releaseId: string, component: string, state: ComponentState): Promise<void> {
    this.components.set(component, state);
  }
}
