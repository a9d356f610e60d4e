/** A template as the build has compiled it: no parser is needed to send a mail, and a check can read what it uses. */
import type { Plan } from '../plan/plan.ts';

/** Languages that a mail can be written in, first the one that a generic template is never without. */
export const locales = ['fr', 'en'] as const satisfies readonly Plan['language'][];
export type Locale = (typeof locales)[number];

export type TemplatePart =
  /** As it stands. */
  | string
  /** A variable, escaped where the template is HTML; `.` is the entry of a list itself. */
  | { readonly value: string }
  /** The address of a page: escaped alike, never set like prose. Names of such variables end in `Url`. */
  | { readonly link: string }
  /** Once for each entry of a list, once for a flag that is set or a link that is there, else not at all. */
  | { readonly section: string; readonly parts: readonly TemplatePart[] }
  /** The other way round: where the list is empty, the flag not set, the link absent. */
  | { readonly unless: string; readonly parts: readonly TemplatePart[] };

export interface Template {
  readonly subject: readonly TemplatePart[];
  readonly html: readonly TemplatePart[];
  /** Written for reading, not the HTML without its tags. */
  readonly text: readonly TemplatePart[];
}

/** The template of one message in each language that it has. */
export type Translations = Readonly<Partial<Record<Locale, Template>>>;
/** By message, or by what a generic template is for. */
export type TemplateSet = Readonly<Record<string, Translations>>;
