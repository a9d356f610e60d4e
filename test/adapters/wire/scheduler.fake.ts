/**
 * EventBridge Scheduler over the wire, with a clock that is set by hand: schedules in UTC that fire once (`at`) or at a rate
 * until their end, and delete themselves when they have completed. Source: EventBridge Scheduler API reference.
 */
import type { Schedule } from '#application/ports/workflow.ts';
import { minuteMs } from '#domain/time.ts';
import { type Answer, type Asked, json, refused } from './service.ts';

interface Stored {
  readonly ScheduleExpression: string;
  /** Epoch seconds. */
  readonly EndDate?: number;
  readonly Target: { readonly Arn: string; readonly Input: string };
}
interface Kept extends Stored {
  readonly sinceMs: number;
}
const nameForm = /^[0-9a-zA-Z_.-]{1,64}$/;

export function fakeScheduler(startMs: number, targets: Readonly<Record<string, Schedule['target']>>) {
  const kept = new Map<string, Kept>();
  let nowMs = startMs;

  const respond = ({ operation, body }: Asked): Answer => {
    const [method = '', url = ''] = operation.split(' ');
    const { pathname, searchParams } = new URL(url, 'http://scheduler');
    const name = decodeURIComponent(pathname.replace(/^\/schedules\/?/, ''));
    if (method === 'GET') return list(searchParams);
    if (!nameForm.test(name)) return refused('ValidationException', 400);
    if (method === 'POST' && kept.has(name)) return refused('ConflictException', 409);
    if (method !== 'POST' && !kept.has(name)) return refused('ResourceNotFoundException', 404);
    if (method === 'DELETE') kept.delete(name);
    else kept.set(name, { ...(body as Stored), sinceMs: nowMs });
    return json({ ScheduleArn: `arn:aws:scheduler:eu-west-3:111122223333:schedule/jalon/${name}` });
  };

  const list = (asked: URLSearchParams): Answer => {
    const all = [...kept.keys()].filter((name) => name.startsWith(asked.get('NamePrefix') ?? '')).toSorted();
    const from = Number(asked.get('NextToken') ?? 0);
    // A page may be short although more comes.
    const to = from + Math.min(40, Number(asked.get('MaxResults')));
    return json({
      Schedules: all.slice(from, to).map((Name) => ({ Name })),
      ...(to < all.length ? { NextToken: `${to}` } : {}),
    });
  };

  /** One minute later: what fires, and what has completed. */
  const minute = (): readonly Stored[] => {
    nowMs += minuteMs;
    return [...kept].flatMap(([name, one]) => {
      const at = /^at\((.*)\)$/.exec(one.ScheduleExpression)?.[1];
      const everyMinutes = Number(/^rate\((\d+) minutes?\)$/.exec(one.ScheduleExpression)?.[1]);
      if (at !== undefined) {
        if (Date.parse(`${at}Z`) > nowMs) return [];
        kept.delete(name);
        return [one];
      }
      if (one.EndDate !== undefined && nowMs > one.EndDate * 1000) {
        kept.delete(name);
        return [];
      }
      return (nowMs - one.sinceMs) % (everyMinutes * minuteMs) === 0 ? [one] : [];
    });
  };

  return {
    respond,
    clock: { nowMs: () => nowMs },
    pass: async (minutes: number) =>
      Array.from({ length: minutes }, minute)
        .flat()
        .map(({ Target }) => ({
          target: targets[Target.Arn] ?? 'date',
          input: JSON.parse(Target.Input) as Schedule['input'],
        })),
  };
}
