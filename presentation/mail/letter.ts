/** What a message of the plan says to a person: its kind, and the variables that the release gives it today. */

import type { Release } from '#domain/ledger/records.ts';
import type { Letter, PersonalLinks, Writer } from '#domain/mailing/letter.ts';
import type { Locale } from '#domain/mailing/template.ts';
import { localDay } from '#domain/plan/calendar.ts';
import { announcesAccess, dayInRelease } from '#domain/plan/message-dates.ts';
import type { LocalDay, Message, Phase, Plan } from '#domain/plan/plan.ts';
import { unreachable } from '#domain/unreachable.ts';
import { escapeHtml, localeFor, render } from './render.ts';
import type { MessageKind, mailShapes, ValuesOf, Variables } from './variables.ts';

export function kindOf(message: Message): MessageKind {
  if (message.invitesTo !== undefined) return 'invitation';
  if (!message.date) return 'notice';
  return announcesAccess(message) ? 'access' : 'news';
}

/** Writes to one person after another: what is the same for all who read a language is rendered once. */
export function writerOf(letter: Letter): Writer {
  const written = new Map<string, Blank>();
  return (reads, links = {}) => {
    const locale = localeFor(letter.translations, reads, letter.plan.language);
    const names = Object.keys(links).filter((name) => links[name as keyof PersonalLinks] !== undefined);
    const key = [locale, ...names].join();
    const blank = written.get(key) ?? blankOf(letter, locale, names);
    written.set(key, blank);
    const linkIn = (name: string) => links[name as keyof PersonalLinks] ?? '';
    return {
      subject: blank.subject,
      html: filled(blank.html, (name) => escapeHtml(linkIn(name))),
      text: filled(blank.text, linkIn),
    };
  };
}

/** A mail but for the links of one person: texts, and between them the names of links. */
interface Blank {
  readonly subject: string;
  readonly html: readonly string[];
  readonly text: readonly string[];
}

function blankOf(letter: Letter, locale: Locale, names: readonly string[]): Blank {
  const stoodFor = Object.fromEntries(names.map((name) => [name, `urn:jalon:${name}`]));
  const { subject, html, text } = render(letter.translations, variablesOf(letter, locale, stoodFor), locale);
  // No template has an address of this kind in it.
  const cut = (whole: string) => whole.split(/urn:jalon:(\w+)/);
  return { subject, html: cut(html), text: cut(text) };
}

/** Every second piece is the name of a link. */
const filled = (pieces: readonly string[], linkIn: (name: string) => string): string =>
  pieces.map((piece, index) => (index % 2 === 0 ? piece : linkIn(piece))).join('');

/** The variables of the message's kind. */
function variablesOf(
  { plan, message, release, nowMs }: Letter,
  locale: Locale,
  links: PersonalLinks = {},
): Variables<MessageKind> {
  const shared = sharedOf(plan, message, release, locale, links);
  const kind = kindOf(message);
  switch (kind) {
    case 'invitation':
      return { ...shared, ...invitationOf(plan, message, release, nowMs, locale) };
    case 'access':
      return { ...shared, share: locale === 'fr' ? `${release.exposure} %` : `${release.exposure}%` };
    case 'news':
      return shared;
    case 'notice': {
      // The plan names them in its own language; a mail in another one does without the list.
      const features = locale === plan.language ? featuresWithout(plan, release) : [];
      return { ...shared, reduced: features.length > 0, features };
    }
    default:
      return unreachable(kind);
  }
}

function sharedOf(
  { product, mail }: Plan,
  { subject, content }: Message,
  { version, launchDay }: Release,
  locale: Locale,
  { surveyUrl, problemUrl, unsubscribeUrl }: PersonalLinks,
): ValuesOf<(typeof mailShapes)['news']> {
  const pages = mail?.pages;
  return {
    product: mail?.product ?? product,
    version,
    subject,
    content,
    launchDay: written(launchDay, locale),
    productUrl: pages?.product,
    guideUrl: pages?.guide,
    trainingUrl: pages?.training,
    supportUrl: pages?.support,
    surveyUrl,
    problemUrl,
    unsubscribeUrl,
  };
}

function invitationOf(plan: Plan, { invitesTo }: Message, release: Release, nowMs: number, locale: Locale) {
  const phase = plan.phases.find(({ id }) => id === invitesTo);
  if (!phase) throw new RangeError(`the plan has no phase "${invitesTo}" to invite to`);
  const day = (planned: LocalDay) => dayInRelease(plan, release.launchDay, planned);
  return {
    phase: phase.name,
    phaseFrom: written(day(phase.from), locale),
    phaseTo: written(day(phase.to), locale),
    ended: hasEnded(phase, release, day(phase.to), localDay(nowMs, plan.timeZone)),
  };
}

/** Its last day is past, and it is not open longer than planned. */
const hasEnded = ({ id }: Phase, { phases }: Release, last: LocalDay, today: LocalDay): boolean =>
  phases[id]?.status === 'closed' || (last < today && phases[id] === undefined);

/** What the components that are limited or off gave the users. */
const featuresWithout = ({ components }: Plan, release: Release): readonly string[] =>
  Object.entries(release.components)
    .filter(([, state]) => state !== 'on')
    .flatMap(([id]) => components[id]?.features ?? []);

const calendars: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  fr: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
};
/** `18 mai 2025`, `18 May 2025`. A date, hence noon of it in UTC. */
const written = (day: LocalDay, locale: Locale): string =>
  calendars[locale].format(Date.parse(`${day}T12:00:00Z`));
