/**
 * Schedules on Amazon EventBridge Scheduler, in one group. Each deletes itself after its last firing, which only the API
 * can ask for (not CloudFormation). IAM: scheduler:CreateSchedule, UpdateSchedule and DeleteSchedule on the group's
 * schedules; scheduler:ListSchedules on `*`; iam:PassRole on the role, to scheduler.amazonaws.com.
 */
import {
  ActionAfterCompletion,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  FlexibleTimeWindowMode,
  ListSchedulesCommand,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import type { Clock } from '#application/ports/ports.ts';
import type { Schedule, Schedules } from '#application/ports/workflow.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import { minuteMs } from '#domain/time.ts';
import { ask, nameOf } from '../aws-errors.ts';

export interface SchedulesSettings {
  readonly client: SchedulerClient;
  readonly clock: Clock;
  readonly group: string;
  /** What Scheduler becomes to call the targets and to write to the dead-letter queue. */
  readonly roleArn: string;
  /** The function (or its alias) for each kind of target. */
  readonly targetArns: Readonly<Record<Schedule['target'], string>>;
  /** A standard SQS queue: what could not be delivered. */
  readonly deadLetterArn: string;
}

/** Of the port, and of one page of ListSchedules. */
const namesMax = 100;
/** A schedule that completes, or is created, between two of our calls is tried again, so many times at most. */
const triesMax = 3;

/** A tick is worth nothing when the next is due (60 s is Scheduler's least age); a date must come, if a day late. */
const retries = {
  tick: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
  date: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
} as const satisfies Record<Schedule['target'], object>;

/** It is there already; of an update or a deletion: somebody else is changing it. */
const exists = 'ConflictException';
const gone = 'ResourceNotFoundException';
const service = 'EventBridge Scheduler';

/** Every call throws ServiceUnavailable when the service is busy or silent. */
export function eventBridgeSchedules(settings: SchedulesSettings): Schedules {
  const { client, clock, group: GroupName } = settings;
  const removed = (Name: string) =>
    client.send(new DeleteScheduleCommand({ Name, GroupName })).catch((error: unknown) => {
      if (nameOf(error) !== gone) throw error;
    });
  return {
    async put(schedule) {
      const whole = definitionOf(schedule, settings, clock.nowMs());
      for (let tries = 0; tries < triesMax; tries += 1) {
        if (await taken([exists], () => client.send(new CreateScheduleCommand(whole)))) return;
        // An update replaces everything: what is left out would go back to its default.
        if (await taken([gone, exists], () => client.send(new UpdateScheduleCommand(whole)))) return;
      }
      throw new ServiceUnavailable({
        code: 'schedule-contended',
        params: { schedule: schedule.name, times: triesMax },
      });
    },

    async remove(Name) {
      for (let tries = 0; tries < triesMax; tries += 1) {
        if (await taken([exists], () => removed(Name))) return;
      }
      throw new ServiceUnavailable({ code: 'schedule-changing', params: { schedule: Name } });
    },

    async names(NamePrefix) {
      const names: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = await ask(service, () =>
          client.send(new ListSchedulesCommand({ GroupName, NamePrefix, MaxResults: namesMax, NextToken })),
        );
        names.push(...(page.Schedules ?? []).flatMap(({ Name }) => Name ?? []));
        NextToken = page.NextToken;
      } while (NextToken !== undefined && names.length < namesMax);
      return names.slice(0, namesMax);
    },
  };
}

/** False when the service answered with one of these. */
async function taken(refusals: readonly string[], send: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask(service, send);
    return true;
  } catch (error) {
    if (!refusals.includes(nameOf(error))) throw error;
    return false;
  }
}

function definitionOf(
  { name, when, target, input }: Schedule,
  { group, roleArn, targetArns, deadLetterArn }: SchedulesSettings,
  nowMs: number,
): CreateScheduleCommandInput {
  return {
    Name: name,
    GroupName: group,
    ...expressionOf(when, nowMs),
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: FlexibleTimeWindowMode.OFF },
    ActionAfterCompletion: ActionAfterCompletion.DELETE,
    Target: {
      Arn: targetArns[target],
      RoleArn: roleArn,
      Input: JSON.stringify(input),
      DeadLetterConfig: { Arn: deadLetterArn },
      RetryPolicy: retries[target],
    },
  };
}

/** `at(yyyy-mm-ddThh:mm:ss)` without offset, or `rate()` that ends. */
function expressionOf(when: Schedule['when'], nowMs: number) {
  if ('atMs' in when) {
    // Scheduler never fires a time that has passed. Up to the minute: it must not fire before the instant.
    const atMs = Math.ceil(Math.max(when.atMs, nowMs + minuteMs) / minuteMs) * minuteMs;
    return { ScheduleExpression: `at(${new Date(atMs).toISOString().slice(0, 19)})` };
  }
  const unit = when.everyMinutes === 1 ? 'minute' : 'minutes';
  return { ScheduleExpression: `rate(${when.everyMinutes} ${unit})`, EndDate: new Date(when.untilMs) };
}
