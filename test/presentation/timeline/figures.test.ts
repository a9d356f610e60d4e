/** The rows of the summary, as far as a ledger alone decides them: which reading counts, and what never happened. */

import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { present } from '#domain/present.ts';
import {
  daysOf,
  incidentFigures,
  messageFigures,
  metricFigures,
  phaseFigures,
} from '#presentation/timeline/summary.ts';
import { everyFact } from '#test/adapters/every-fact.ts';
import { told } from '#test/cli/story.ts';
import { admitted, gate } from '#test/support/builders.ts';
import { phase } from '#test/support/plans.ts';
import { pilot, plan } from './telling.ts';

const objective = { comparison: '<', value: 1, unit: '%' } as const;
const measured = {
  ...plan,
  phases: [
    phase('pilot', { gate: gate({ criteria: [{ id: '1', text: 'Few', check: 'errors', onFail: 'hold' }] }) }),
  ],
  successMetrics: [{ name: 'Errors', objective, target: '< 1 %', method: '', check: 'errors' }],
};
const read = (value?: number): Fact => ({
  ...everyFact['gate.decided'],
  readings: [{ criterion: '1', verdict: 'healthy', ...present({ value }) }],
});
/** Facts an hour after each other. */
const storyOf = (facts: readonly Fact[], planned = measured) =>
  told(
    [admitted, ...facts].map((fact, nth) => [
      `2025-03-03T${String(8 + nth).padStart(2, '0')}:00:00.000Z`,
      fact,
    ]),
    planned,
  );

describe('the success metrics of a summary', () => {
  it.each([
    ['met', [read(3), read(0.5)], { value: 0.5, measuredAt: '2025-03-03T10:00:00.000Z' }],
    ['missed', [read(0.5), read(3)], { value: 3, measuredAt: '2025-03-03T10:00:00.000Z' }],
    // A gate that could not read it forgets nothing.
    ['met', [read(0.5), read()], { value: 0.5, measuredAt: '2025-03-03T09:00:00.000Z' }],
  ] as const)('are %s by the last value that a gate has read', (verdict, facts, row) => {
    expect(metricFigures(storyOf(facts))).toMatchObject([{ name: 'Errors', verdict, ...row }]);
  });

  it('are unknown as long as no gate has read one', () => {
    const [row] = metricFigures(storyOf([read()]));
    expect(row?.verdict).toBe('unknown');
    expect(row).not.toHaveProperty('value');
  });
});

describe('the messages of a summary', () => {
  it('count the recipients of all campaigns, and have the day of the last', () => {
    const campaigns = ['a', 'b'].flatMap((campaign): readonly Fact[] => [
      { ...everyFact['message.sending'], campaign },
      { ...everyFact['message.sent'], campaign },
    ]);
    expect(messageFigures(storyOf(campaigns)).find(({ message }) => message === 'm1')).toMatchObject({
      recipients: 20,
      sentAt: '2025-03-03T12:00:00.000Z',
    });
  });

  it('that were never dated are not needed', () => {
    expect(messageFigures(storyOf([])).find(({ message }) => message === 'm3')).toMatchObject({
      status: 'unused',
      recipients: 0,
      subject: 'Sorry',
    });
  });
});

describe('the phases of a summary', () => {
  it('that never opened have their plan, and nothing that is real', () => {
    expect(phaseFigures(storyOf([], measured))).toEqual([
      {
        phase: 'pilot',
        name: 'Phase pilot',
        attempts: 0,
        plannedFrom: '2025-03-03',
        plannedTo: '2025-03-07',
      },
    ]);
  });

  it('that were left without a promotion are closed, and neither late nor early', () => {
    const left = { ...everyFact['phase.closed'], ...pilot, outcome: 'roll-back' } as const;
    const [row] = phaseFigures(storyOf([everyFact['phase.opened'], left]));
    expect(row).toMatchObject({ closedAt: '2025-03-03T10:00:00.000Z', outcome: 'roll-back' });
    expect(row).not.toHaveProperty('delayDays');
  });
});

it('the incidents of a summary that are not over have no duration', () => {
  const [row] = incidentFigures(storyOf([everyFact['incident.opened']]));
  expect(row).toMatchObject({ incident: 'i1', status: 'open' });
  expect(row).not.toHaveProperty('minutes');
});

it('the days of a release are counted in its own time zone, both ends with them', () => {
  expect(daysOf(plan, '2025-03-03T22:30:00.000Z', '2025-03-03T23:30:00.000Z')).toBe(2);
  expect(daysOf(plan, '2025-03-03T10:00:00.000Z', '2025-03-03T11:00:00.000Z')).toBe(1);
});
