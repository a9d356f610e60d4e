/** A simulated world at rest, for tests that call handlers one by one. */
import { rehearsalWorld } from '#rehearsal/rehearse.ts';
import type { World } from '#rehearsal/world/world.ts';
import { readPlanForTest } from './plans.ts';

export const release = {
  releaseId: 'demo-1',
  version: '1.0.0',
  launchDay: '2025-05-18',
  startedBy: 'project-lead-1',
};
export const lead = { userId: 'project-lead-1', roles: ['project-lead'] };

const plan = readPlanForTest('technicia');

/** Technicia's world on 9 April 2025, 16:00 in Paris: nothing has been started. */
export const quietWorld = (): World => rehearsalWorld({ plan, seed: 1, users: 50, launchDay: '2025-05-18' });
