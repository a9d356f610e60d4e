/** The product's switches: the percentage of users with access, and the components that were switched. */
import type { ComponentState } from '#domain/facts.ts';
import type { Exposure } from '#domain/ports.ts';

export class Switches implements Exposure {
  readonly components = new Map<string, ComponentState>();
  percent = 0;

  async set(_releaseId: string, percent: number): Promise<void> {
    this.percent = percent;
  }

  async switch(_releaseId: string, component: string, state: ComponentState): Promise<void> {
    this.components.set(component, state);
  }
}
