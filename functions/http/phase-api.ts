/** What people may do in a phase, and about incidents, over HTTP. It cannot start or stop a release. */

import { approveGate, rejectGate } from '../api/answer-gate.ts';
import { agreeRollback, declineRollback } from '../api/answer-rollback.ts';
import { decidePhase } from '../api/decide-phase.ts';
import { acknowledgeIncident, reopenIncident, resolveIncident } from '../api/move-incident.ts';
import { openIncident } from '../api/open-incident.ts';
import { orderPhase } from '../api/order-phase.ts';
import { overrideCriterion } from '../api/override-criterion.ts';
import { overrideIncident } from '../api/override-incident.ts';
import { readGate } from '../api/read-gate.ts';
import { reportCorrection } from '../api/report-correction.ts';
import { resumePhase } from '../api/resume-phase.ts';
import { tickItem } from '../api/tick-item.ts';
import { untickItem } from '../api/untick-item.ts';
import { waiveItem } from '../api/waive-item.ts';
import { api } from './api.ts';

export const phaseApi = api('phase-api', {
  'open-incident': openIncident,
  'acknowledge-incident': acknowledgeIncident,
  'resolve-incident': resolveIncident,
  'reopen-incident': reopenIncident,
  'tick-item': tickItem,
  'untick-item': untickItem,
  'waive-item': waiveItem,
  'read-gate': readGate,
  'override-criterion': overrideCriterion,
  'override-incident': overrideIncident,
  'approve-gate': approveGate,
  'reject-gate': rejectGate,
  'order-phase': orderPhase,
  'report-correction': reportCorrection,
  'resume-phase': resumePhase,
  'decide-phase': decidePhase,
  'agree-rollback': agreeRollback,
  'decline-rollback': declineRollback,
});
