/** What people and the product may ask of releases over HTTP. It has no power to change anything. */
import { checkAccess } from '../api/check-access.ts';
import { listFreezes } from '../api/list-freezes.ts';
import { listGates } from '../api/list-gates.ts';
import { listIncidents } from '../api/list-incidents.ts';
import { listMessages } from '../api/list-messages.ts';
import { listPhases } from '../api/list-phases.ts';
import { listReleases } from '../api/list-releases.ts';
import { listRisks } from '../api/list-risks.ts';
import { listTasks } from '../api/list-tasks.ts';
import { readForecast } from '../api/read-forecast.ts';
import { readLooks } from '../api/read-looks.ts';
import { readOpenapi } from '../api/read-openapi.ts';
import { readPhase } from '../api/read-phase.ts';
import { readRelease } from '../api/read-release.ts';
import { readScorecard } from '../api/read-scorecard.ts';
import { readTimeline } from '../api/read-timeline.ts';
import { api } from './api.ts';

export const readApi = api('read-api', {
  'list-releases': listReleases,
  'read-release': readRelease,
  'read-timeline': readTimeline,
  'list-phases': listPhases,
  'read-phase': readPhase,
  'read-looks': readLooks,
  'list-gates': listGates,
  'list-messages': listMessages,
  'list-incidents': listIncidents,
  'list-risks': listRisks,
  'list-tasks': listTasks,
  'list-freezes': listFreezes,
  'read-scorecard': readScorecard,
  'read-forecast': readForecast,
  'read-openapi': readOpenapi,
  'check-access': checkAccess,
});
