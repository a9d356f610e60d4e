/** The commands against the API, made from the table (`commands/table.ts`); what they need is loaded when one runs. */
import { Argument, type Command, Option } from 'commander';
import { BadInput } from '../terminal/exit.ts';
import { oneOf, wholeNumber } from '../terminal/input.ts';
import type { Io } from '../terminal/io.ts';
import type { ApiCommand, CommandSpec, Typed, TypedOption } from './command-spec.ts';
import { rows } from './commands/table.ts';
import type { RunOptions } from './execute.ts';
import { type ProcessEnvironment, processEnvironmentOf } from './process-context.ts';
import { isOfRelease, type Values } from './requests.ts';
import type { WatchOptions } from './status.ts';

const below: Readonly<Record<string, string>> = {
  order: 'makes a phase do something else than wait',
  profile: 'names an API, and where its tokens come from',
};

/** Adds every command to `jalon`. */
export function addApi(
  jalon: Command,
  io: Io,
  planHelp: string,
  processEnvironment: ProcessEnvironment = processEnvironmentOf(io),
): void {
  addStatus(jalon, processEnvironment);
  addStory(jalon, processEnvironment, planHelp);
  for (const row of rows) addRow(jalon, row, processEnvironment);
  addProfiles(jalon, processEnvironment);
  addCompletion(jalon, processEnvironment);
}

function addRow(jalon: Command, row: ApiCommand, processEnvironment: ProcessEnvironment): void {
  const command = commandAt(jalon, row.name)
    .description(row.says)
    .helpGroup('page' in row ? 'Reading a release:' : 'Conducting a release:');
  for (const one of row.arguments ?? [])
    command.addArgument(withChoices(new Argument(`<${one.name}>`, one.help), one));
  for (const one of row.options ?? []) command.addOption(withChoices(new Option(one.flags, one.help), one));
  addPlace(command, isOfRelease(row.operation));
  if ('done' in row) {
    command.option('--idempotency-key <key>', 'sends a command again whose answer was lost: it counts once');
    if (row.destructive) command.option('--yes', 'does not ask again');
  }
  command.action(async (...all: readonly unknown[]) => {
    const typed = typedIn(row, command, all);
    const { run } = await import('./execute.ts');
    await run(row, typed, command.opts<RunOptions>(), processEnvironment);
  });
}

/** A name of two words stands below a command of the first. */
function commandAt(jalon: Command, name: string): Command {
  const [first = '', second] = name.split(' ');
  if (second === undefined) return jalon.command(first);
  const parent =
    jalon.commands.find((one) => one.name() === first) ??
    jalon
      .command(first)
      .description(below[first] ?? '')
      .helpGroup('Conducting a release:');
  return parent.command(second);
}

/** Choices are for completion: our parser says more of a wrong one than commander does. */
function withChoices<T extends Argument | Option>(made: T, { choices, parse }: Typed): T {
  if (choices !== undefined) made.choices(choices);
  if (parse !== undefined) made.argParser(parse);
  return made;
}

/** Where the API is, who asks, and how the answer is printed. */
function addPlace(command: Command, ofRelease: boolean): void {
  if (ofRelease) command.option('--release <id>', 'the release (default: the only one under way)');
  command
    .option('--api <url>', 'the address of the API (default: JALON_API, or the profile)')
    .option('--profile <name>', 'of "jalon profile set" (default: JALON_PROFILE)')
    .option('--token-file <file>', 'holds the access token (default: JALON_TOKEN, or the profile)')
    .option('--as <role>', 'on a rehearsal of this machine: a role, or ada:project-lead,qa')
    .option('--lang <language>', 'fr or en (default: LANG)', oneOf('--lang', ['fr', 'en']))
    .option('--json', 'the answer as it came')
    .addOption(new Option('--token <token>').hideHelp().argParser(refuseToken));
}

function refuseToken(): never {
  throw new BadInput(
    '--token: others on this machine can read a command line; set JALON_TOKEN, or write --token-file and the name of a file',
  );
}

/** The values that were typed, by name. Throws BadInput when one is missing, or two say the same. */
function typedIn(
  { arguments: inOrder = [], options = [] }: Pick<CommandSpec, 'arguments' | 'options'>,
  command: Command,
  all: readonly unknown[],
): Values {
  const typed: Record<string, unknown> = Object.fromEntries(inOrder.map(({ name }, at) => [name, all[at]]));
  for (const [name, same] of Object.entries(Object.groupBy(options, (one) => one.name))) {
    const [first, ...more] = same?.filter((one) => given(one, command) !== undefined) ?? [];
    const flags = same?.map((one) => one.flags.split(' ')[0]).join(', ');
    if (more.length > 0) throw new BadInput(`${flags} say the same in different ways: write one of them`);
    if (first !== undefined) typed[name] = given(first, command);
    else if (same?.[0]?.required) throw new BadInput(`${flags} is missing: ${same[0].help}`);
  }
  return typed;
}

const given = ({ flags }: TypedOption, command: Command): unknown =>
  command.getOptionValue(new Option(flags).attributeName());

function addStatus(jalon: Command, processEnvironment: ProcessEnvironment): void {
  const command = jalon
    .command('status')
    .description('shows on one screen where a release is, and what it waits for')
    .helpGroup('Reading a release:')
    .option('--watch', 'shows it again when something changes, until the release has ended')
    .option('--every <seconds>', 'how often --watch asks', wholeNumber('--every', 1, 3600), 2);
  addPlace(command, true);
  command.action(async (options: WatchOptions) => {
    const { statusCommand } = await import('./status.ts');
    await statusCommand(options, processEnvironment);
  });
}

function addStory(jalon: Command, processEnvironment: ProcessEnvironment, planHelp: string): void {
  const command = jalon
    .command('story')
    .description('tells a release phase by phase, in the words of its plan')
    .helpGroup('Reading a release:')
    .argument('[plan]', planHelp);
  addPlace(command, true);
  command.action(async (plan: string | undefined, options: RunOptions) => {
    const { storyCommand } = await import('./story.ts');
    await storyCommand(plan, options, processEnvironment);
  });
}

interface ProfileOptions {
  readonly api: string;
  readonly tokenFile?: string;
}

function addProfiles(jalon: Command, processEnvironment: ProcessEnvironment): void {
  const profile = jalon
    .command('profile')
    .description(below['profile'] ?? '')
    .helpGroup('Setting up:');
  profile
    .command('set')
    .description('makes or replaces a profile')
    .argument('<name>', 'for --profile and JALON_PROFILE')
    .requiredOption('--api <url>', 'the address of the API')
    .option('--token-file <file>', 'the file that holds the access token')
    .argument('[command...]', 'instead of a file: after --, a command that prints an access token')
    .action(async (name: string, tokenCommand: readonly string[], options: ProfileOptions) => {
      const { setProfile } = await import('./profile-commands.ts');
      setProfile(name, { ...options, tokenCommand }, processEnvironment);
    });
  profile
    .command('list')
    .description('lists the profiles')
    .action(async () => {
      const { listProfiles } = await import('./profile-commands.ts');
      listProfiles(processEnvironment);
    });
}

function addCompletion(jalon: Command, { stdout }: ProcessEnvironment): void {
  const shells = ['bash', 'zsh', 'fish'] as const;
  jalon
    .command('completion')
    .description('prints what completes this command in a shell')
    .helpGroup('Setting up:')
    .addArgument(
      new Argument('<shell>', shells.join(', ')).choices(shells).argParser(oneOf('<shell>', shells)),
    )
    .action(async (shell: (typeof shells)[number]) => {
      const { completionFor } = await import('./completion.ts');
      stdout(completionFor(shell, jalon));
    });
}
