/** What several commands are typed with. */
export const phase = { name: 'phase', help: 'a phase of the plan, by its id' } as const;

export const text = <const N extends string>(name: N, help: string) =>
  ({ name, help, required: true, flags: `--${name} <text>` }) as const;
export const reason = text('reason', 'why; it is kept in the ledger');
export const comment = text('comment', 'what is said with it; it is kept in the ledger');
