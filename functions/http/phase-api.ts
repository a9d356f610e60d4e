/** What people may do in a phase, and about its incidents, over HTTP. It cannot start or stop a release. */
import { acknowledgeIncident } from '../api/acknowledge-incident.ts';
import { decideFailure } from '../api/decide-failure.ts';
import { decideGate } from '../api/decide-gate.ts';
import { reportCorrection } from '../api/report-correction.ts';
import { resumePhase } from '../api/resume-phase.ts';
import { tickItem } from '../api/tick-item.ts';
import { api } from './api.ts';

export const phaseApi = api('phase-api', [
  acknowledgeIncident,
  tickItem,
  decideGate,
  reportCorrection,
  resumePhase,
  decideFailure,
]);
