/** Ce que dit lint en français. Les clés sont celles de l'anglais : voir `finding-texts.ts`. */
import { frenchCourse } from './course.french.ts';
import { frenchDates } from './dates.french.ts';
import { frenchFile } from './file.french.ts';
import { firstErrors, type LintTexts } from './finding-texts.ts';
import { frenchJudging } from './judging.french.ts';
import { frenchMessages } from './messages.french.ts';
import { frenchNames } from './names.french.ts';
import { frenchPeople } from './people.french.ts';

const findings: LintTexts['findings'] = {
  ...frenchNames,
  ...frenchDates,
  ...frenchCourse,
  ...frenchJudging,
  ...frenchPeople,
  ...frenchMessages,
  ...frenchFile,
};

const plural = (count: number, one: string, many: string) => `${count} ${count > 1 ? many : one}`;
const exampleOfPath = "donnez le chemin d'un fichier de plan, par exemple plans/example.yaml";
const causes: Readonly<Record<string, string>> = {
  ENOENT: "ce fichier n'existe pas",
  EACCES: "l'ouverture en est refusée",
  ENOTDIR: "un dossier de son chemin n'en est pas un",
};

export const french: LintTexts = {
  findings,
  refusals: {
    'not-a-file': ({ path }) => `${path} n'est pas un fichier : ${exampleOfPath}`,
    'too-many-bytes': ({ path, bytes, bytesMax }) =>
      `${path} a ${bytes} octets ; un plan en a ${bytesMax} au plus : est-ce le bon fichier ?`,
    'cannot-be-read': ({ path, cause }) =>
      `${path} ne peut pas être lu (${causes[cause] ?? cause}) : ${exampleOfPath}`,
    'plan-with-errors': ({ path, errors }) => {
      const { lines, others } = firstErrors({ findings }, errors, ' : ');
      return [
        `le plan ${path} ne peut pas servir :`,
        ...lines,
        ...(others > 0 ? [`  … et ${plural(others, 'autre erreur', 'autres erreurs')}`] : []),
        `« jalon lint ${path} » dit tout ce qui ne va pas et quoi faire.`,
      ].join('\n');
    },
  },
  severities: { error: 'erreur', warning: 'avertissement' },
  labels: { value: 'valeur :', allowed: 'admis :', fix: 'remède :' },
  counts: (errors, warnings) =>
    `${plural(errors, 'erreur', 'erreurs')}, ${plural(warnings, 'avertissement', 'avertissements')}`,
};
