/** The options of `jalon ledger`; what they need is loaded when a command runs. */
import type { Command } from 'commander';
import { BadInput } from '../terminal/exit.ts';
import { oneOf, wholeNumber } from '../terminal/input.ts';
import type { Io } from '../terminal/io.ts';
import type { ExportOptions } from './export.ts';
import type { AccountOptions } from './report.ts';
import type { VerifyOptions } from './verify.ts';

const file = ['<file>', 'JSON Lines, as "jalon ledger export" writes them; - is the standard input'] as const;

export function addLedger(jalon: Command, io: Io, planHelp: string): void {
  const ledger = jalon.command('ledger').description('the history of a release, for management and auditors');
  const withHead = (command: Command) =>
    command
      .option('--head <hash>', 'the hash of the last row, from the API or the store', hash)
      .option('--seq <number>', 'the sequence number of the last row', wholeNumber('--seq', 1, 1e15));
  withHead(ledger.command('verify'))
    .description('proves a history, or names its first broken row (then it ends with 4)')
    .argument(...file)
    .action(async (path: string, options: VerifyOptions) => {
      const { verifyCommand } = await import('./verify.ts');
      process.exitCode = await verifyCommand(path, options, io);
    });
  ledger
    .command('export')
    .description('writes the history of a release as JSON Lines, and proves it')
    .requiredOption('--release <id>', 'the release')
    .option('--to <file>', 'where it goes (default: <release>.jsonl)')
    .option('--api <address>', 'the API to ask (default: JALON_API); its token is in JALON_TOKEN')
    .option('--table <table>', 'the table of releases to read instead')
    .option('--stage <stage>', 'the deployment of the plan to read instead, for example production')
    .option('--plan <plan>', planHelp)
    .action(async (options: ExportOptions) => {
      const { exportCommand } = await import('./export.ts');
      process.exitCode = await exportCommand(options, process.env, io);
    });
  withHead(ledger.command('report'))
    .description('writes an account of a release, as Markdown and as a page to print')
    .argument(...file)
    .option('--plan <plan>', planHelp)
    .option('--lang <language>', "fr or en (default: the plan's)", oneOf('--lang', ['fr', 'en']))
    .option('--to <folder>', 'where the two files go', '.')
    .action(async (path: string, options: AccountOptions) => {
      const { accountCommand } = await import('./report.ts');
      process.exitCode = await accountCommand(path, options, io);
    });
}

function hash(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new BadInput(
    `--head is "${text}": it must be the 64 hexadecimal digits of a hash; copy them from the API or an export`,
  );
}
