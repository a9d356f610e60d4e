/** The options of `jalon audience`; what they need is loaded when a command runs. */
import type { Command } from 'commander';
import type { Io } from '../terminal/io.ts';
import type { ImportOptions } from './audience.ts';
import type { TableSelector } from './aws.ts';

export function addAudience(jalon: Command, io: Io, planHelp: string): void {
  const audience = jalon.command('audience').description('the users of the product that a release writes to');
  const place = (command: Command) =>
    command
      .option('--plan <plan>', planHelp)
      .option('--stage <stage>', 'the deployment of the plan, for example production')
      .option('--table <table>', 'its table of releases by name, instead of --stage');
  place(audience.command('import'))
    .description('makes a file of users the audience: all of it or nothing')
    .argument(
      '<file>',
      'CSV (userId,email,locale,segments) or JSON Lines; docs/operate/audience.md has the forms',
    )
    .option('--skip-bad', 'leaves bad lines out, instead of refusing the file')
    .option('--dry-run', 'only says what is wrong in the file; needs no AWS')
    .option('--json', 'one JSON document instead of the page')
    .action(async (file: string, options: ImportOptions) => {
      const { importCommand } = await import('./audience.ts');
      process.exitCode = await importCommand(file, options, io);
    });
  place(audience.command('erase'))
    .description('takes a person out of the audience')
    .argument('<userId>', 'as the product knows them')
    .action(async (userId: string, options: TableSelector & { readonly plan?: string }) => {
      const { eraseCommand } = await import('./audience.ts');
      process.exitCode = await eraseCommand(userId, options, io);
    });
}
