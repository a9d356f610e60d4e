/** Findings about ids and what they name, in English. */
import type { NameFindings } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

const unused = (kind: 'check' | 'script', id: string) => ({
  message: `nothing uses the ${kind} "${id}"`,
  allowed: `a ${kind} that a phase, a gate, an item or a rollback step names`,
  fix: 'use it or remove it',
});

export const englishNames: FindingTexts<NameFindings> = {
  'unknown-reference': (found) =>
    found.kind === 'exposure'
      ? {
          message: `no phase gives access to ${found.percent} %`,
          allowed: found.given.join(', '),
          fix: 'write the exposure of a phase, or 100 for everybody',
        }
      : {
          message: `there is no ${found.kind} "${found.id}"`,
          allowed: found.known.join(', ') || `no ${found.kind} is defined`,
          fix: `define the ${found.kind} or name one that is there`,
        },
  'unused-check': ({ check }) => unused('check', check),
  'unused-script': ({ script }) => unused('script', script),
  'unknown-placeholder': ({ placeholder, known, meant }) => ({
    message: `nothing fills in ${placeholder}`,
    allowed: known.map((one) => `{{${one}}}`).join(', '),
    fix: meant === undefined ? 'name one of these or write the value' : `write {{${meant}}}, without blanks`,
  }),
  duplicate: ({ name, before }) => ({
    message: `"${name}" is given at ${before} already`,
    allowed: 'each id once, each name of a phase or rollback level once',
    fix: 'rename one of them, or remove it',
  }),
};
