/** `{{name}}` in a text that a stage sets, filled in once: what is filled in is never read as a template again. */

const placeholder = /\{\{\s*([\w-]+)\s*\}\}/g;

export const namesIn = (template: string): readonly string[] =>
  [...template.matchAll(placeholder)].map(([, name = '']) => name);

/** A name without a value stays as it stands; the settings of a stage are checked for such names (`lib/metrics/`). */
export const filled = (
  template: string,
  values: Readonly<Record<string, string>>,
  encode: (value: string) => string,
): string =>
  template.replaceAll(placeholder, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : encode(value);
  });

export const inAddress = (value: string): string => encodeURIComponent(value);
export const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);
export const asItIs = (value: string): string => value;
