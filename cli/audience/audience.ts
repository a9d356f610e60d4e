/** `jalon audience`: checks a file of users, imports it, takes a person away. */
import { randomBytes } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { checkUsers, generationOf, importAudience, isImportable } from '#application/import-audience.ts';
import type { UserFile } from '#domain/audience/parsed-line.ts';
import { InvalidInput } from '#domain/errors.ts';
import { userFile } from '#functions/contracts/user-file/user-file.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { BadInput, exitCodes } from '../terminal/exit.ts';
import type { Io } from '../terminal/io.ts';
import { loadPlan } from '../terminal/plan-argument.ts';
import { asking, basePorts, onTable, type TableSelector, tableName } from './aws.ts';
import { type EndedImport, pageOf } from './page.ts';

export interface ImportOptions extends TableSelector {
  readonly plan?: string;
  readonly skipBad?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Exit codes: 0 imported, or to be imported (`--dry-run`); 2 nothing was. */
export async function importCommand(path: string, options: ImportOptions, io: Io): Promise<number> {
  const ended = await refusing(() => (options.dryRun ? check(path, options) : imported(path, options)));
  io.stdout(options.json ? `${JSON.stringify(ended, null, 2)}\n` : pageOf(path, ended));
  return ended.outcome === 'imported' || ended.outcome === 'good' ? exitCodes.completed : exitCodes.badInput;
}

async function check(path: string, { plan, skipBad = false }: ImportOptions): Promise<EndedImport> {
  const report = await checkUsers(basePorts(await loadPlan(plan)), fileAt(path));
  return { outcome: isImportable(report, skipBad) ? 'good' : 'refused', skipBad, report };
}

async function imported(path: string, options: ImportOptions): Promise<EndedImport> {
  const { skipBad = false } = options;
  const plan = await loadPlan(options.plan);
  const table = tableName(options, plan);
  const file = fileAt(path);
  const { provide } = await import('#functions/runtime/powers/audience-imports.ts');
  const given = onTable(plan, table);
  const ports = { ...given, audienceImports: provide(given) };
  const generation = generationOf(Date.now(), randomBytes(4).toString('hex'));
  const { outcome, report } = await asking(() => importAudience(ports, file, { generation, skipBad }));
  return { outcome, skipBad, report };
}

/** Says the same whether there was such a person or not. */
export async function eraseCommand(
  userId: string,
  options: TableSelector & { readonly plan?: string },
  io: Io,
): Promise<number> {
  const plan = await loadPlan(options.plan);
  const given = onTable(plan, tableName(options, plan));
  const { provide } = await import('#functions/runtime/powers/audience-removal.ts');
  await asking(() => provide(given).erase(userId));
  io.stdout('Whoever had this user id is in no audience any more.\n');
  return exitCodes.completed;
}

/** Read twice, so it must lie still. Throws BadInput. */
function fileAt(path: string): UserFile {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new BadInput(`there is no file ${path}: write the path of a file of users`);
  if (!found.isFile()) throw new BadInput(`${path} is not a file: write the path of a file of users`);
  return userFile(path, () => createReadStream(path));
}

async function refusing<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof InvalidInput ? new BadInput(sayRefusal('en', error.refusal)) : error;
  }
}
