/** The table of `docs/operate/security.md`: which functions have which powers, those with the same powers in one row. */
import { apis, callbacks, events, importers, pages, steps, tools, workers } from '#functions/catalogue.ts';
import type { Definition } from '#functions/runtime/definition.ts';
import { rewritten, table } from './tables.ts';

const deployed: Readonly<Record<string, Definition>> = {
  ...steps,
  ...events,
  ...workers,
  ...importers,
  ...apis,
  ...pages,
  ...callbacks,
  ...tools,
};
/** Powers that change what users have, see or are sent, or what runs. */
const grave: readonly string[] = ['machine', 'scripts', 'exposure', 'mailer'];

function powersTable(): string {
  const functionsBy = new Map<string, string[]>();
  for (const [name, { needs }] of Object.entries(deployed)) {
    const powers = [...new Set<string>(needs)].map((power) =>
      grave.includes(power) ? `**${power}**` : power,
    );
    const said = powers.join(', ');
    functionsBy.set(said, [...(functionsBy.get(said) ?? []), `\`${name}\``]);
  }
  return table(
    ['functions', 'powers'],
    [...functionsBy].map(([powers, functions]) => [functions.join(', '), powers]),
  );
}

/** The page with its table anew. Throws RangeError when its place is not there. */
export const withPowers = (page: string): string => rewritten(page, { powers: powersTable() });
