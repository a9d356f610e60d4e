/** Scripts of the plan: their arguments, with the release's own values filled in. */

export const argumentNames = ['release', 'version', 'phase', 'attempt', 'component'] as const;
export type ArgumentValues = Readonly<Record<(typeof argumentNames)[number], string>>;

/** Replaces `{{version}}` and the like; a name that is not known stays as it is (lint reports it). */
export function fillArguments(
  template: Readonly<Record<string, string>>,
  values: ArgumentValues,
): Readonly<Record<string, string>> {
  const known: Readonly<Record<string, string>> = values;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [
      name,
      value.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, key: string) => known[key] ?? placeholder),
    ]),
  );
}
