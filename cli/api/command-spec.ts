/** The form of a row of the table of commands: what is typed, what is asked of the API, what is printed. */

/** A value that is typed. `name` is the path's parameter, or else the member of the query or the body. */
export interface Typed {
  readonly name: string;
  readonly help: string;
  readonly choices?: readonly string[];
  /** Throws BadInput. */
  readonly parse?: (text: string) => unknown;
  /** Picks from what the API answers, which is not sent it. */
  readonly picks?: true;
}

export interface TypedOption extends Typed {
  /** As commander writes them: `--role <role>`. */
  readonly flags: string;
  readonly required?: true;
}

/** Reads, by what prints their answer (`pages.ts`). */
export type Page =
  | 'releases'
  | 'timeline'
  | 'phases'
  | 'phase'
  | 'gates'
  | 'gate'
  | 'incidents'
  | 'risks'
  | 'messages'
  | 'scorecard'
  | 'forecast'
  | 'tasks'
  | 'task'
  | 'freezes'
  | 'access';

interface Row {
  /** As it is typed; a name of two words stands below the first. */
  readonly name: string;
  readonly says: string;
  /** Of the API. With `{releaseId}` the only active release is meant unless `--release` says which. */
  readonly path: string;
  readonly arguments?: readonly Typed[];
  readonly options?: readonly TypedOption[];
}

export interface Read extends Row {
  readonly method: 'GET';
  readonly page: Page;
}

export interface Order extends Row {
  readonly method: 'POST';
  /** Members of the body that are always the same. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** What is printed when it is done; `{name}` is what was typed. */
  readonly done: Readonly<Record<'en' | 'fr', string>>;
  /** Takes something away for good: asked again, or `--yes`. */
  readonly destructive?: true;
}

export type ApiCommand = Read | Order;
