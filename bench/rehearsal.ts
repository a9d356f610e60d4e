/**
 * How long a whole rehearsal takes, as processes of their own, start included, and how it grows.
 *
 *   npm run bench:rehearsal
 *
 * Compares with the limits the project set itself: Technicia's plan with 10,000 users in 2 s and 300 MB on 2 cores, and
 * fewer than 1,000 history events whatever the length of the bakes. Beside it, in the same run, the same Node process
 * that does nothing but load the code: what no rehearsal can be faster than.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readPlan } from '#plans/plan-file.ts';
import { rehearse } from '#rehearsal/rehearse.ts';
import manifest from '../package.json' with { type: 'json' };

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, quick: { type: 'boolean', default: false } },
});
const runs = values.quick ? 2 : Number(values.runs);
const root = join(import.meta.dirname, '..');
/** What `npm start` runs: Node's own options, the command, its first argument. */
const [, ...started] = manifest.scripts.start.split(' ');
const limit = { seconds: 2, megabytes: 300, historyEvents: 1000 } as const;

interface Figures {
  readonly seconds: number;
  readonly megabytes: number;
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** A whole process, timed from outside; its memory as the kernel saw it (its own peak resident set). */
function time(args: readonly string[]): Figures {
  const measured = Array.from({ length: runs }, () => {
    const startNs = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, ['--import', reporter, ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    const seconds = Number(process.hrtime.bigint() - startNs) / 1e9;
    const kilobytes = Number(/peak=(\d+)/.exec(stderr)?.[1]);
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    return { seconds, megabytes: kilobytes / 1024 };
  });
  return {
    seconds: median(measured.map((one) => one.seconds)),
    megabytes: median(measured.map((one) => one.megabytes)),
  };
}

const reporter = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write('peak=' + process.resourceUsage().maxRSS))",
)}`;

const row = (...cells: readonly (string | number)[]) =>
  process.stdout.write(
    `${cells.map((cell, index) => (index === 0 ? String(cell).padEnd(42) : String(cell).padStart(14))).join('')}\n`,
  );

function wholeProcesses(): boolean {
  row('whole process, median', 'seconds', 'peak MB');
  const show = (title: string, figures: Figures) =>
    row(title, figures.seconds.toFixed(2), figures.megabytes.toFixed(0));
  show('Node and the code, nothing rehearsed', time([...started, '--help']));
  const full = time([...started, '--users', '10000']);
  show('Technicia, 10,000 users', full);
  row('limit', limit.seconds.toFixed(2), limit.megabytes);
  for (const users of values.quick ? [1000] : [1000, 100_000]) {
    show(`Technicia, ${users.toLocaleString('en')} users`, time([...started, '--users', String(users)]));
  }
  return full.seconds <= limit.seconds && full.megabytes <= limit.megabytes;
}

/** History stays as it is when every bake is three times as long; only ticks grow. */
async function historyAndBakes(): Promise<boolean> {
  const { plan } = readPlan(join(root, 'plans', 'technicia.yaml'));
  if (!plan) throw new Error('plans/technicia.yaml does not parse');
  row('');
  row('length of the bakes', 'history', 'ticks', 'ms');
  const seen: number[] = [];
  for (const factor of [1 / 3, 1, 2]) {
    const phases = plan.phases.map((phase) =>
      phase.observation
        ? {
            ...phase,
            observation: {
              ...phase.observation,
              continuousHealthHours: phase.observation.continuousHealthHours * factor,
              deadlineHours: phase.observation.deadlineHours * 3,
            },
          }
        : phase,
    );
    const startMs = performance.now();
    const { bill } = await rehearse({ plan: { ...plan, phases }, seed: 1, users: 10_000 });
    row(
      `× ${factor.toFixed(2)}`,
      bill.historyEvents,
      bill.lambdaInvocations['tick'] ?? 0,
      (performance.now() - startMs).toFixed(0),
    );
    seen.push(bill.historyEvents);
  }
  return Math.max(...seen) < limit.historyEvents && Math.max(...seen) - Math.min(...seen) <= 10;
}

const fast = wholeProcesses();
const bounded = await historyAndBakes();
process.stdout.write(fast && bounded ? '\nwithin its limits\n' : '\nOUTSIDE its limits\n');
// Seconds depend on the machine of the day and are for people to read; the history does not.
process.exitCode = bounded ? 0 : 1;
