import { scheduler } from '../../adapters/clients/scheduler.ts';
import { eventBridgeSchedules, type SchedulesSettings } from '../../adapters/scheduler/schedules.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'schedules'> = ({ clock }) =>
  eventBridgeSchedules({
    ...settings<Omit<SchedulesSettings, 'client' | 'clock'>>('SCHEDULES'),
    client: scheduler(),
    clock,
  });
