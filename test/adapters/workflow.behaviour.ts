/** What Tasks, ReleaseMachine, Executions and Escalations keep: one answer per token, one execution per name, an end that stays. */
import { describe, expect, it } from 'vitest';
import type { Escalations, Executions, ReleaseMachine, Tasks } from '#application/ports/workflow.ts';
import { WaitClosed } from '#domain/errors.ts';
import { Engine } from '#rehearsal/asl/engine.ts';
import { loadMachine } from '#rehearsal/asl/load.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { definition, startMs, waitForCallback } from '#test/rehearsal/asl/bench.ts';

/** Step Functions, with a machine whose only state waits for the answer to a token. */
function stepFunctions() {
  const clock = new VirtualClock(startMs);
  const tokens: string[] = [];
  let uuids = 0;
  const engine = new Engine({
    clock,
    invoke: async (_, payload) => void tokens.push((payload as { readonly token: string }).token),
    resolveMachine: () => undefined,
    random: () => 0.5,
    uuid: () => {
      uuids += 1;
      return `uuid-${uuids}`;
    },
  });
  const machine = loadMachine(definition({ Ask: waitForCallback('ask') }));
  return { clock, engine, machine, tokens };
}
export type StepFunctions = ReturnType<typeof stepFunctions>;

export interface Workflow {
  readonly tasks: Tasks;
  readonly machine: ReleaseMachine;
  readonly executions: Executions;
  readonly escalations: Escalations;
}

export function describeWorkflow(make: (service: StepFunctions) => Workflow): void {
  const begun = async () => {
    const service = stepFunctions();
    const workflow = make(service);
    const { executionArn } = await workflow.machine.start('r1', { contract: 1 });
    await service.clock.runFor(1000);
    return { ...service, ...workflow, executionArn, token: service.tokens[0] ?? '' };
  };

  describe('a task', () => {
    it('is answered once', async () => {
      const { tasks, executions, executionArn, clock, token } = await begun();
      await tasks.heartbeat(token);
      await tasks.succeed(token, { outcome: 'promote' });
      await expect(tasks.succeed(token, { outcome: 'hold' })).rejects.toThrow(WaitClosed);
      await expect(tasks.heartbeat(token)).rejects.toThrow(WaitClosed);
      await clock.runFor(1000);
      expect(await executions.status(executionArn)).toBe('succeeded');
    });

    it('of an execution that was stopped is gone, and so is one that never was', async () => {
      const { tasks, machine, executionArn, token } = await begun();
      await machine.stop(executionArn, 'because');
      await expect(tasks.succeed(token, {})).rejects.toThrow(WaitClosed);
      await expect(tasks.succeed('no token', {})).rejects.toThrow(WaitClosed);
    });

    it('is not gone because an answer is too large', async () => {
      const { tasks, token } = await begun();
      const answer = tasks.succeed(token, { text: 'x'.repeat(300_000) });
      await expect(answer).rejects.toThrow(/262144/);
      await expect(answer).rejects.not.toBeInstanceOf(WaitClosed);
      await tasks.succeed(token, {});
    });
  });

  describe('an execution', () => {
    it('is the same for the same name and input', async () => {
      const { machine, executions, executionArn } = await begun();
      expect(await machine.start('r1', { contract: 1 })).toEqual({ executionArn, taken: false });
      expect(await executions.status(executionArn)).toBe('running');
    });

    it('keeps its name from another input, and after its end', async () => {
      const { machine, executionArn } = await begun();
      expect(await machine.start('r1', { contract: 2 })).toEqual({ executionArn, taken: true });
      await machine.stop(executionArn, 'because');
      expect(await machine.start('r1', { contract: 1 })).toEqual({ executionArn, taken: true });
    });

    it('stays stopped, however often it is stopped', async () => {
      const { machine, executions, executionArn } = await begun();
      await machine.stop(executionArn, 'because');
      await machine.stop(executionArn, 'again');
      expect(await executions.status(executionArn)).toBe('aborted');
    });

    it('that is forgotten is stopped, and was aborted', async () => {
      const { machine, executions, executionArn } = await begun();
      await machine.stop(`${executionArn}-of-old`, 'because');
      expect(await executions.status(`${executionArn}-of-old`)).toBe('aborted');
    });
  });

  describe('an escalation', () => {
    it('is started once, whatever comes after, and can be asked how it stands', async () => {
      const { escalations, executions, engine } = await begun();
      const before = engine.executions().length;
      const { executionArn } = await escalations.start('i1', { incident: 'i1' });
      expect(await escalations.start('i1', { incident: 'i1' })).toEqual({ executionArn, taken: false });
      expect(await escalations.start('i1', { incident: 'other' })).toEqual({ executionArn, taken: true });
      expect(engine.executions()).toHaveLength(before + 1);
      expect(await executions.status(executionArn)).toBe('running');
    });
  });
}
