#!/usr/bin/env -S node --max-semi-space-size=8
/**
 * The `jalon` command; `exit.ts` explains how it ends. What a subcommand needs is loaded when it runs.
 *
 * Node's nursery is kept small: of what a rehearsal makes nearly all lives for a moment, and a large one is memory for no gain.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { Command } from 'commander';
import { addApi } from './api/register.ts';
import { addAudience } from './audience/command.ts';
import type { JudgeOptions } from './judge/judge.ts';
import { addLedger } from './ledger/command.ts';
import type { LintOptions } from './lint.ts';
import type { PreviewOptions } from './mail/preview.ts';
import type { RehearseOptions } from './rehearse.ts';
import type { ReportOptions } from './report/preview.ts';
import { failed } from './terminal/failed.ts';
import { calendarDay, oneOf, wholeNumber } from './terminal/input.ts';
import { type Io, ignoreClosedPipe } from './terminal/io.ts';

const planHelp = 'a plan file, or the name of one in plans/ (default: technicia)';
const seedMax = 4_294_967_295;
const usersMax = 1_000_000;

function program(io: Io): Command {
  const jalon = new Command('jalon')
    .description('Conducts a software release that takes weeks; rehearses it in a second.')
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .addHelpText(
      'after',
      '\nExit codes: 0 completed, 1 fault of Jalon (lint: errors in the plan), 2 bad input,\n3 rolled back, abandoned, aborted or rollback failed,\n4 a ledger that is not whole, 5 not signed in or not permitted, 6 not allowed now,\n7 the API cannot be reached, 130 interrupted.',
    );
  addRehearse(jalon, io);
  addLint(jalon, io);
  addMachines(jalon, io);
  addJudge(jalon, io);
  addAudience(jalon, io, planHelp);
  addMail(jalon, io);
  addReport(jalon, io);
  addLedger(jalon, io, planHelp);
  jalon
    .command('scenarios')
    .description('lists what can go wrong in a rehearsal')
    .option('--lang <language>', 'fr or en', oneOf('--lang', ['fr', 'en']), 'fr')
    .action(async ({ lang }: { readonly lang: 'fr' | 'en' }) => {
      const { readScenario, scenarioNames } = await import('#rehearsal/scenario.ts');
      const names = scenarioNames();
      const width = Math.max(...names.map(({ length }) => length));
      for (const name of names) io.stdout(`${name.padEnd(width)}  ${readScenario(name).title[lang]}\n`);
    });
  addApi(jalon, io, planHelp);
  for (const [name, command] of named('jalon', jalon)) {
    const flags = command.options.map(({ flags: text }) => text).join(', ');
    const below = command.commands.map((one) => one.name()).join(', ');
    const allowed = below === '' ? `The options are ${flags}.` : `The commands are ${below}.`;
    command.showHelpAfterError(`${allowed} "${name} --help" explains them.`);
  }
  return jalon;
}

/** A command and all below it, as one types them. */
const named = (name: string, command: Command): readonly (readonly [string, Command])[] => [
  [name, command],
  ...command.commands.flatMap((one) => named(`${name} ${one.name()}`, one)),
];

function addRehearse(jalon: Command, io: Io): void {
  jalon
    .command('rehearse')
    .description('conducts a plan in virtual time and tells what happened')
    .argument('[plan]', planHelp)
    .option('--scenario <name>', 'what goes wrong; "jalon scenarios" lists them')
    .option('--seed <number>', 'the same seed, the same rehearsal', wholeNumber('--seed', 0, seedMax), 1)
    .option('--users <number>', 'users of the product', wholeNumber('--users', 0, usersMax), 10_000)
    .option('--until <phase>', 'stop when this phase opens')
    .option('--launch-day <day>', "YYYY-MM-DD instead of the plan's launch day", calendarDay('--launch-day'))
    .option('--lang <language>', "fr or en (default: the plan's)", oneOf('--lang', ['fr', 'en']))
    .option('--json', 'one JSON document instead of the timeline')
    .option('--ledger <file>', 'also writes the ledger, as JSON Lines')
    .option('--speed <speed>', 'go at 1d/10s or so, and serve the API on this machine, until Ctrl-C')
    .option('--port <number>', 'with --speed: where it listens', wholeNumber('--port', 0, 65_535), 4010)
    .option('--state <folder>', 'with --speed: what a restart goes on from', '.jalon')
    .option('--fresh', 'with --speed: begin anew; the old state is moved aside')
    .action(async (plan: string | undefined, options: RehearseOptions) => {
      const { rehearseCommand } = await import('./rehearse.ts');
      process.exitCode = await rehearseCommand(plan, options, io);
    });
}

function addLint(jalon: Command, io: Io): void {
  jalon
    .command('lint')
    .description('says what is wrong in a plan')
    .argument('[plan]', planHelp)
    .option('--lang <language>', "fr or en (default: the plan's)", oneOf('--lang', ['fr', 'en']))
    .option('--json', 'findings as JSON')
    .action(async (plan: string | undefined, options: LintOptions) => {
      const [{ runLint }, { planPath }] = await Promise.all([
        import('./lint.ts'),
        import('./terminal/plan-argument.ts'),
      ]);
      process.exitCode = await runLint(planPath(plan), options, io);
    });
}

function addJudge(jalon: Command, io: Io): void {
  jalon
    .command('judge')
    .description('judges past measurements again, as the observation of a phase would, and says why')
    .requiredOption('--phase <phase>', 'the phase whose observation it was')
    .requiredOption(
      '--data <file>',
      'CSV (check,minute,nT,xT,nC,xC) or JSON; docs/reference/judging.md has the forms',
    )
    .option('--plan <plan>', planHelp)
    .option(
      '--exposure <percent>',
      "users with the new version (default: the file's, or the phase's)",
      wholeNumber('--exposure', 0, 100),
    )
    .option('--compare', 'what the rules of other tools decide on the same data')
    .option('--lang <language>', "fr or en (default: the plan's)", oneOf('--lang', ['fr', 'en']))
    .option('--json', 'one JSON document instead of the page')
    .action(async (options: JudgeOptions) => {
      const { judgeCommand } = await import('./judge/judge.ts');
      process.exitCode = await judgeCommand(options, io);
    });
}

function addMail(jalon: Command, io: Io): void {
  const mail = jalon.command('mail').description('what users are written');
  mail
    .command('preview')
    .description('writes every mail of a plan as pages, and a page to look at them all')
    .argument('[plan]', planHelp)
    .option('--message <id>', 'only this message')
    .option('--lang <language>', 'only fr or en', oneOf('--lang', ['fr', 'en']))
    .option('--to <folder>', 'where the pages go', 'mail-preview')
    .action(async (plan: string | undefined, options: PreviewOptions) => {
      const { previewCommand } = await import('./mail/preview.ts');
      process.exitCode = await previewCommand(plan, options, io);
    });
}

function addReport(jalon: Command, io: Io): void {
  const report = jalon.command('report').description('what the team is told');
  report
    .command('preview')
    .description('rehearses a release and writes every report that its team would get')
    .argument('[plan]', planHelp)
    .option('--report <id>', 'only this report')
    .option('--lang <language>', 'fr or en (default: the plan’s)', oneOf('--lang', ['fr', 'en']))
    .option('--to <folder>', 'where the pages go', 'report-preview')
    .action(async (plan: string | undefined, options: ReportOptions) => {
      const { previewReports } = await import('./report/preview.ts');
      process.exitCode = await previewReports(plan, options, io);
    });
}

interface MachineOptions {
  readonly machine: 'release' | 'escalation';
  readonly overview?: boolean;
}

function addMachines(jalon: Command, io: Io): void {
  const machine = ['--machine <name>', 'release or escalation'] as const;
  const parse = oneOf('--machine', ['release', 'escalation']);
  jalon
    .command('graph')
    .description('prints a state machine as a Mermaid flowchart')
    .argument('[plan]', planHelp)
    .option(...machine, parse, 'release')
    .option('--overview', 'phases and outcomes only')
    .action(async (plan: string | undefined, options: MachineOptions) => {
      const [{ graphOf }, { loadPlan }] = await Promise.all([
        import('./graph.ts'),
        import('./terminal/plan-argument.ts'),
      ]);
      io.stdout(graphOf(await loadPlan(plan), options.machine, options.overview ? 'overview' : 'full'));
    });
  jalon
    .command('asl')
    .description('prints a state machine as Amazon States Language')
    .argument('[plan]', planHelp)
    .option(...machine, parse, 'release')
    .action(async (plan: string | undefined, options: MachineOptions) => {
      const [{ definitionOf }, { loadPlan }] = await Promise.all([
        import('./graph.ts'),
        import('./terminal/plan-argument.ts'),
      ]);
      io.stdout(`${JSON.stringify(definitionOf(await loadPlan(plan), options.machine), null, 2)}\n`);
    });
}

const io: Io = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
};
ignoreClosedPipe(process.stdout);
// A tenth of a rehearsal's time is compiling; what cannot be cached is compiled again.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'jalon'));
try {
  await program(io).parseAsync();
} catch (error) {
  process.exitCode = failed(error, io);
}
