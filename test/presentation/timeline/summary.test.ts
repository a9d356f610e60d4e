import { describe, expect, it } from 'vitest';
import { quoted } from '#domain/quoted.ts';
import {
  incidentFigures,
  messageFigures,
  metricFigures,
  phaseFigures,
} from '#presentation/timeline/summary.ts';
import { admitted, told } from '../../cli/story.ts';

const corrections = (attempt: number) => ({ phase: 'corrections', attempt }) as const;

describe('figures of a release', () => {
  it('count the delay of a phase to its first promotion', () => {
    const story = told([
      ['2025-04-09T14:00:00.000Z', admitted],
      ['2025-05-11T07:00:00.000Z', { type: 'phase.opened', ...corrections(1) }],
      [
        '2025-05-16T10:00:00.000Z',
        { type: 'phase.closed', ...corrections(1), outcome: 'promote', reason: {} },
      ],
      ['2025-05-25T17:00:00.000Z', { type: 'phase.opened', ...corrections(2) }],
      [
        '2025-05-27T10:00:00.000Z',
        { type: 'phase.closed', ...corrections(2), outcome: 'promote', reason: {} },
      ],
    ]);
    expect(phaseFigures(story).find(({ phase }) => phase === 'corrections')).toEqual({
      phase: 'corrections',
      name: 'Corrections',
      plannedFrom: '2025-05-11',
      plannedTo: '2025-05-17',
      openedAt: '2025-05-11T07:00:00.000Z',
      closedAt: '2025-05-16T10:00:00.000Z',
      delayDays: -1,
      attempts: 2,
      outcome: 'promote',
    });
  });

  it('keep the plan of the day on which a phase opened', () => {
    const story = told([
      ['2025-04-09T14:00:00.000Z', admitted],
      ['2025-05-11T07:00:00.000Z', { type: 'phase.opened', ...corrections(1) }],
      [
        '2025-05-12T07:00:00.000Z',
        { type: 'launch.moved', from: '2025-05-18', to: '2025-05-25', reason: quoted('') },
      ],
    ]);
    const planned = Object.fromEntries(
      phaseFigures(story).map(({ phase, plannedFrom }) => [phase, plannedFrom]),
    );
    expect(planned).toMatchObject({ corrections: '2025-05-11', 'production-10': '2025-05-25' });
  });

  it('say of each message whether it went, and of each metric whether it is known, met or not due yet', () => {
    const story = told([
      ['2025-05-18T07:00:00.000Z', admitted],
      ['2025-05-18T08:00:00.000Z', { type: 'message.sending', message: 'launch', campaign: 'c' }],
      [
        '2025-05-18T08:05:00.000Z',
        { type: 'message.sent', message: 'launch', campaign: 'c', sent: 106, failed: 0, declined: 0 },
      ],
      [
        '2025-05-20T15:00:00.000Z',
        { type: 'measure.recorded', measure: 'survey.satisfaction', value: 84, samples: 40 },
      ],
      [
        '2025-05-20T15:00:00.000Z',
        { type: 'measure.recorded', measure: 'analytics.adoption', value: 20, samples: 40 },
      ],
    ]);
    const messages = Object.fromEntries(messageFigures(story).map((row) => [row.message, row]));
    expect(messages['launch']).toMatchObject({
      recipients: 106,
      status: 'sent',
      sentAt: '2025-05-18T08:05:00.000Z',
    });
    expect(messages['emergency']).toMatchObject({ recipients: 0, status: 'unused' });
    const verdicts = Object.fromEntries(metricFigures(story).map(({ check, verdict }) => [check, verdict]));
    expect(verdicts).toMatchObject({ satisfaction: 'missed', adoption: 'early', availability: 'unknown' });
  });

  it('measure how long an incident took', () => {
    const incident = 'staging.1.gate';
    const story = told([
      ['2025-04-09T14:00:00.000Z', admitted],
      [
        '2025-04-20T10:00:00.000Z',
        {
          type: 'incident.opened',
          phase: 'staging',
          attempt: 1,
          incident,
          severity: 'user',
          title: { code: 'reported', params: { words: quoted('x') } },
        },
      ],
      ['2025-04-20T11:30:00.000Z', { type: 'incident.resolved', incident, by: 'support-1' }],
    ]);
    expect(incidentFigures(story)).toMatchObject([{ incident, minutes: 90, status: 'resolved' }]);
  });
});
