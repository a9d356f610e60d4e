/** What a member is when it is left out if nobody knows it; the others stay as they are. */
export type Present<Members> = {
  [Key in keyof Members as undefined extends Members[Key] ? never : Key]: Members[Key];
} & {
  [Key in keyof Members as undefined extends Members[Key] ? Key : never]?: Exclude<Members[Key], undefined>;
};

/**
 * The members that have a value. A member that is absent and one that is `undefined` are two things for a store, for JSON
 * Schema and for `exactOptionalPropertyTypes`; what is made of things that may be missing is spread through this.
 */
export function present<Members extends object>(members: Members): Present<Members>;
export function present(members: Readonly<Record<string, unknown>>): object {
  const known: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) known[name] = value;
  return known;
}
