/** Everything that the public pages say, in the languages that they speak. */
import type { Locale } from '#domain/mailing/template.ts';

const french = {
  survey: {
    title: 'Votre avis',
    lead: 'Il faut une minute. Vous pouvez revenir et changer vos réponses tant que ce lien est valable.',
    least: 'pas du tout',
    most: 'tout à fait',
    yes: 'oui',
    no: 'non',
    send: 'Envoyer mes réponses',
    none: 'Choisissez une réponse à au moins une question.',
    outside: 'Choisissez une des réponses proposées.',
    thanks: 'Merci',
    kept: 'Vos réponses sont enregistrées. Rouvrez le lien de votre message pour les changer.',
  },
  problem: {
    title: 'Signaler un problème',
    lead: 'Dites ce que vous faisiez, ce que vous attendiez et ce qui s’est passé. N’écrivez ni mot de passe ni donnée confidentielle.',
    label: 'Que s’est-il passé ?',
    send: 'Envoyer',
    empty: 'Décrivez le problème en quelques mots.',
    long: (max: number) => `Écrivez au plus ${max.toLocaleString('fr')} caractères.`,
    thanks: 'Merci de l’avoir signalé',
    kept: 'L’équipe lit chaque signalement.',
  },
  unsubscribe: {
    title: 'Ne plus recevoir les annonces',
    lead: 'Vous ne recevrez plus d’annonce de nouvelle version. Nous vous préviendrons toujours d’une interruption de service.',
    send: 'Ne plus recevoir les annonces',
    done: 'C’est noté',
    kept: 'Vous ne recevrez plus d’annonce.',
    undo: 'Recevoir à nouveau les annonces',
    undone: 'Vous recevrez à nouveau les annonces.',
  },
  again: {
    title: 'Trop de changements',
    lead: 'Cette réponse a déjà été changée de nombreuses fois ; la dernière compte.',
  },
  gone: {
    title: 'Ce lien n’est plus valable',
    lead: 'Il a expiré. Un prochain message en contiendra un nouveau.',
  },
  unknown: {
    title: 'Ce lien ne mène nulle part',
    lead: 'Il est incomplet ou a été modifié. Ouvrez-le depuis le message que vous avez reçu, ou copiez-le en entier.',
  },
  busy: { title: 'Un instant', lead: 'Rien n’a été enregistré. Réessayez dans quelques minutes.' },
  large: { title: 'Trop long', lead: 'Rien n’a été enregistré. Écrivez un texte plus court.' },
  mistake: 'À corriger',
};
export type PageTexts = typeof french;

const english: PageTexts = {
  survey: {
    title: 'Your opinion',
    lead: 'It takes a minute. You can come back and change your answers as long as this link is good.',
    least: 'not at all',
    most: 'very much',
    yes: 'yes',
    no: 'no',
    send: 'Send my answers',
    none: 'Choose an answer to at least one question.',
    outside: 'Choose one of the answers on offer.',
    thanks: 'Thank you',
    kept: 'Your answers are kept. Open the link in your message again to change them.',
  },
  problem: {
    title: 'Report a problem',
    lead: 'Say what you were doing, what you expected and what happened. Write no password and nothing confidential.',
    label: 'What happened?',
    send: 'Send',
    empty: 'Describe the problem in a few words.',
    long: (max) => `Write at most ${max.toLocaleString('en')} characters.`,
    thanks: 'Thank you for the report',
    kept: 'The team reads every one.',
  },
  unsubscribe: {
    title: 'No more announcements',
    lead: 'You will get no more announcements of new versions. We will always warn you of an interruption of the service.',
    send: 'Stop announcements',
    done: 'Done',
    kept: 'You will get no more announcements.',
    undo: 'Get announcements again',
    undone: 'You will get announcements again.',
  },
  again: {
    title: 'Too many changes',
    lead: 'This answer has been changed many times already; the last one counts.',
  },
  gone: {
    title: 'This link is no longer good',
    lead: 'It has expired. A message to come will have a new one.',
  },
  unknown: {
    title: 'This link leads nowhere',
    lead: 'It is incomplete or was changed. Open it from the message that you got, or copy the whole of it.',
  },
  busy: { title: 'One moment', lead: 'Nothing was kept. Try again in a few minutes.' },
  large: { title: 'Too long', lead: 'Nothing was kept. Write a shorter text.' },
  mistake: 'To be corrected',
};

const texts: Readonly<Record<Locale, PageTexts>> = { fr: french, en: english };
export const textsIn = (locale: Locale): PageTexts => texts[locale];
