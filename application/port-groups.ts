/** Which ports the parts of conduct touch. A handler lists its powers from here; on AWS they become its permissions. */
import type { Ports } from './ports/ports.ts';

/** Ports that every function has: they cost no permission. */
export type BasePorts = Pick<Ports, 'plan' | 'clock' | 'log' | 'sha256' | 'sayRefusal'>;
export type Power = Exclude<keyof Ports, keyof BasePorts>;
export type With<P extends Power> = BasePorts & Pick<Ports, P>;

/** Park a token that something wakes, or give up one that is parked. */
export const waiting = ['releases', 'waits', 'schedules'] as const satisfies readonly Power[];
/** Answer a parked token. */
export const settling = [...waiting, 'tasks'] as const satisfies readonly Power[];
/** Settle once enough people agree, and call others while they do not. */
export const agreeing = [...settling, 'escalations'] as const satisfies readonly Power[];
/** Read checks, and call somebody when they say so or nobody decides. */
export const deciding = [...agreeing, 'metrics'] as const satisfies readonly Power[];
/** Decide a gate, or remind people of a checklist: every wait that people, dates and checks settle. */
export const judging = [...deciding, 'notifier', 'alerts'] as const satisfies readonly Power[];
/** Watch a bake, and tell what it says. */
export const watching = [...deciding, 'bakes', 'notifier', 'alerts'] as const satisfies readonly Power[];
/** Look at every wait there is; a bake is watched on its own ticks. */
export const reviewing = [...judging, 'runs'] as const satisfies readonly Power[];

/** Date messages, or take their dates away. */
export const dating = ['releases', 'schedules'] as const satisfies readonly Power[];
/** See whether everybody has been dealt with. */
export const counting = ['releases', 'campaigns'] as const satisfies readonly Power[];
/** Have an audience listed into the queue. */
export const announcing = [...counting, 'mailQueue'] as const satisfies readonly Power[];
/** List an audience into the queue. */
const listing = [...announcing, 'audience'] as const satisfies readonly Power[];
/** Work on a campaign until everybody has been dealt with. */
export const sending = [
  ...listing,
  'mailer',
  'templates',
  'letters',
  'links',
] as const satisfies readonly Power[];
/** Date, hold and send messages. */
export const messaging = [
  ...announcing,
  'schedules',
  'audience',
  'quota',
] as const satisfies readonly Power[];

/** Write the team's reports, and tell them. */
export const reporting = [
  ...dating,
  'metrics',
  'templates',
  'reportWriter',
  'notifier',
] as const satisfies readonly Power[];

export type Waiting = With<(typeof waiting)[number]>;
export type Settling = With<(typeof settling)[number]>;
export type Agreeing = With<(typeof agreeing)[number]>;
export type Deciding = With<(typeof deciding)[number]>;
export type Judging = With<(typeof judging)[number]>;
export type Watching = With<(typeof watching)[number]>;
export type Reviewing = With<(typeof reviewing)[number]>;
export type Dating = With<(typeof dating)[number]>;
export type Reporting = With<(typeof reporting)[number]>;
export type Counting = With<(typeof counting)[number]>;
export type Announcing = With<(typeof announcing)[number]>;
export type ListingPower = With<(typeof listing)[number]>;
export type SendingPower = With<(typeof sending)[number]>;
export type Messaging = With<(typeof messaging)[number]>;
