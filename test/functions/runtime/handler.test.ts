/** How a function tells what it refuses: the log gets a code, the console of Step Functions a sentence. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Ports } from '#application/ports/ports.ts';
import { NotFound } from '#domain/errors.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { define } from '#functions/runtime/definition.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { smallPlan } from '#test/support/plans.ts';

function functionThat(run: () => Promise<Record<string, never>>, language: Plan['language']) {
  const logged: unknown[] = [];
  const ports = {
    plan: smallPlan({ language }),
    clock: { nowMs: () => 0 },
    sayRefusal,
    log: { write: (code: string, fields: unknown) => void logged.push([code, fields]) },
  } as unknown as Ports;
  const definition = define({
    name: 'step',
    needs: [],
    input: z.strictObject({ attempt: z.int() }),
    output: z.strictObject({}),
    run,
  });
  const call = (event: unknown) =>
    handlerOf(
      definition,
      ports,
    )(event).then(
      () => undefined,
      (error: unknown) => error,
    );
  return { call, logged };
}

describe('what a function refuses', () => {
  const refusing = async () => {
    throw new NotFound({ code: 'no-such-phase', params: { phase: 'p', known: ['build'] } });
  };

  it.each([
    ['en', 'the plan has no phase "p": it has build'],
    ['fr', "le plan n'a pas de phase « p » : il a build"],
  ] as const)('is told in the language of the plan (%s), and logged as a code', async (language, said) => {
    const { call, logged } = functionThat(refusing, language);
    expect(await call({ attempt: 1 })).toMatchObject({ name: 'NotFound', message: said });
    const message = 'no-such-phase {"phase":"p","known":["build"]}';
    expect(logged).toEqual([['HANDLER_FAILED', { handler: 'step', error: 'NotFound', message }]]);
  });

  it('of its own input is told alike', async () => {
    const { call } = functionThat(async () => ({}), 'fr');
    expect(await call({})).toMatchObject({
      name: 'InvalidInput',
      message: 'step : attempt : il faut un nombre, et il manque',
    });
  });

  it('is left alone when it is not ours', async () => {
    const fault = new TypeError('x is not a function');
    const { call } = functionThat(() => Promise.reject(fault), 'fr');
    expect(await call({ attempt: 1 })).toBe(fault);
    expect(fault.message).toBe('x is not a function');
  });
});
