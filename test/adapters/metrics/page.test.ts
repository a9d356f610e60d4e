/** docs/reference/metrics.md says what the code says: kinds, parts, causes, limits. */
import { describe, expect, it } from 'vitest';
import { unknownCauses } from '#domain/judge/source-faults.ts';
import { metricKinds, partsOf, sourceKinds } from '#domain/plan/metric-sources.ts';
import { aloneMs, failuresMax } from '#functions/adapters/circuit.ts';
import * as limits from '#functions/adapters/metrics/limits.ts';
import { textOf } from '#test/support/sources.ts';

const page = textOf('docs/reference/metrics.md');
const firstCells = (heading: string) =>
  [
    ...(page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '').matchAll(/^\| `([^`]+)` \|([^\n]*)/gm),
  ].map(([, name = '', rest = '']) => ({ name, rest }));

describe('docs/reference/metrics.md', () => {
  it('has every kind of metric with its parts', () => {
    const rows = firstCells('What to count');
    expect(rows.map(({ name }) => name)).toEqual([...metricKinds]);
    for (const kind of metricKinds) {
      const row = rows.find(({ name }) => name === kind)?.rest ?? '';
      for (const part of partsOf[kind]) expect(row).toContain(`\`${part}\``);
    }
  });

  it('says of every source outside the product how cohorts are told apart', () => {
    const remote = sourceKinds.filter((kind) => kind !== 'jalon');
    expect(
      firstCells('Cohorts')
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(remote.toSorted());
  });

  it('says of every cause what happened and what to do', () => {
    expect(firstCells('What an unknown cause means').map(({ name }) => name)).toEqual([...unknownCauses]);
  });

  it('has the limits of the code', () => {
    const table = page.split('\n## Limits\n')[1] ?? '';
    const number = (value: number) => value.toLocaleString('en');
    for (const text of [
      `| ${limits.lookMsMax / 1000} s |`,
      `| ${limits.answerMsMax / 1000} s, ${limits.answerBytesMax / 1024 ** 2} MiB, ${limits.seriesMax} series, ${number(limits.pointsMax)} points`,
      `| ${limits.atOnceMax} |`,
      `| ${failuresMax}, for ${aloneMs / 1000} s |`,
      `| ${number(limits.minutesMax)} |`,
    ])
      expect(table).toContain(text);
  });
});
