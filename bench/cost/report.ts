/** The cost model as tables for people. */
import { type TextColumn, table, wrap } from '#cli/terminal/layout.ts';
import type { GrowthRow, Model } from './model.ts';
import { historyLimit } from './polled.ts';
import { free, type Price, prices } from './prices.ts';
import type { Line } from './usage.ts';

const right = (title: string): TextColumn => ({ title, align: 'right' });
const left = (title: string): TextColumn => ({ title, flexible: true });
const count = (number: number) =>
  number.toLocaleString('en', { maximumFractionDigits: number >= 100 ? 0 : number >= 1 ? 1 : 4 });
const dollars = (amount: number) => `$${amount.toFixed(amount >= 0.995 ? 2 : 3)}`;
const section = (title: string, ...lines: readonly string[]) => ['', title, ...lines];
const note = (text: string) => wrap(text, 106).map((line) => `  ${line}`);

export function report(model: Model): readonly string[] {
  return [
    `${model.plan}: ${count(model.users)} users, ${count(model.days)} days, seed ${model.seed}, ${model.outcome}`,
    ...bill(model),
    ...watching(model),
    ...bakes(model),
    ...growth(model),
    ...sources(model),
  ];
}

function bill({
  bill: { caused, standing, dollars: sums },
  causes,
  freeTier,
  months,
}: Model): readonly string[] {
  const columns = [left('service'), right('quantity'), left('unit'), right('cost')];
  const rows = (lines: readonly Line[]) =>
    lines.map((line) => [line.service, count(line.quantity), line.unit, dollars(line.dollars)]);
  const tiers = freeTier ? 'after the free tiers, as if no one else used them' : 'without free tiers';
  return [
    ...section(
      `What the release causes, ${tiers}`,
      ...table(columns, [...rows(caused), ['together', '', '', dollars(sums.caused)]], 2),
    ),
    ...section(
      'The same by cause, without free tiers',
      ...table(
        [left('cause'), right('cost')],
        Object.entries(causes).map(([cause, amount]) => [cause, dollars(amount)]),
        2,
      ),
    ),
    ...section(
      `What the deployment costs meanwhile (${months.toFixed(1)} months), whatever it does; releases share it`,
      ...table(columns, [...rows(standing), ['together', '', '', dollars(sums.standing)]], 2),
      `  total ${dollars(sums.total)}`,
    ),
  ];
}

function watching({ watching: rows }: Model): readonly string[] {
  return section(
    'Watching the bakes: event-driven and polled, side by side, without free tiers',
    ...table(
      [
        left('the state machine'),
        right('every'),
        right('looks'),
        right('transitions'),
        right('longest bake'),
        right('children'),
        right('watching'),
        right('release'),
      ],
      rows.map((row) => [
        `${row.how}${row.rehearsed ? ' *' : ''}`,
        `${row.everyMinutes} min`,
        count(row.looks),
        count(row.transitions),
        `${count(row.longestEvents)} events`,
        count(row.children),
        dollars(row.dollars.watching),
        dollars(row.dollars.caused),
      ]),
      2,
    ),
    ...note(
      '* the plan as it is, every look rehearsed; in the other rows a look costs what one of these costs. "children": executions that the loops need beside the release\'s own, because one ends at 25,000 events.',
    ),
  );
}

function bakes({ bakes: rows, historyEvents }: Model): readonly string[] {
  return section(
    `Each bake polled every minute, beside ${count(historyEvents)} events of the release (AWS ends an execution at ${count(historyLimit)})`,
    ...table(
      [
        left('bake'),
        right('hours'),
        right('turns'),
        right('events'),
        right('of the limit'),
        right('child executions'),
      ],
      rows.map(({ wait, hours, everyMinute: { turns, events, children } }) => [
        wait,
        count(hours),
        count(turns),
        count(events),
        `${((100 * events) / historyLimit).toFixed(0)} %`,
        children === 0 ? 'fits' : count(children),
      ]),
      2,
    ),
  );
}

/** Columns of the tables of growth; what is not named is "other". */
const shown = {
  SES: 'mail',
  DynamoDB: 'DynamoDB',
  'CloudWatch metrics': 'metrics',
  Lambda: 'Lambda',
  'Step Functions': 'Step F.',
} as const;

function growth({ growth: { bakes: longer, users, checks } }: Model): readonly string[] {
  const rowsOf = (rows: readonly GrowthRow[], label: (row: GrowthRow) => string) =>
    table(
      [
        left(''),
        right('days'),
        ...Object.values(shown).map(right),
        right('other'),
        right('caused'),
        right('standing'),
        right('polled'),
      ],
      rows.map((row) => {
        const named = Object.keys(shown).map((service) => row.services[service] ?? 0);
        const other = row.dollars.caused - named.reduce((sum, one) => sum + one, 0);
        return [
          label(row),
          row.days.toFixed(0),
          ...[...named, other, row.dollars.caused, row.dollars.standing, row.polledDollars].map(dollars),
        ];
      }),
      2,
    );
  return [
    ...section('Growth with the length of the bakes', ...rowsOf(longer, ({ at }) => `× ${at}`)),
    ...note(
      'A release that lasts longer may skip a message that has become too late (lateDaysMax): mail can become less.',
    ),
    ...section(
      'Growth with the users',
      ...rowsOf(users, ({ at, rehearsed }) => `${count(at)}${rehearsed ? '' : ' ~'}`),
    ),
    ...note('~ not rehearsed: on the line through the two largest rehearsals.'),
    ...section('Growth with the checks of each bake', ...rowsOf(checks, ({ at }) => `× ${at}`)),
    ...note(
      'polled: what the release would cause with its bakes as loops in the state machine, every minute; compare with "caused".',
    ),
  ];
}

function sources({ freeTier }: Model): readonly string[] {
  const by = (evidence: Price['evidence']) =>
    Object.values(prices)
      .filter((price) => price.evidence === evidence)
      .map(({ service, unit }) => `${service} (${unit})`)
      .join(', ');
  return section(
    'Where the prices come from',
    ...note(`From a copy of the price table of eu-west-3: ${by('snapshot')}.`),
    ...note(`Of us-east-1, as others quote them: ${by('quoted')}.`),
    ...note(`Of us-east-1, not verified: ${by('memory')}.`),
    ...note(`Free of charge: ${free.join(', ')}. Not counted: Cognito, S3, X-Ray, data transfer, taxes.`),
    ...note(`Assumptions: bench/cost/assumptions.ts.${freeTier ? '' : ' Free tiers are off (--free-tier).'}`),
  );
}
