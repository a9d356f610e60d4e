/** What every Exposure keeps: what was said last holds, and what was not named stays as it was. */
import { expect, it } from 'vitest';
import type { Exposure } from '#application/ports/metrics.ts';
import type { ComponentState } from '#domain/ledger/facts.ts';

interface Seen {
  readonly percent: number;
  readonly components: Readonly<Record<string, ComponentState>>;
}
export interface ExposureBench {
  readonly exposure: Exposure;
  /** What the product's servers are told now. */
  readonly seen: () => Seen;
}

export function describeExposure(make: () => ExposureBench): void {
  it('gives and takes access, also twice', async () => {
    const { exposure, seen } = make();
    for (const percent of [10, 10, 50, 100, 100, 0, 0]) {
      await exposure.set('r1', percent);
      expect(seen().percent).toBe(percent);
    }
  });

  it('switches one component, also twice, and leaves the others and the access alone', async () => {
    const { exposure, seen } = make();
    await exposure.set('r1', 10);
    for (const state of ['off', 'off', 'limited'] as const) await exposure.switch('r1', 'ocr', state);
    await exposure.switch('r1', 'chatbot', 'off');
    expect(seen()).toEqual({ percent: 10, components: { ocr: 'limited', chatbot: 'off' } });
    await exposure.switch('r1', 'ocr', 'on');
    await exposure.set('r1', 50);
    expect(seen()).toEqual({ percent: 50, components: { ocr: 'on', chatbot: 'off' } });
  });

  it('is withdrawn by the release that gave it, also twice, and by no other', async () => {
    const { exposure, seen } = make();
    expect(await exposure.withdraw('r1')).toBe(false);
    await exposure.switch('r1', 'ocr', 'off');
    expect(await exposure.withdraw('r1')).toBe(false);
    await exposure.set('r1', 50);
    expect(await exposure.withdraw('r2')).toBe(false);
    expect(seen().percent).toBe(50);
    for (const _ of [1, 2]) expect(await exposure.withdraw('r1')).toBe(true);
    expect(seen()).toEqual({ percent: 0, components: { ocr: 'off' } });
    await exposure.set('r2', 10);
    expect(await exposure.withdraw('r1')).toBe(false);
    expect(seen().percent).toBe(10);
  });

  it('may switch before anybody has access', async () => {
    const { exposure, seen } = make();
    await exposure.switch('r1', 'ocr', 'off');
    expect(seen()).toEqual({ percent: 0, components: { ocr: 'off' } });
  });
}
