/** Code that is loaded by its first call: most calls of a function need no mail, no metrics, no scripts. */
import type { BasePorts } from '#application/port-groups.ts';

type Method = (...given: readonly unknown[]) => Promise<unknown>;
type Made<T> = (base: BasePorts) => T;

export const lazily =
  <T extends object>(load: () => Promise<{ readonly provide: Made<T> }>): Made<T> =>
  (base) => {
    let loaded: Promise<T> | undefined;
    const port = () => {
      loaded ??= load().then(({ provide }) => provide(base));
      return loaded;
    };
    // Every method of a port answers with a promise, so a call may wait for its adapter.
    return new Proxy({} as T, {
      get:
        (_, method): Method =>
        async (...given) => {
          const adapter = (await port()) as Readonly<Record<PropertyKey, Method>>;
          return adapter[method]?.(...given);
        },
    });
  };
