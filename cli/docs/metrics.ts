/** The tables of `docs/reference/metrics.md` that are written from the code. */
import { say } from '#domain/coded.ts';
import { unknownCauseOf } from '#domain/judge/source-faults.ts';
import { isRemote, type RemoteKind, sourceKinds } from '#domain/plan/metric-sources.ts';
import { englishSourceFaults } from '#presentation/messages/source-faults.english.ts';
import { frenchSourceFaults } from '#presentation/messages/source-faults.french.ts';
import { sourceFaults } from './source-faults.ts';
import { rewritten, table } from './tables.ts';

/** How a provider tells users with the new version from the others, for whoever writes its queries. */
const cohortsOf: Readonly<Record<RemoteKind, string>> = {
  cloudwatch: 'the dimension is added to every metric of the query; write it without',
  'application-signals': 'not at all: only `compare: objective`',
  prometheus: 'one query answers both: `sum by (cohort) (…)`. Other values of the label are left out',
  http: 'the query or the API’s settings hold `{{cohort}}`; they are asked once for each',
};

const cohortsTable = () =>
  table(
    ['source', 'how the cohorts are told apart'],
    sourceKinds.filter(isRemote).map((kind) => [`\`${kind}\``, cohortsOf[kind]]),
  );

const faultsTable = () =>
  table(
    ['code', 'cause', 'in English', 'en français'],
    sourceFaults.map((fault) => [
      ...[fault.code, unknownCauseOf[fault.code]].map((one) => `\`${one}\``),
      ...[englishSourceFaults, frenchSourceFaults].map((sayings) => say(sayings, fault)),
    ]),
  );

/** The page with its tables anew. Throws RangeError when their place is not there. */
export const withMetricsTables = (page: string): string =>
  rewritten(page, { cohorts: cohortsTable(), faults: faultsTable() });
