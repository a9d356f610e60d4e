/** Simulated AWS around the workflow: Step Functions, Scheduler and Run Command, each with the semantics that matter. */

import type { ScriptCall, ScriptRunner, ScriptStatus } from '#application/ports/scripts.ts';
import type {
  Escalations,
  ExecutionStatus,
  Executions,
  ReleaseMachine,
  Schedule,
  Schedules,
  Started,
  Tasks,
} from '#application/ports/workflow.ts';
import { ScriptNotStarted, WaitClosed } from '#domain/errors.ts';
import { quoted } from '#domain/quoted.ts';
import { minuteMs } from '#domain/time.ts';
import { type Engine, executionArnOf, type StartRequest } from '../asl/engine.ts';
import { ApiError } from '../asl/errors.ts';
import type { Execution } from '../asl/execution.ts';
import type { Machine } from '../asl/machine.ts';
import type { Timer, VirtualClock } from '../clock.ts';
import type { Chance } from './chance.ts';

const account = 'arn:aws:states:eu-west-3:000000000000:stateMachine';
export const machineArns = { release: `${account}:release`, escalation: `${account}:escalation` } as const;

export class SimulatedTasks implements Tasks {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async succeed(token: string, output: Readonly<Record<string, unknown>>): Promise<void> {
    this.#answer(() => this.#engine.sendTaskSuccess(token, output));
  }

  async heartbeat(token: string): Promise<void> {
    this.#answer(() => this.#engine.sendTaskHeartbeat(token));
  }

  #answer(send: () => void): void {
    try {
      send();
    } catch (error) {
      if (error instanceof ApiError && closed.has(error.name)) throw new WaitClosed(error);
      throw error;
    }
  }
}

/** What else is refused (an answer that is too large) is a fault. */
const closed: ReadonlySet<string> = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

function started(engine: Engine, request: StartRequest & { readonly name: string }): Started {
  try {
    return { executionArn: engine.start(request).arn, taken: false };
  } catch (error) {
    if (!(error instanceof ApiError) || error.name !== 'ExecutionAlreadyExists') throw error;
    return { executionArn: executionArnOf(request.stateMachineArn, request.name), taken: true };
  }
}

export class SimulatedReleaseMachine implements ReleaseMachine {
  readonly #engine: Engine;
  readonly #machine: Machine;

  constructor(engine: Engine, machine: Machine) {
    this.#engine = engine;
    this.#machine = machine;
  }

  async start(name: string, input: Readonly<Record<string, unknown>>): Promise<Started> {
    return started(this.#engine, {
      machine: this.#machine,
      stateMachineArn: machineArns.release,
      name,
      input,
    });
  }

  async stop(executionArn: string, reason: string): Promise<void> {
    const execution = find(this.#engine, executionArn);
    if (execution) this.#engine.stop(execution, { error: 'Release.Aborted', cause: reason });
  }
}

export class SimulatedExecutions implements Executions {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async status(executionArn: string): Promise<ExecutionStatus> {
    const statuses = {
      RUNNING: 'running',
      SUCCEEDED: 'succeeded',
      FAILED: 'failed',
      TIMED_OUT: 'timed-out',
      ABORTED: 'aborted',
    } as const;
    return statuses[find(this.#engine, executionArn)?.status ?? 'ABORTED'];
  }
}

const find = (engine: Engine, executionArn: string): Execution | undefined =>
  engine.executions().find(({ arn }) => arn === executionArn);

export class SimulatedEscalations implements Escalations {
  readonly #engine: Engine;
  readonly #machine: Machine;

  constructor(engine: Engine, machine: Machine) {
    this.#engine = engine;
    this.#machine = machine;
  }

  async start(name: string, input: Readonly<Record<string, unknown>>): Promise<Started> {
    return started(this.#engine, {
      machine: this.#machine,
      stateMachineArn: machineArns.escalation,
      name,
      input,
    });
  }
}

const scheduleNameMax = 64;

export class SimulatedSchedules implements Schedules {
  readonly #clock: VirtualClock;
  readonly #fire: (schedule: Schedule) => void;
  readonly #timers = new Map<string, { timer: Timer; schedule: Schedule }>();

  constructor(clock: VirtualClock, fire: (schedule: Schedule) => void) {
    this.#clock = clock;
    this.#fire = fire;
  }

  async put(schedule: Schedule): Promise<void> {
    if (!/^[0-9A-Za-z._-]+$/.test(schedule.name) || schedule.name.length > scheduleNameMax) {
      throw new RangeError(
        `schedule name "${schedule.name}": at most ${scheduleNameMax} of 0-9 A-Z a-z - _ .`,
      );
    }
    await this.remove(schedule.name);
    const { when } = schedule;
    if ('atMs' in when) {
      const timer = this.#clock.at(when.atMs, () => {
        this.#timers.delete(schedule.name);
        this.#fire(schedule);
      });
      this.#timers.set(schedule.name, { timer, schedule });
    } else {
      this.#repeat(schedule, when.everyMinutes * minuteMs, when.untilMs);
    }
  }

  #repeat(schedule: Schedule, periodMs: number, untilMs: number): void {
    const timer = this.#clock.after(periodMs, () => {
      if (this.#clock.nowMs() > untilMs) {
        this.#timers.delete(schedule.name);
        return;
      }
      this.#repeat(schedule, periodMs, untilMs);
      this.#fire(schedule);
    });
    this.#timers.set(schedule.name, { timer, schedule });
  }

  async remove(name: string): Promise<void> {
    const known = this.#timers.get(name);
    if (!known) return;
    this.#clock.cancel(known.timer);
    this.#timers.delete(name);
  }

  async names(prefix: string): Promise<readonly string[]> {
    return [...this.#timers.keys()].filter((name) => name.startsWith(prefix)).slice(0, 100);
  }
}

/** Of the port: the end of what a script printed. */
const summaryMax = 500;

interface Command extends ScriptStatus {
  readonly call: ScriptCall;
}

export class SimulatedScripts implements ScriptRunner {
  readonly #clock: VirtualClock;
  readonly #chance: Chance;
  readonly #fails: (call: ScriptCall) => string | undefined;
  readonly #tell: (command: string) => void;
  readonly #commands = new Map<string, Command>();
  readonly #byMarker = new Map<string, string>();

  /** `fails` answers the last lines of a run that fails; `tell` is the best-effort status event. */
  constructor(
    clock: VirtualClock,
    chance: Chance,
    fails: (call: ScriptCall) => string | undefined,
    tell: (command: string) => void,
  ) {
    this.#clock = clock;
    this.#chance = chance;
    this.#fails = fails;
    this.#tell = tell;
  }

  async start(call: ScriptCall): Promise<{ command: string }> {
    const known = this.#byMarker.get(call.marker);
    if (known !== undefined) return { command: known };
    const command = this.#chance.uuid();
    const running: Command = {
      call,
      marker: call.marker,
      status: 'running',
      exitCode: -1,
      summary: quoted(''),
    };
    this.#byMarker.set(call.marker, command);
    this.#commands.set(command, running);
    const failure = this.#fails(call);
    const minutes = call.timeoutMinutes * this.#chance.between(0.2, 0.6);
    this.#clock.after(minutes * minuteMs, () => {
      const ended: Command =
        failure === undefined
          ? { ...running, status: 'succeeded', exitCode: 0, summary: quoted(`${call.path}: done`) }
          : { ...running, status: 'failed', exitCode: 1, summary: quoted(failure.slice(-summaryMax)) };
      this.#commands.set(command, ended);
      this.#tell(command);
    });
    return { command };
  }

  async describe(command: string): Promise<ScriptStatus> {
    const known = this.#commands.get(command);
    if (!known) throw new ScriptNotStarted({ code: 'no-such-command', params: { command } });
    return known;
  }
}
