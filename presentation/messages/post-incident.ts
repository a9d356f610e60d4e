/** The words of a post-incident review, by language. */
import { englishCauses } from './causes.english.ts';
import { frenchCauses } from './causes.french.ts';
import { englishSeverities, frenchSeverities } from './severities.ts';

export const postIncidentTexts = {
  en: {
    causes: englishCauses,
    release: 'Release',
    incident: 'Incident',
    phase: 'Phase',
    severity: 'Severity',
    openedAt: 'Opened',
    resolvedAt: 'Resolved',
    reopened: 'Opened again',
    notYet: 'not yet',
    severities: englishSeverities,
    sections: [
      ['What happened', 'What did users and the team see, and from when to when?'],
      ['Effect', 'Whom did it touch, and how much?'],
      ['Course', 'Who noticed it, who acted, when? The timeline of the release has the instants.'],
      ['Causes', 'What made it possible? Systems and procedures, not people.'],
      ['What went well', 'What kept it small, or short?'],
      ['Actions', 'What is done so that it does not come back, by whom, until when?'],
    ],
    actions: ['Action', 'Who', 'Until'],
  },
  fr: {
    causes: frenchCauses,
    release: 'Déploiement',
    incident: 'Incident',
    phase: 'Phase',
    severity: 'Gravité',
    openedAt: 'Ouvert',
    resolvedAt: 'Résolu',
    reopened: 'Rouvert (fois)',
    notYet: 'pas encore',
    severities: frenchSeverities,
    sections: [
      ['Ce qui s’est passé', "Qu'ont vu les utilisateurs et l'équipe, de quand à quand ?"],
      ['Effets', 'Qui a été touché, et à quel point ?'],
      ['Déroulement', "Qui l'a remarqué, qui a agi, quand ? Le journal du déploiement donne les instants."],
      ['Causes', "Qu'est-ce qui l'a rendu possible ? Systèmes et procédures, pas personnes."],
      ['Ce qui a bien marché', "Qu'est-ce qui l'a limité, ou abrégé ?"],
      ['Actions', 'Que fait-on pour que cela ne revienne pas, qui, pour quand ?'],
    ],
    actions: ['Action', 'Qui', 'Pour quand'],
  },
} as const;
