/** Every operation of the table has one function that answers it, which the gateway asks. */
import { describe, expect, it } from 'vitest';
import { apis, commands } from '#functions/catalogue.ts';
import { gatewayRoutes } from '#functions/http/gateway.ts';
import { operations } from '#functions/runtime/operations.ts';
import type { Permitted } from '#functions/runtime/permission.ts';
import { functionOf } from '#rehearsal/gateway.ts';

const table = Object.entries(operations);
const answered = Object.entries(apis).flatMap(([name, { handlers }]) =>
  Object.values<Permitted>(handlers).map((definition) => ({ name, definition })),
);

describe('operations', () => {
  it('are each answered by one function', () => {
    expect(answered.map(({ definition }) => definition.name).toSorted()).toEqual(
      Object.keys(operations).toSorted(),
    );
  });

  it.each(table)('%s: the gateway asks the function that answers it', (operation, { method, path }) => {
    const filled = path.replaceAll(/\{\w+\}/g, 'x-1');
    const name = answered.find(({ definition }) => definition.name === operation)?.name;
    expect(functionOf({ method, path: filled })?.name).toBe(name);
  });

  it('are all in different places, each named by its parameters', () => {
    const places = table.map(([, { method, path }]) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { definition } of answered) {
      const { shape } = definition.input as unknown as { shape: Record<string, unknown> };
      const parameters = [...operations[definition.name].path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(parameters.filter((name) => !Object.hasOwn(shape, name ?? ''))).toEqual([]);
    }
  });

  it('are commands of the catalogue where they are posted, and change nothing where they are read', () => {
    const posted = table.filter(([, { method }]) => method === 'POST').map(([name]) => name);
    expect(posted.toSorted()).toEqual(Object.keys(commands).toSorted());
    const known: readonly unknown[] = Object.values(commands);
    const powers = answered.flatMap(({ definition }) => (known.includes(definition) ? [] : definition.needs));
    expect([...new Set<string>(powers)].toSorted()).toEqual(['evidence', 'metrics', 'reader']);
  });
});

describe('routes of the gateway', () => {
  it('lead to functions of the API, and a more specific one comes first', () => {
    expect([...new Set(gatewayRoutes.map(([, , name]) => name))].toSorted()).toEqual(
      Object.keys(apis).toSorted(),
    );
    for (const [index, [method, path]] of gatewayRoutes.entries()) {
      const sample = path.replaceAll(/\{\w+\+?\}/g, 'x');
      const before = gatewayRoutes.slice(0, index).map(([, earlier]) => earlier);
      expect(before, `${method} ${sample}`).not.toContain('/{proxy+}');
      const first = functionOf({ method: method === 'ANY' ? 'PUT' : method, path: sample });
      expect(first?.name).toBe(gatewayRoutes[index]?.[2]);
    }
  });
});
