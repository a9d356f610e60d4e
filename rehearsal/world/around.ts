/** Ports with something done around each of their calls. What costs no permission (plan, clock, log) is left alone. */
import type { Ports } from '#application/ports/ports.ts';

export interface PortCall {
  readonly port: string;
  readonly method: string;
  readonly given: readonly unknown[];
}

const untouched: ReadonlySet<string> = new Set(['plan', 'clock', 'log']);

/** `act` decides when the call is made (`go`), and what it answers. */
export function around(
  ports: Ports,
  act: (call: PortCall, go: () => Promise<unknown>) => Promise<unknown>,
): Ports {
  const entries = Object.entries(ports).map(([name, port]) => [
    name,
    untouched.has(name)
      ? port
      : new Proxy(port, { get: (target, member) => acted(target, name, member, act) }),
  ]);
  return Object.fromEntries(entries) as Ports;
}

function acted(
  target: object,
  port: string,
  member: string | symbol,
  act: Parameters<typeof around>[1],
): unknown {
  const value: unknown = Reflect.get(target, member);
  if (typeof value !== 'function') return value;
  return (...given: readonly unknown[]) =>
    act({ port, method: String(member), given }, async () => Reflect.apply(value, target, given));
}
