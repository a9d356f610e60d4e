/** What a run of the oracle comes to: green only when every recording was replayed, or is named with why it cannot be. */

/** Recordings that the interpreter refuses at load, each with the reason. */
const notReplayed: Readonly<Record<string, string>> = {};

/** `refused` is what the loader says; `failed` is the report. */
export type Outcome =
  | { readonly id: string; readonly as: 'passed' }
  | { readonly id: string; readonly as: 'failed'; readonly says: string }
  | { readonly id: string; readonly as: 'refused'; readonly says: string };

export interface Verdict {
  readonly green: boolean;
  readonly lines: readonly string[];
}

export function verdictOf(
  outcomes: readonly Outcome[],
  reasons: Readonly<Record<string, string>> = notReplayed,
): Verdict {
  const refused = outcomes.filter((one) => one.as === 'refused');
  const named = refused.filter(({ id }) => Object.hasOwn(reasons, id));
  const faults = [
    ...outcomes.flatMap((one) => (one.as === 'failed' ? [one.says] : [])),
    ...refused
      .filter(({ id }) => !Object.hasOwn(reasons, id))
      .map(({ id, says }) => `SKIPPED ${id}, which nobody has named with a reason: ${says}`),
    // A name that names nothing would hide the next case of that name.
    ...Object.keys(reasons)
      .filter((id) => !named.some((one) => one.id === id))
      .map((id) => `NAMED ${id} as not replayed, but no such case is refused`),
  ];
  const passed = outcomes.filter((one) => one.as === 'passed').length;
  const tail = named.length === 0 ? '' : `, ${named.length} skipped`;
  const skipped = named.map(({ id }) => `skipped ${id}: ${reasons[id]}`);
  return {
    green: faults.length === 0 && passed > 0,
    lines: [...faults, ...skipped, `${passed} passed, ${faults.length} failed${tail}`],
  };
}
