/** The function's environment: only the composition reads it, and what is missing says so by name. */

/** Throws when the variable is not set: the stack sets it for each function that has the power. */
export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`the environment variable ${name} is not set: deploy the stack again`);
  return value;
}

/** A variable that holds JSON. */
export const settings = <T>(name: string): T => JSON.parse(variable(name)) as T;
