/** What lint says in English. */
import { englishCourse } from './course.english.ts';
import { englishDates } from './dates.english.ts';
import { englishFile } from './file.english.ts';
import { firstErrors, type LintTexts } from './finding-texts.ts';
import { englishJudging } from './judging.english.ts';
import { englishMessages } from './messages.english.ts';
import { englishNames } from './names.english.ts';
import { englishPeople } from './people.english.ts';

const findings: LintTexts['findings'] = {
  ...englishNames,
  ...englishDates,
  ...englishCourse,
  ...englishJudging,
  ...englishPeople,
  ...englishMessages,
  ...englishFile,
};

const exampleOfPath = 'give the path of a plan file, for example plans/example.yaml';
const causes: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be opened',
  ENOTDIR: 'a folder of its path is none',
};

export const english: LintTexts = {
  findings,
  refusals: {
    'not-a-file': ({ path }) => `${path} is not a file: ${exampleOfPath}`,
    'too-many-bytes': ({ path, bytes, bytesMax }) =>
      `${path} has ${bytes} bytes; a plan has at most ${bytesMax}: is it the right file?`,
    'cannot-be-read': ({ path, cause }) =>
      `${path} cannot be read (${causes[cause] ?? cause}): ${exampleOfPath}`,
    'plan-with-errors': ({ path, errors }) => {
      const { lines, others } = firstErrors({ findings }, errors, ': ');
      return [
        `the plan ${path} cannot be used:`,
        ...lines,
        ...(others > 0 ? [`  … and ${others} other errors`] : []),
        `"jalon lint ${path}" says all that is wrong and what to do.`,
      ].join('\n');
    },
  },
  severities: { error: 'error', warning: 'warning' },
  labels: { value: 'value:', allowed: 'allowed:', fix: 'fix:' },
  counts: (errors, warnings) => `${errors} errors, ${warnings} warnings`,
};
