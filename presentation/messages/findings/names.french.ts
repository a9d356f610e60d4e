/** Constats sur les identifiants et ce qu'ils nomment, en français. */
import type { NameFindings, ReferenceKind } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

const kinds: Readonly<Record<ReferenceKind, { readonly name: string; readonly feminine?: true }>> = {
  phase: { name: 'phase', feminine: true },
  role: { name: 'rôle' },
  check: { name: 'mesure', feminine: true },
  script: { name: 'script' },
  component: { name: 'composant' },
  message: { name: 'message' },
  segment: { name: 'segment' },
};

function unknown(kind: ReferenceKind, id: string, known: readonly string[]) {
  const { name, feminine } = kinds[kind];
  return {
    message: `il n'y a pas de ${name} « ${id} »`,
    allowed: known.join(', ') || (feminine ? `aucune ${name} n'est définie` : `aucun ${name} n'est défini`),
    fix: feminine
      ? `définissez la ${name}, ou nommez-en une qui existe`
      : `définissez le ${name}, ou nommez-en un qui existe`,
  };
}

const users = 'que nomme une phase, une porte, un élément ou une étape de retour arrière';

export const frenchNames: FindingTexts<NameFindings> = {
  'unknown-reference': (found) =>
    found.kind === 'exposure'
      ? {
          message: `aucune phase ne donne accès à ${found.percent} %`,
          allowed: found.given.join(', '),
          fix: "écrivez l'accès que donne une phase, ou 100 pour tout le monde",
        }
      : unknown(found.kind, found.id, found.known),
  'unused-check': ({ check }) => ({
    message: `rien n'utilise la mesure « ${check} »`,
    allowed: `une mesure ${users}`,
    fix: 'utilisez-la ou supprimez-la',
  }),
  'unused-script': ({ script }) => ({
    message: `rien n'utilise le script « ${script} »`,
    allowed: `un script ${users}`,
    fix: 'utilisez-le ou supprimez-le',
  }),
  'unknown-placeholder': ({ placeholder, known, meant }) => ({
    message: `rien ne remplit ${placeholder}`,
    allowed: known.map((one) => `{{${one}}}`).join(', '),
    fix:
      meant === undefined
        ? "nommez l'une de ces valeurs, ou écrivez la vôtre"
        : `écrivez {{${meant}}}, sans espaces`,
  }),
  duplicate: ({ name, before }) => ({
    message: `« ${name} » est déjà donné à ${before}`,
    allowed: 'chaque identifiant une fois, chaque nom de phase ou de niveau de retour arrière une fois',
    fix: "renommez l'un des deux, ou supprimez-le",
  }),
};
