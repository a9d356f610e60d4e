import { appConfigExposure, type ExposureSettings } from '../../adapters/appconfig/exposure.ts';
import { appConfig } from '../../adapters/clients/appconfig.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'exposure'> = () =>
  appConfigExposure({ ...settings<Omit<ExposureSettings, 'client'>>('EXPOSURE'), client: appConfig() });
