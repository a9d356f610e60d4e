import { describe, expect, it } from 'vitest';
import { architecture } from '#cli/docs/pictures/architecture.ts';
import { servicesOf } from '#cli/docs/pictures/services.ts';
import { travel } from '#cli/docs/pictures/travel.ts';
import { withPictures } from '#cli/docs/readme.ts';
import * as catalogue from '#functions/catalogue.ts';
import type { Definition } from '#functions/runtime/definition.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { textOf } from '#test/support/sources.ts';

const example = readPlanForTest('example');

describe('README.md', () => {
  it('has the pictures that node cli/docs/generate.ts draws', async () => {
    const page = textOf('README.md');
    expect(await withPictures(page, example)).toBe(page);
  });

  it('is refused without a place for them', async () => {
    await expect(withPictures('# Jalon', example)).rejects.toThrow('written by node cli/docs/generate.ts');
  });
});

describe('the picture of the architecture', () => {
  const { steps, events, workers, importers, tools, callbacks, pages, apis } = catalogue;
  const groups: readonly Readonly<Record<string, Definition>>[] = [
    ...[steps, events, workers, importers],
    ...[tools, callbacks, pages, apis],
  ];
  const picture = architecture();

  it('names every function but the steps, which it counts', () => {
    const named = groups.filter((group) => group !== steps).flatMap((group) => Object.keys(group));
    expect(named.filter((name) => !picture.includes(name))).toEqual([]);
    expect(picture).toContain(`${Object.keys(steps).length} functions`);
  });

  it('has every service that a power leads to', () => {
    const powers = new Set(groups.flatMap((group) => Object.values(group).flatMap(({ needs }) => needs)));
    expect(powers.size).toBeGreaterThan(25);
    const services = [...powers].flatMap(servicesOf);
    expect(services.filter((one) => !picture.includes(`("${one}")`))).toEqual([]);
    expect([...powers].filter((power) => servicesOf(power).length === 0)).toEqual(
      // A file of the bundle, and a key.
      expect.arrayContaining(['templates', 'links']),
    );
  });
});

describe('the picture of how a fact travels', () => {
  it('goes from the person’s request through the ledger to the machine, and on to who reads', async () => {
    const lines = (await travel(example)).split('\n');
    const at = (text: string) => lines.findIndex((line) => line.includes(text));
    const stations = [
      'releases.commit: gate.opened',
      'notifier.notify',
      'approve-gate, in phase-api',
      'releases.commit: gate.approved',
      'releases.commit: gate.decided',
      'tasks.succeed',
      'close-phase',
      'read-timeline, in read-api',
      'Gate passed',
    ].map(at);
    expect(stations).not.toContain(-1);
    expect(stations).toEqual(stations.toSorted((a, b) => a - b));
  });

  it('cannot be drawn of a plan whose first gate nobody approves', async () => {
    const [first, ...phases] = example.phases;
    if (first === undefined) throw new Error('the example has no phase');
    const gate = { ...first.gate, approvals: { ...first.gate.approvals, roles: [] } };
    await expect(travel({ ...example, phases: [{ ...first, gate }, ...phases] })).rejects.toThrow(RangeError);
  });
});
