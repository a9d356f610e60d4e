/** The form of the table of commands: what is typed, which operation it asks, what is printed. */

import type * as z from 'zod';
import type { OperationName } from '#domain/refusals/operation-names.ts';
import type { handlers } from '#functions/catalogue.ts';
import type { CommandName, ReadName } from '#functions/runtime/operations.ts';

/** What an operation is told beside who asks: what its path names, and members of the query or the body. */
type MemberOf<N extends OperationName> = N extends OperationName
  ? Exclude<keyof z.input<(typeof handlers)[N]['input']> & string, 'actor'>
  : never;

interface Help {
  readonly help: string;
  readonly choices?: readonly string[];
  /** Throws BadInput. */
  readonly parse?: (text: string) => unknown;
}
/** A value that is typed; `picks`: it picks from what the API answers, which is not sent it. */
export type Typed<N extends OperationName = OperationName> = Help &
  ({ readonly name: MemberOf<N>; readonly picks?: never } | { readonly name: string; readonly picks: true });

export type TypedOption<N extends OperationName = OperationName> = Typed<N> & {
  /** As commander writes them: `--role <role>`. */
  readonly flags: string;
  readonly required?: true;
};

/** Reads, by what prints their answer (`views.ts`). */
export type AnswerPage =
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

export interface CommandSpec<N extends OperationName = OperationName> {
  /** As it is typed; two words: the second stands below the first. Absent: named like its operation (`commands/table.ts`). */
  readonly name?: string;
  readonly says: string;
  readonly arguments?: readonly Typed<N>[];
  readonly options?: readonly TypedOption<N>[];
}
export interface ReadCommand<N extends ReadName = ReadName> extends CommandSpec<N> {
  readonly page: AnswerPage;
}
export interface ActCommand<N extends CommandName = CommandName> extends CommandSpec<N> {
  /** Members of the body that are always the same. */
  readonly body?: Readonly<Partial<Record<MemberOf<N>, unknown>>>;
  /** What is printed when it is done; `{name}` is what was typed. */
  readonly done: Readonly<Record<'en' | 'fr', string>>;
  /** Takes something away for good: asked again, or `--yes`. */
  readonly destructive?: true;
}

/** No command asks it, and why. */
interface NoCommand {
  readonly none: string;
}
/** The commands of each operation of the API. */
export type CommandsOf = {
  readonly [N in OperationName]:
    | readonly (N extends CommandName ? ActCommand<N> : N extends ReadName ? ReadCommand<N> : never)[]
    | NoCommand;
};

/** A command with the operation that it asks. */
export type ApiCommand =
  | (ReadCommand & { readonly operation: ReadName; readonly name: string })
  | (ActCommand & { readonly operation: CommandName; readonly name: string });
