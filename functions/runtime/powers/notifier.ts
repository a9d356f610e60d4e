import { sesForTeam } from '../../adapters/clients/ses.ts';
import { type NotifierSettings, sesNotifier } from '../../adapters/notifier/ses.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'notifier'> = ({ plan, log }) =>
  sesNotifier({
    ...settings<Pick<NotifierSettings, 'from' | 'configurationSet'>>('NOTIFIER'),
    client: sesForTeam(),
    contacts: Object.fromEntries(Object.entries(plan.roles).map(([id, { contact }]) => [id, contact])),
    log,
  });
