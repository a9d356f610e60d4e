import { readFile } from 'node:fs/promises';
import type { TemplateSet } from '#domain/mail/template.ts';
import type { Provide } from './power.ts';

/** Compiled and checked when the stack was synthesized; it lies beside the code, as the plan does. */
const templatesFile = 'templates.json';

export const provide: Provide<'templates'> = () => {
  let read: Promise<TemplateSet> | undefined;
  const all = async () => {
    read ??= readFile(new URL(templatesFile, import.meta.url), 'utf8').then(
      (text) => JSON.parse(text) as TemplateSet,
    );
    return read;
  };
  return {
    of: async (message) => {
      const found = (await all())[message];
      if (found) return found;
      throw new RangeError(`no template of a message "${message}" was deployed`);
    },
  };
};
