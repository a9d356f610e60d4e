/**
 * Metrics from any API that answers a question over HTTP with JSON. The stage describes each API once (`ApiSettings`); a plan
 * has only the text of the query and the API's name. Recipes for Datadog, New Relic and Dynatrace: `docs/reference/metrics.md`.
 *
 * Templates know `{{query}}`, `{{from}}`, `{{to}}` (the window, in the API's unit) and `{{cohort}}` (the value of the cohort that
 * is asked for); a query may hold `{{cohort}}` too. Headers know the names of the API's secrets and nothing else.
 */

import type { Clock } from '#application/ports/ports.ts';
import type { Cohort, Series } from '#domain/judge/series.ts';
import type { Check } from '#domain/plan/plan.ts';
import { minuteMs } from '#domain/time.ts';
import { fewAtOnce } from './at-once.ts';
import { type CohortAnswer, type Said, seriesOf } from './blocks.ts';
import { type Exchange, exchange, type HttpQuestion } from './exchange.ts';
import { type AnswerSettings, saidIn, type TimeUnit } from './http-answer.ts';
import type { MinuteRange } from './minutes.ts';
import { type CohortNames, cohortsOf, comparesCohorts, type Provider, questionsOf } from './provider.ts';
import { asItIs, filled, inAddress, inJson, namesIn } from './template.ts';
import { unknown } from './unknown.ts';

export interface ApiSettings extends AnswerSettings {
  /** Template; its host holds no placeholder. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** Templates, by name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Template: JSON, or a form where the headers say `application/x-www-form-urlencoded`. */
  readonly body?: string;
  readonly times: AnswerSettings['times'] & {
    /** Of `{{from}}` and `{{to}}`. */
    readonly asked: TimeUnit;
  };
}

export interface HttpMetricsSettings {
  readonly apis: Readonly<Record<string, ApiSettings>>;
  readonly cohort: CohortNames;
  /** The secrets of an API, by their names in its headers. May throw. */
  secretsOf(api: string): Promise<Readonly<Record<string, string>>>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

interface Api {
  readonly source: string;
  readonly settings: ApiSettings;
  readonly ask: Exchange;
}

export function httpMetrics({ apis, cohort, secretsOf, fetch, clock }: HttpMetricsSettings): Provider {
  const known = new Map(
    Object.entries(apis).map(([id, settings]): [string, Api] => {
      const source = `${id} at ${new URL(settings.url).host}`;
      const authorize = async ({ headers }: HttpQuestion) => {
        const secrets = await secretsOf(id);
        const fill = ([key, template]: [string, string]) => [key, filled(template, secrets, asItIs)];
        return {
          headers: Object.fromEntries(Object.entries(headers).map(fill)),
          secrets: Object.values(secrets),
        };
      };
      return [id, { source, settings, ask: exchange({ source, authorize, fetch, clock }) }];
    }),
  );

  const answerTo = async (
    { api, query, cohort: asked }: Asked,
    minutes: MinuteRange,
    signal: AbortSignal,
  ): Promise<Said> => {
    const { source, settings, ask } = api;
    const hasPlace = [query, settings.url, settings.body ?? ''].some((one) =>
      namesIn(one).includes('cohort'),
    );
    if (hasPlace !== (asked !== undefined)) {
      return unknown(hasPlace ? 'cohort-not-compared' : 'cohort-not-asked', { source });
    }
    const its = asked === undefined ? {} : { cohort: cohort[asked] };
    const answer = await ask(questionTo(settings, query, minutes, its), signal);
    return saidIn(answer, settings, source, minutes, its);
  };

  return {
    async read(checks, minutes, signal) {
      const asked = Object.entries(checks).flatMap(([id, check]) => askedOf(id, check, known));
      const saids = await fewAtOnce(asked, (one) => answerTo(one, minutes, signal));
      return Object.fromEntries(
        Object.entries(checks).map(([id, check]): [string, Series] => {
          if (!known.has(check.source.api ?? '')) return [id, notSet(check)];
          const told: Record<Cohort, Partial<Record<keyof CohortAnswer, Said>>> = {
            treatment: {},
            control: {},
          };
          for (const [index, one] of asked.entries()) {
            const said = saids[index];
            if (one.id === id && said) told[one.cohort ?? 'treatment'][one.part] = said;
          }
          return [id, seriesOf(check, told, minutes)];
        }),
      );
    },
  };
}

const notSet = ({ source: { api } }: Check) => unknown('api-missing', api === undefined ? {} : { api });

interface Asked {
  readonly id: string;
  readonly api: Api;
  readonly part: keyof CohortAnswer;
  readonly query: string;
  /** Undefined where the check compares none. */
  readonly cohort: Cohort | undefined;
}

const askedOf = (id: string, check: Check, known: ReadonlyMap<string, Api>): readonly Asked[] => {
  const api = known.get(check.source.api ?? '');
  if (!api) return [];
  return questionsOf(check).flatMap(({ part, query }) =>
    cohortsOf(check).map((cohort) => ({
      id,
      api,
      part,
      query,
      cohort: comparesCohorts(check) ? cohort : undefined,
    })),
  );
};

function questionTo(
  { url, method, headers, body, times }: ApiSettings,
  query: string,
  { first, end }: MinuteRange,
  cohort: { readonly cohort?: string },
): HttpQuestion {
  const values = {
    query: filled(query, cohort, asItIs),
    from: timeOf(first * minuteMs, times.asked),
    to: timeOf(end * minuteMs, times.asked),
    ...cohort,
  };
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return {
    url: new URL(filled(url, values, inAddress)),
    method,
    headers,
    ...(body === undefined ? {} : { body: filled(body, values, isForm ? inAddress : inJson) }),
  };
}

function timeOf(ms: number, unit: TimeUnit): string {
  if (unit === 'iso') return new Date(ms).toISOString();
  return String(unit === 'seconds' ? ms / 1000 : ms);
}
