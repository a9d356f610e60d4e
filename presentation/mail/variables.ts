/**
 * Which variables a template may use: a table per kind of mail, from which the types of the values are made and against
 * which templates are checked (`misuse.ts`) before anything is deployed.
 */

/** `link` is the address of a page, and may be absent: a template shows it inside its own section only. */
export type VariableShape =
  | 'text'
  | 'flag'
  | 'link'
  | readonly ['text']
  | readonly [Readonly<Record<string, 'text' | readonly [Readonly<Record<string, 'text'>>]>>];
export type VariableShapes = Readonly<Record<string, VariableShape>>;

type ValueOf<S> = S extends 'text'
  ? string
  : S extends 'flag'
    ? boolean
    : S extends 'link'
      ? string | undefined
      : S extends readonly ['text']
        ? readonly string[]
        : S extends readonly [infer Entry]
          ? readonly { readonly [Name in keyof Entry]: ValueOf<Entry[Name]> }[]
          : never;
export type ValuesOf<S extends VariableShapes> = { readonly [Name in keyof S]: ValueOf<S[Name]> };

/** What every mail to a user may say. Days are written out in the reader's language. */
const shared = {
  product: 'text',
  version: 'text',
  /** Of the message, as the plan words them. */
  subject: 'text',
  content: 'text',
  launchDay: 'text',
  productUrl: 'link',
  guideUrl: 'link',
  trainingUrl: 'link',
  supportUrl: 'link',
  surveyUrl: 'link',
  problemUrl: 'link',
  unsubscribeUrl: 'link',
} as const satisfies VariableShapes;

export const mailShapes = {
  /** Invites to a phase of the plan; `ended`: the phase was over before the mail went. */
  invitation: { ...shared, phase: 'text', phaseFrom: 'text', phaseTo: 'text', ended: 'flag' },
  /** Goes to those who have access. `share`: how many of the users have it, in percent. */
  access: { ...shared, share: 'text' },
  /** Any other that has a date. */
  news: shared,
  /** Caused by an event. `features`: what users are without now, `reduced`: whether there is any. */
  notice: { ...shared, reduced: 'flag', features: ['text'] },
  /** For the team: what `domain/report/` makes of a release. */
  report: {
    product: 'text',
    subject: 'text',
    title: 'text',
    introduction: 'text',
    sections: [{ heading: 'text', rows: [{ label: 'text', value: 'text' }] }],
  },
} as const satisfies Readonly<Record<string, VariableShapes>>;

type MailKind = keyof typeof mailShapes;
export type MessageKind = Exclude<MailKind, 'report'>;
export type Variables<K extends MailKind = MailKind> = {
  readonly [Kind in K]: ValuesOf<(typeof mailShapes)[Kind]>;
}[K];
