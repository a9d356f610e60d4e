/**
 * What one evaluation may cost: a function that calls itself without end fails its state, as on AWS, which gives an
 * expression a second, and a stack. Counted in steps of the interpreter, so that every machine gives the same answer.
 */
import type jsonata from 'jsonata';

/** About as many as take a second. */
const stepsMax = 200_000;
/** Steps inside of each other. A call of a function takes about five. */
const depthMax = 10_000;

export class Effort {
  #steps = 0;
  #depth = 0;

  enter(): void {
    this.#steps += 1;
    this.#depth += 1;
    if (this.#depth > depthMax) throw new RangeError('Stack overflow error');
    if (this.#steps > stepsMax) throw new RangeError('Expression evaluation timeout');
  }

  leave(): void {
    this.#depth -= 1;
  }
}

/** The binding of an evaluation that holds its Effort: no expression can read a name with a space in it. */
export const effortName = 'effort of this evaluation';

interface Frame {
  lookup(name: string): unknown;
}
/** jsonata calls what it finds under these names around each step. Their type is wider than that of `assign`. */
type Hooked = { assign(name: symbol, hook: (step: unknown, input: unknown, frame: Frame) => void): void };

/** From now on each evaluation needs an Effort under `effortName`. */
export function bound(expression: jsonata.Expression): void {
  const hooked = expression as unknown as Hooked;
  const effortIn = (frame: Frame): Effort | undefined => {
    const effort = frame.lookup(effortName);
    return effort instanceof Effort ? effort : undefined;
  };
  hooked.assign(Symbol.for('jsonata.__evaluate_entry'), (_step, _input, frame) => effortIn(frame)?.enter());
  hooked.assign(Symbol.for('jsonata.__evaluate_exit'), (_step, _input, frame) => effortIn(frame)?.leave());
}
