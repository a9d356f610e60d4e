/** The rehearsal as one JSON document, for programs. */

import {
  incidentFigures,
  messageFigures,
  metricFigures,
  phaseFigures,
} from '#presentation/timeline/summary.ts';
import type { Rehearsal } from '#rehearsal/rehearse.ts';

/** What the rehearsal was asked for, so that the document can be made again. */
export interface RehearsalRequest {
  readonly scenario: string | null;
  readonly seed: number;
  readonly users: number;
}

/** `format` counts changes that break readers. */
export const documentOf = (rehearsal: Rehearsal, asked: RehearsalRequest) => ({
  format: 1,
  asked,
  plan: {
    product: rehearsal.plan.product,
    title: rehearsal.plan.title,
    revision: rehearsal.plan.revision,
    timeZone: rehearsal.plan.timeZone,
  },
  outcome: rehearsal.release.status,
  stoppedAtPhase: rehearsal.stoppedAtPhase ?? null,
  execution: { status: rehearsal.executionStatus, error: rehearsal.executionError ?? null },
  startedAt: rehearsal.startedAt,
  endedAt: rehearsal.endedAt,
  release: rehearsal.release,
  phases: phaseFigures(rehearsal),
  messages: messageFigures(rehearsal),
  metrics: metricFigures(rehearsal),
  incidents: incidentFigures(rehearsal),
  campaigns: rehearsal.mailbox.campaigns,
  // Pages are for `jalon report preview`.
  notices: rehearsal.notices.map(({ html: _page, ...notice }) => notice),
  bill: rehearsal.bill,
  entries: rehearsal.entries,
});
