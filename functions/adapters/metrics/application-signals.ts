/**
 * Service level objectives of Amazon CloudWatch Application Signals: the attainment in percent, as the newest minute has it.
 * The query of such a check is the objective's name or ARN, its metric is a `value`. An objective knows no cohorts.
 * IAM: application-signals:BatchGetServiceLevelObjectiveBudgetReport on the objectives.
 */
import {
  type ApplicationSignalsClient,
  BatchGetServiceLevelObjectiveBudgetReportCommand,
  type ServiceLevelObjectiveBudgetReport as Report,
  type ServiceLevelObjectiveBudgetReportError as ReportError,
} from '@aws-sdk/client-application-signals';
import type { Clock } from '#application/ports/ports.ts';
import type { Series } from '#domain/judge/series.ts';
import type { Check } from '#domain/plan/plan.ts';
import { minuteMs } from '#domain/time.ts';
import { isOutage, nameOf } from '../aws-errors.ts';
import { circuit, leftAlone } from '../circuit.ts';
import { points, type Said, seriesOf } from './blocks.ts';
import type { MinuteRange } from './minutes.ts';
import { comparesCohorts, type Provider } from './provider.ts';
import { redacted, wordsOf } from './redaction.ts';
import { type Unknown, unknown } from './unknown.ts';

export interface ApplicationSignalsSettings {
  readonly client: ApplicationSignalsClient;
  readonly clock: Clock;
}

const source = 'Application Signals';

/** Of one call. */
const objectivesMax = 50;

/** What the service said of each objective, by its name or ARN as it was asked. */
type Saids = ReadonlyMap<string, Said>;

export function applicationSignalsMetrics({ client, clock }: ApplicationSignalsSettings): Provider {
  const breaker = circuit(clock);

  const saidsOf = async (
    objectives: readonly string[],
    minutes: MinuteRange,
    abortSignal: AbortSignal,
  ): Promise<Saids> => {
    const allOf = (said: Said): Saids => new Map(objectives.map((one) => [one, said]));
    if (!breaker.isClosed()) return allOf(unknown('source-left-alone', { source, ...leftAlone }));
    try {
      const command = new BatchGetServiceLevelObjectiveBudgetReportCommand({
        SloIds: [...objectives],
        Timestamp: new Date(minutes.end * minuteMs),
      });
      const { Reports = [], Errors = [], Timestamp } = await client.send(command, { abortSignal });
      breaker.worked();
      if (Timestamp && !isWithin(Timestamp, minutes))
        return allOf(
          toAnother('Timestamp', new Date(minutes.end * minuteMs).toISOString(), Timestamp.toISOString()),
        );
      return new Map(objectives.map((one) => [one, saidOf(one, Reports, Errors, minutes)]));
    } catch (error) {
      if (isOutage(error)) breaker.failed();
      // One name that cannot be one takes the whole call with it.
      const isOfName = nameOf(error) === 'ValidationException';
      if (objectives.length > 1 && isOfName) {
        const each: Saids[] = [];
        for (const one of objectives) each.push(await saidsOf([one], minutes, abortSignal));
        return new Map(each.flatMap((one) => [...one]));
      }
      return allOf(unknown(isOfName ? 'query-refused' : 'source-failed', { source, said: wordsOf(error) }));
    }
  };

  return {
    async read(checks, minutes, signal) {
      const objectives = [...new Set(Object.values(checks).flatMap(({ source: { query = [] } }) => query))];
      const saids = new Map<string, Said>();
      for (let at = 0; at < objectives.length; at += objectivesMax) {
        const some = objectives.slice(at, at + objectivesMax);
        for (const [objective, said] of await saidsOf(some, minutes, signal)) saids.set(objective, said);
      }
      return Object.fromEntries(
        Object.entries(checks).map(([id, check]) => [id, seriesOfCheck(check, saids, minutes)]),
      );
    },
  };
}

function seriesOfCheck(check: Check, saids: Saids, minutes: MinuteRange): Series {
  if (comparesCohorts(check)) return unknown('objective-without-cohorts', {});
  const said = saids.get(check.source.query ?? '');
  return seriesOf(check, { treatment: said ? { query: said } : {} }, minutes);
}

const isWithin = (at: Date, { first, end }: MinuteRange): boolean =>
  at.getTime() >= first * minuteMs && at.getTime() <= end * minuteMs;

/** A report of an hour ago says nothing of now; a share that is no percentage nothing at all. */
const toAnother = (place: string, asked: string, found: string): Unknown =>
  unknown('answer-to-another', { source, place, asked, found: redacted(found, []) });

function saidOf(
  objective: string,
  reports: readonly Report[],
  errors: readonly ReportError[],
  { end }: MinuteRange,
): Said {
  const isMeant = ({
    Name,
    Arn,
  }: {
    readonly Name?: string | undefined;
    readonly Arn?: string | undefined;
  }) => Name === objective || Arn === objective;
  const error = errors.find(isMeant);
  if (error) {
    const isMissing = /not.?found/i.test(error.ErrorCode ?? '');
    const said = redacted(`${error.ErrorCode}: ${error.ErrorMessage}`, []);
    return unknown(isMissing ? 'query-refused' : 'source-failed', { source, asked: objective, said });
  }
  const report = reports.find(isMeant);
  if (!report) return unknown('source-skipped', { source, asked: objective });
  const { BudgetStatus, Attainment } = report;
  if (BudgetStatus === 'INSUFFICIENT_DATA' || Attainment === undefined) return points([]);
  if (Attainment < 0 || Attainment > 100) return toAnother('Attainment', '0–100 %', String(Attainment));
  return points([{ minute: end - 1, value: Attainment }]);
}
