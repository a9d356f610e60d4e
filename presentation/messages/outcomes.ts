/** How a release ended, by language. */
import type { ReleaseOutcome } from '#domain/ledger/outcomes.ts';

type Outcomes = Readonly<Record<ReleaseOutcome, string>>;

export const englishOutcomes: Outcomes = {
  completed: 'Release completed',
  'rolled-back': 'Release rolled back in full',
  abandoned: 'Release abandoned',
  'rollback-failed': 'Rollback failed: production needs a person',
  aborted: 'Release aborted by a person',
};

export const frenchOutcomes: Outcomes = {
  completed: 'Déploiement terminé',
  'rolled-back': 'Déploiement annulé : retour arrière complet',
  abandoned: 'Déploiement abandonné',
  'rollback-failed': 'Retour arrière en échec : la production demande une intervention',
  aborted: 'Déploiement interrompu par une personne',
};
