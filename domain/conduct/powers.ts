/** Which ports the parts of conduct touch. A handler lists its powers from here; on AWS they become its permissions. */
import type { Ports } from '../ports.ts';

/** Ports that cost no permission. */
export type Always = 'plan' | 'clock' | 'log';
export type Power = Exclude<keyof Ports, Always>;
export type With<P extends Power> = Pick<Ports, P | Always>;

/** Park a token, or give up one that is parked. */
export const waiting = ['releases', 'waits', 'schedules'] as const satisfies readonly Power[];
/** Answer a parked token. */
export const settling = [...waiting, 'tasks'] as const satisfies readonly Power[];
/** Read checks, remind people, call somebody. */
export const judging = [
  ...settling,
  'metrics',
  'notifier',
  'escalations',
] as const satisfies readonly Power[];
/** Look at every wait there is. */
export const reviewing = [...judging, 'scripts', 'bakes'] as const satisfies readonly Power[];
/** Plan, hold and send messages. */
export const messaging = [
  'releases',
  'schedules',
  'audience',
  'campaigns',
  'mailQueue',
] as const satisfies readonly Power[];

export type Waiting = With<(typeof waiting)[number]>;
export type Settling = With<(typeof settling)[number]>;
export type Judging = With<(typeof judging)[number]>;
export type Reviewing = With<(typeof reviewing)[number]>;
export type Messaging = With<(typeof messaging)[number]>;
