/** Arbitrary causes, titles and evidence: every code of every set, with parameters of its own. */
import * as fc from 'fast-check';
import type { Coded } from '#domain/coded.ts';
import type { SourceFault } from '#domain/judge/source-faults.ts';
import type * as causes from '#domain/ledger/causes.ts';
import { irrevocables } from '#domain/ledger/outcomes.ts';
import { severities } from '#domain/plan/plan.ts';
import { type Quoted, quoted } from '#domain/quoted.ts';

/** One arbitrary for each code of a set; one that is missing does not compile. */
type Each<M> = { readonly [C in keyof M & string]: fc.Arbitrary<M[C]> };

const plain = { noNullPrototype: true } as const;
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, plain);
/** With members that may be absent. */
const partly = <T, K extends keyof T>(
  model: { [M in keyof T]-?: fc.Arbitrary<T[M]> },
  ...requiredKeys: K[]
) => fc.record(model, { ...plain, requiredKeys }) as unknown as fc.Arbitrary<T>;

const coded = <M>(each: Each<M>): fc.Arbitrary<Coded<M>> =>
  fc.oneof(
    ...Object.entries<fc.Arbitrary<unknown>>(each).map(([code, params]) =>
      fc.record({ code: fc.constant(code), params }, plain),
    ),
  ) as unknown as fc.Arbitrary<Coded<M>>;

export interface Causes {
  readonly cause: fc.Arbitrary<causes.Cause>;
  readonly blocker: fc.Arbitrary<causes.Blocker>;
  readonly need: fc.Arbitrary<causes.GateNeed>;
  readonly blind: fc.Arbitrary<causes.BlindSpot>;
  readonly title: fc.Arbitrary<causes.IncidentTitle>;
  readonly task: fc.Arbitrary<causes.TaskTitle>;
  readonly evidence: fc.Arbitrary<causes.ItemEvidence>;
  readonly delay: fc.Arbitrary<causes.MessageDelay>;
  readonly omission: fc.Arbitrary<causes.Omission>;
  readonly closing: fc.Arbitrary<causes.Closing>;
}

/** `name`: of ids; `text`: what people type. */
export function causesOf(name: fc.Arbitrary<string>, text: fc.Arbitrary<string>): Causes {
  const nothing = fc.constant({});
  const words: fc.Arbitrary<Quoted> = text.map(quoted);
  const count = fc.integer({ min: 0, max: 1000 });
  // As readings are rounded, and without a zero of its own sign, which no store keeps.
  const value = fc.integer({ min: -100_000, max: 100_000 }).map((hundredths) => hundredths / 100 + 0);
  const status = fc.constantFrom('completed', 'rolled-back', 'abandoned', 'rollback-failed', 'aborted');
  const fault: fc.Arbitrary<SourceFault> = fc.oneof(
    record({ code: fc.constant('left-out' as const), params: nothing }),
    record({ code: fc.constant('source-warns' as const), params: record({ source: name, said: words }) }),
  );
  const blockers = {
    paused: nothing,
    'bad-version': record({ version: name }),
    incident: record({ incident: name, severity: fc.constantFrom(...severities) }),
    freeze: record({ freeze: name, until: fc.constant('2025-03-30T08:00:00.000Z') }),
  };
  const need = coded<causes.GateNeeds>({
    ...blockers,
    'last-day': nothing,
    items: record({ open: count }),
    criterion: record({ criterion: name }),
    approvals: record({ roles: fc.array(name, { maxLength: 3 }) }),
    people: record({ more: count }),
    'second-person': nothing,
  });
  const answer = coded<causes.CheckAnswers>({
    value: partly({ value, control: value }, 'value'),
    'no-data': nothing,
    'no-traffic': nothing,
    unreadable: record({ fault }),
  });
  const ofCheck = record({ check: name, answer });
  const cause = coded<causes.Causes>({
    check: ofCheck,
    'not-proven': record({ hours: count }),
    script: partly({ script: name, said: words }, 'script'),
    rejected: record({ role: name, by: name, comment: words }),
    criterion: partly({ criterion: name, value }, 'criterion'),
    'gate-late': record({ need }),
    'held-too-often': record({ holds: count }),
    'corrected-after-hold': nothing,
    ordered: record({ by: name, reason: words }),
    'no-correction': record({ error: name }),
    fault: partly({ error: name, said: words }, 'error'),
  });
  const title = coded<causes.IncidentTitles>({
    reported: record({ words }),
    blind: ofCheck,
    'no-look': nothing,
    objective: record({ check: name }),
    'gate-late': record({ phase: name }),
    'checklist-late': record({ phase: name, open: count }),
    alarm: record({ phase: name, alarm: name }),
    problems: record({ phase: name, reports: count }),
    'phase-failed': partly({ cause }),
    'rollback-failed': record({ phase: name, error: name }),
    'machine-ends': record({ day: name }),
    'agreement-late': record({
      phase: name,
      level: fc.constantFrom(...irrevocables),
      minutes: count,
    }),
  });
  const delay = coded<causes.MessageDelays>({
    ...blockers,
    'release-ended': record({ status }),
    exposure: record({ exposure: count, exposureMin: count }),
    'phase-not-opened': record({ phase: name }),
    quota: record({ recipients: count, mailsLeft: count }),
  });
  return {
    blocker: coded<causes.Blockers>(blockers),
    cause,
    need,
    title,
    delay,
    blind: coded<causes.BlindSpots>({ check: ofCheck, 'no-look': nothing }),
    task: coded<causes.TaskTitles>({ step: record({ text: name }), 'post-incident': record({ title }) }),
    evidence: coded<causes.ItemEvidences>({
      words: record({ words }),
      link: record({ link: name }),
      file: record({ file: name }),
      check: partly({ check: name, value }, 'check'),
      message: record({ message: name, recipients: count }),
      script: record({ script: name, command: name }),
      exposure: record({ percent: count }),
    }),
    omission: coded<causes.Omissions>({
      'too-late': partly({ days: count, delay }, 'days'),
      'release-ended': record({ status }),
      'phases-over': nothing,
      'nobody-reached': nothing,
      'next-one-due': record({ unsure: fc.boolean() }),
      'access-again': nothing,
    }),
    closing: coded<causes.Closings>({
      'run-through': nothing,
      ordered: record({ reason: words }),
      'rollback-left': record({ reason: words, undone: fc.array(name, { maxLength: 3 }) }),
      'execution-ended': record({ status: fc.constantFrom('succeeded', 'failed', 'timed-out', 'aborted') }),
    }),
  };
}
