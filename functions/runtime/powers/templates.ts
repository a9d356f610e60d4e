import { readFile } from 'node:fs/promises';
import type { TemplateSet, Translations } from '#domain/mailing/template.ts';
import type { Provide } from './power.ts';

interface Deployed {
  readonly messages: TemplateSet;
  readonly report: Translations;
}

/** Compiled and checked when the stack was synthesized; it lies beside the code, as the plan does. */
const templatesFile = 'templates.json';

export const provide: Provide<'templates'> = () => {
  let read: Promise<Deployed> | undefined;
  const all = async () => {
    read ??= readFile(new URL(templatesFile, import.meta.url), 'utf8').then(
      (text) => JSON.parse(text) as Deployed,
    );
    return read;
  };
  return {
    of: async (message) => {
      const found = (await all()).messages[message];
      if (found) return found;
      throw new RangeError(`no template of a message "${message}" was deployed`);
    },
    report: async () => (await all()).report,
  };
};
