/** `jalon judge`: past measurements judged again as the bake of a phase would have, and why. */

import { say } from '#domain/coded.ts';
import type { Judgement } from '#domain/judge/judge.ts';
import { type PastData, type Rejudged, rejudge } from '#domain/judge/replay.ts';
import type { Series } from '#domain/judge/series.ts';
import { unknownCauseOf } from '#domain/judge/source-faults.ts';
import { validSeries } from '#domain/judge/validity.ts';
import type { BlindSpot } from '#domain/ledger/causes.ts';
import type { Check, Phase, Plan } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import type { BakeEvent } from '#domain/rules/bake-clock.ts';
import { minuteMs } from '#domain/time.ts';
import { unreachable } from '#domain/unreachable.ts';
import { type Format, formatOf, type Language } from '#presentation/format.ts';
import { plainNames } from '#presentation/messages/causes.ts';
import { englishSourceFaults } from '#presentation/messages/source-faults.english.ts';
import { type Texts, textsOf } from '#presentation/messages/texts.ts';
import { BadInput, exitCodes } from '../terminal/exit.ts';
import type { Io } from '../terminal/io.ts';
import { table } from '../terminal/layout.ts';
import { loadPlan } from '../terminal/plan-argument.ts';
import type { PeerDecision } from './compare.ts';
import { readMeasured } from './data.ts';

export interface JudgeOptions {
  readonly plan?: string;
  readonly phase: string;
  readonly data: string;
  readonly exposure?: number;
  readonly compare?: boolean;
  readonly lang?: Language;
  readonly json?: boolean;
}

/** Exit codes: 0 healthy or not yet decided, 3 unhealthy or not proven in time, 2 bad input. */
export async function judgeCommand(options: JudgeOptions, io: Io): Promise<number> {
  const plan = await loadPlan(options.plan, options.lang);
  const phase = phaseNamed(plan, options.phase);
  const data = dataFor(plan, phase, options);
  const judged = judgeAgain(plan, phase, data);
  const language = options.lang ?? plan.language;
  const peers = options.compare
    ? (await import('./compare.ts')).comparePeers(plan, data, judged.fromMinute)
    : [];
  if (options.json) io.stdout(`${JSON.stringify(documentOf(phase, data, judged, peers), null, 2)}\n`);
  else {
    const page = new Page(plan, await textsOf(language), formatOf(language, plan.timeZone));
    io.stdout(`${page.lines(phase, data, judged, peers).join('\n')}\n`);
  }
  const verdict = judged.concluded?.verdict;
  return verdict === undefined || verdict === 'healthy' ? exitCodes.completed : exitCodes.rolledBack;
}

function phaseNamed({ phases, product }: Plan, id: string): Phase {
  const observed = phases.filter(({ observation }) => observation !== undefined);
  const phase = observed.find((one) => one.id === id);
  if (phase) return phase;
  throw new BadInput(
    `--phase is "${id}": the phases of ${product} that are observed are ${observed.map((one) => one.id).join(', ')}; choose one of them`,
  );
}

function dataFor({ checks }: Plan, phase: Phase, options: JudgeOptions): PastData {
  const { exposure, blocks } = readMeasured(options.data);
  const series = Object.entries(blocks).map(([id, found]): readonly [string, Series] => {
    const check = checks[id];
    if (check) return [id, validSeries(check, found)];
    throw new BadInput(
      `${options.data} has the check "${id}": those of the bake are ${phase.observation?.checks.join(', ')}; name one of them`,
    );
  });
  return {
    exposure: options.exposure ?? exposure ?? phase.exposure ?? 0,
    series: Object.fromEntries(series),
  };
}

function judgeAgain(plan: Plan, phase: Phase, data: PastData): Rejudged {
  try {
    return rejudge(plan, phase, data);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const faults = Object.entries(data.series).flatMap(([id, one]) =>
      one.kind === 'unknown'
        ? [`${id}: ${unknownCauseOf[one.fault.code]}, ${say(englishSourceFaults, one.fault)}`]
        : [],
    );
    throw new BadInput([error.message, ...faults].join('\n  '));
  }
}

const instantOf = (minute: number) => new Date(minute * minuteMs).toISOString();

/** What a program reads. Minutes are instants, shares are percentages, the rest is in the unit of the objective. */
function documentOf(phase: Phase, { exposure }: PastData, judged: Rejudged, peers: readonly PeerDecision[]) {
  return {
    phase: phase.id,
    exposure,
    from: instantOf(judged.fromMinute),
    to: instantOf(judged.toMinute),
    falseRollbackPercent: judged.alpha * 100,
    healthyMinutes: judged.healthyMinutes,
    ...present({ concluded: judged.concluded }),
    events: judged.events.map(({ minute, event }) => ({ at: instantOf(minute), ...event })),
    checks: Object.fromEntries(
      Object.entries(judged.judgements).map(([id, { fresh: _fresh, ...rest }]) => [id, rest]),
    ),
    ...(peers.length === 0 ? {} : { peers }),
  };
}

class Page {
  readonly #plan: Plan;
  readonly #texts: Texts;
  readonly #format: Format;

  constructor(plan: Plan, texts: Texts, format: Format) {
    this.#plan = plan;
    this.#texts = texts;
    this.#format = format;
  }

  lines(phase: Phase, data: PastData, judged: Rejudged, peers: readonly PeerDecision[]): readonly string[] {
    const { judge } = this.#texts;
    const moment = (minute: number) => this.#format.moment(instantOf(minute));
    const percent = this.#format.number(judged.alpha * 100, 3);
    return [
      judge.heading(
        phase.name,
        this.#format.number(data.exposure),
        moment(judged.fromMinute),
        moment(judged.toMinute),
      ),
      judge.budget(percent),
      '',
      ...judged.events.map(({ minute, event }) => `  ${moment(minute)}  ${this.#event(event)}`),
      `  ${moment(judged.toMinute)}  ${this.#end(judged)}`,
      '',
      ...this.#table(judged),
      ...this.#leftOut(data),
      ...(peers.length === 0 ? [] : ['', ...this.#peers(judged, peers)]),
    ];
  }

  #event(event: BakeEvent): string {
    const texts = this.#texts;
    const { reading } = this.#format;
    switch (event.type) {
      case 'breached': {
        const { name, objective } = this.#check(event.check);
        const value = event.value === undefined ? texts.noValue : reading(event.value, objective);
        const text = texts.breached(name, value, this.#format.objective(objective), event.reset);
        if (event.blame === 'environment') return `${text} ; ${texts.environment}`;
        return event.control === undefined
          ? text
          : `${text} ; ${texts.provenWorse(reading(event.control, objective))}`;
      }
      case 'recovered':
        return texts.recovered(this.#check(event.check).name);
      case 'frozen':
        return texts.frozen(this.#blind(event.blind));
      case 'unfrozen':
        return texts.unfrozen(this.#format.duration(event.minutes * minuteMs));
      case 'escalate':
        return texts.judge.escalated;
      default:
        return unreachable(event);
    }
  }

  #blind(blind: BlindSpot): string {
    const names = { ...plainNames(this.#format), check: (id: string) => this.#check(id).name };
    return say(this.#texts.causes(names).blindSpots, blind);
  }

  #end({ concluded, healthyMinutes }: Rejudged): string {
    const { observed, healthyHours, judge } = this.#texts;
    const hours = healthyHours(this.#format.number(healthyMinutes / 60, 1));
    return `${concluded ? observed[concluded.verdict] : judge.undecided}${hours}`;
  }

  #table({ judgements }: Rejudged): readonly string[] {
    const { judge } = this.#texts;
    const titles = judge.columns;
    const rows = Object.entries(judgements).map(([id, one]) => [
      this.#check(id).name,
      this.#overall(id, one, 'value'),
      this.#overall(id, one, 'control'),
      this.#evidence(one.logE),
      this.#evidence(one.threshold),
      this.#verdict(one),
    ]);
    const columns = titles.map((title, index) =>
      index === 0 || index === titles.length - 1
        ? { title, flexible: true as const }
        : { title, align: 'right' as const },
    );
    return table(columns, rows, 2);
  }

  #overall(id: string, { overall }: Judgement, which: 'value' | 'control'): string {
    const value = overall?.[which];
    return value === undefined ? '–' : this.#format.reading(value, this.#check(id).objective);
  }

  /** Evidence as people read it: how many times likelier the data are if the new version is worse. */
  #evidence(log: number | undefined): string {
    if (log === undefined) return '–';
    if (log > Math.log(1e6)) return `10^${this.#format.number(log / Math.LN10, 0)}`;
    return this.#format.number(Math.exp(log), log < 0 ? 3 : 0);
  }

  #verdict({ proven, tested, reading }: Judgement): string {
    const { judge, sourceFaults } = this.#texts;
    if (proven) return judge.proven;
    if (reading.kind === 'unknown')
      return `${judge.unknown[unknownCauseOf[reading.fault.code]]} (${say(sourceFaults, reading.fault)})`;
    return tested ? judge.notProven : judge.byWindow;
  }

  /** The minutes of the data that cannot be. */
  #leftOut({ series }: PastData): readonly string[] {
    const lines = Object.entries(series).flatMap(([id, one]) => {
      const odd = one.kind === 'blocks' ? (one.odd ?? []) : [];
      const [first] = odd;
      if (!first) return [];
      const minutes = new Set(odd.map(({ minute }) => minute)).size;
      const { judge, sourceFaults } = this.#texts;
      return [`  ${judge.leftOut(this.#check(id).name, minutes, say(sourceFaults, first.fault))}`];
    });
    return lines.length === 0 ? [] : ['', ...lines];
  }

  #peers({ fromMinute, concluded, toMinute }: Rejudged, peers: readonly PeerDecision[]): readonly string[] {
    const { judge } = this.#texts;
    const after = (minutes: number | undefined) =>
      minutes === undefined
        ? judge.neverRollsBack
        : judge.rollsBackAfter(this.#format.duration(minutes * minuteMs));
    const ours = concluded?.verdict === 'unhealthy' ? toMinute - fromMinute : undefined;
    return table(
      [{ title: judge.rule, flexible: true }, { title: judge.check }, { title: judge.decision }],
      [
        ['Jalon', '', after(ours)],
        ...peers.map(({ rule, check, afterMinutes }) => [rule, this.#check(check).name, after(afterMinutes)]),
      ],
      2,
    );
  }

  #check(id: string): Check {
    const check = this.#plan.checks[id];
    if (!check) throw new RangeError(`the plan has no check "${id}"`);
    return check;
  }
}
