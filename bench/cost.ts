/**
 * What a release costs on AWS, by service and by cause; how that grows with the bakes, the users and the checks; and what the
 * same plan would cost if its bakes were polled inside the state machine.
 *
 *   npm run bench:cost -- [--plan FILE] [--users N] [--seed N] [--free-tier] [--quick] [--json]
 *
 * Quantities are counted in rehearsals of the whole plan; what cannot be counted is in `cost/assumptions.ts`, what AWS asks
 * is in `cost/prices.ts`. Ends with 2 for an option that makes no sense.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BadInput, exitCodes } from '#cli/terminal/exit.ts';
import { say } from '#domain/coded.ts';
import { PlanRefused, readPlan } from '#plans/plan-file.ts';
import { english } from '#presentation/messages/findings/english.ts';
import { sayFinding } from '#presentation/messages/findings/finding-texts.ts';
import { modelOf } from './cost/model.ts';
import { report } from './cost/report.ts';

const root = join(import.meta.dirname, '..');
/** A hundred thousand take some ten seconds to rehearse; a million are in the table of growth. */
const usersMax = 100_000;

function optionsOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        plan: { type: 'string', default: join(root, 'plans', 'technicia.yaml') },
        users: { type: 'string', default: '10000' },
        seed: { type: 'string', default: '1' },
        'free-tier': { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function whole(name: string, text: string, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
  throw new BadInput(`--${name} ${text}: give a whole number from 1 to ${max.toLocaleString('en')}`);
}

function planIn(path: string) {
  const { plan, findings } = fileIn(path);
  if (plan) return plan;
  const wrong = findings.slice(0, 1).map((finding) => sayFinding(english, finding).message);
  throw new BadInput(`${path} is no plan: ${wrong.join('')} (npm run jalon -- lint ${path})`);
}

function fileIn(path: string) {
  try {
    return readPlan(path);
  } catch (error) {
    if (!(error instanceof PlanRefused)) throw error;
    throw new BadInput(say(english.refusals, error.refusal));
  }
}

async function main(): Promise<void> {
  const values = optionsOf(process.argv.slice(2));
  const model = await modelOf({
    plan: planIn(values.plan),
    users: whole('users', values.users, usersMax),
    seed: whole('seed', values.seed, Number.MAX_SAFE_INTEGER),
    freeTier: values['free-tier'],
    quick: values.quick,
  });
  const lines = values.json ? [JSON.stringify(model, undefined, 2)] : report(model);
  process.stdout.write(`${lines.join('\n')}\n`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = exitCodes.badInput;
}
