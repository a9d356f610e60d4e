/** `jalon rehearse`: conducts the plan in virtual time and tells what happened. */

import type { Plan } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { formatOf, type Language } from '#presentation/format.ts';
import { type Texts, textsOf } from '#presentation/messages/texts.ts';
import { type Rehearsal, rehearse } from '#rehearsal/rehearse.ts';
import type { Scenario } from '#rehearsal/scenario.ts';
import { documentOf, type RehearsalRequest } from './document.ts';
import { summary } from './summary/summary.ts';
import { BadInput, exitCodes } from './terminal/exit.ts';
import type { Io } from './terminal/io.ts';
import { type Paint, paintFor } from './terminal/paint.ts';
import { loadPlan } from './terminal/plan-argument.ts';
import { Progress } from './terminal/progress.ts';
import { timeline } from './timeline/timeline.ts';

export interface RehearseOptions {
  readonly scenario?: string;
  readonly seed: number;
  readonly users: number;
  readonly json?: boolean;
  readonly ledger?: string;
  readonly until?: string;
  readonly lang?: Language;
  readonly launchDay?: string;
  /** Serve the API while the rehearsal goes at this speed. */
  readonly speed?: string;
  readonly port: number;
  readonly state: string;
  readonly fresh?: boolean;
}

/** Answers the exit code. Throws BadInput. */
export async function rehearseCommand(
  planArgument: string | undefined,
  options: RehearseOptions,
  io: Io,
): Promise<number> {
  const plan = await loadPlan(planArgument, options.lang);
  const { seed, users, until, launchDay } = options;
  refuseUnknownPhase(plan, until);
  const scenario = options.scenario === undefined ? undefined : await scenarioOf(options.scenario, plan);
  const language = options.lang ?? plan.language;
  if (options.speed !== undefined) {
    refuseBesides(options);
    const { serveCommand } = await import('./serve.ts');
    const rehearsed = { plan, scenario, seed, users, launchDay: launchDay ?? plan.launch.day, language };
    return serveCommand(rehearsed, { ...options, speed: options.speed }, io);
  }
  const texts = await textsOf(language);
  const progress = watch(plan, language, texts, io);
  const rehearsal = await rehearse({
    plan,
    seed,
    users,
    ...present({ scenario, launchDay, untilPhase: until }),
    onEntry: (entry) => progress.hear(entry, performance.now()),
  }).finally(() => progress.clear());
  if (options.ledger !== undefined) {
    const { writeLedger } = await import('./ledger/write.ts');
    await writeLedger(options.ledger, [rehearsal.entries]);
  }
  const asked: RehearsalRequest = { scenario: scenario?.name ?? null, seed, users };
  if (options.json) io.stdout(`${JSON.stringify(documentOf(rehearsal, asked), null, 2)}\n`);
  else io.stdout(report(rehearsal, scenario, asked, language, texts, paintFor(process.stdout, process.env)));
  return exitCodeOf(rehearsal, io);
}

function report(
  rehearsal: Rehearsal,
  scenario: Scenario | undefined,
  { seed, users }: RehearsalRequest,
  language: Language,
  texts: Texts,
  paint: Paint,
): string {
  const style = { language, texts, paint };
  const format = formatOf(language, rehearsal.plan.timeZone);
  const header = [
    paint.heading(texts.title(rehearsal.plan.title, rehearsal.release.version)),
    texts.subtitle(format.date(rehearsal.release.launchDay), rehearsal.plan.timeZone),
    ...(scenario === undefined ? [] : [texts.scenario(scenario.title[language])]),
    texts.circumstances(format.number(users), seed),
  ];
  return `${[...header, ...timeline(rehearsal, style), ...summary(rehearsal, style)].join('\n')}\n`;
}

function refuseBesides({ json, until, ledger }: RehearseOptions): void {
  const besides = Object.entries({ '--json': json, '--until': until, '--ledger': ledger });
  const given = besides.flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (given.length > 0)
    throw new BadInput(`${given.join(', ')}: not with --speed, which serves the rehearsal until Ctrl-C`);
}

function refuseUnknownPhase({ phases, product }: Plan, until: string | undefined): void {
  if (until === undefined || phases.some(({ id }) => id === until)) return;
  throw new BadInput(
    `--until is "${until}": the phases of ${product} are ${phases.map(({ id }) => id).join(', ')}; choose one of them`,
  );
}

async function scenarioOf(name: string, plan: Plan): Promise<Scenario> {
  const { readScenario, scenarioNames } = await import('#rehearsal/scenario.ts');
  if (scenarioNames().includes(name)) {
    const scenario = readScenario(name);
    refuseForeignScenario(plan, scenario);
    return scenario;
  }
  throw new BadInput(
    `--scenario is "${name}": the scenarios are ${scenarioNames().join(', ')}; "jalon scenarios" says what they are`,
  );
}

/** A scenario made for another plan would quietly do nothing. */
function refuseForeignScenario({ phases, checks, scripts, product }: Plan, scenario: Scenario): void {
  const named = [
    ...scenario.troubles.flatMap((trouble) => [
      ...('gate' in trouble ? [trouble.gate] : []),
      ...('phase' in trouble ? [trouble.phase] : []),
      ...('check' in trouble ? [trouble.check] : []),
      ...('script' in trouble ? [trouble.script] : []),
      ...('from' in trouble && 'phase' in trouble.from ? [trouble.from.phase] : []),
    ]),
    ...scenario.interventions.flatMap(({ at }) => ('phase' in at ? [at.phase] : [])),
  ];
  const known = new Set([...phases.map(({ id }) => id), ...Object.keys(checks), ...Object.keys(scripts)]);
  const foreign = [...new Set(named)].filter((id) => !known.has(id));
  if (foreign.length === 0) return;
  throw new BadInput(
    `--scenario is "${scenario.name}": it speaks of ${foreign.join(', ')}, which the plan of ${product} does not have; choose a scenario that fits, or another plan`,
  );
}

/** Ctrl-C says what was reached: the clock is virtual, the person's is not. */
function watch(plan: Plan, language: Language, texts: Texts, io: Io): Progress {
  const write = process.stderr.isTTY ? io.stderr : undefined;
  const progress = new Progress(plan, language, texts, write);
  process.once('SIGINT', () => {
    progress.clear();
    io.stderr(`${progress.reached()}\n`);
    process.exit(exitCodes.interrupted);
  });
  return progress;
}

/** A release that neither ended nor was stopped on purpose is our defect. */
function exitCodeOf({ release, stoppedAtPhase, executionStatus, executionError }: Rehearsal, io: Io): number {
  if (release.status === 'completed') return exitCodes.completed;
  if (release.status !== 'active') return exitCodes.rolledBack;
  if (stoppedAtPhase !== undefined) return exitCodes.completed;
  // Stopped in the console: nobody closed the ledger, and nobody lied either.
  if (executionStatus === 'ABORTED') return exitCodes.rolledBack;
  io.stderr(
    `jalon: the release did not end: its execution is ${executionStatus} ${executionError ?? ''}. This is a fault of Jalon.\n`,
  );
  return exitCodes.fault;
}
