/** What the release would cost on AWS. */

import type { Format } from '#presentation/format.ts';
import type { Texts } from '#presentation/messages/texts.ts';
import type { Bill } from '#rehearsal/bill.ts';
import { table } from '../terminal/layout.ts';

/** AWS ends an execution that reaches it. */
const historyEventsLimit = 25_000;

export function billTable(bill: Bill, texts: Texts, format: Format, indent: number): readonly string[] {
  const calls = Object.values(bill.lambdaInvocations).reduce((sum, one) => sum + one, 0);
  const machine = texts.machine(
    format.number(bill.stateTransitions),
    format.number(bill.historyEvents),
    format.number(historyEventsLimit),
    format.number(calls),
  );
  const rows = bill.lines.map(({ service, quantity, unit, dollars }) => [
    service,
    format.number(quantity),
    texts.units[unit] ?? unit,
    format.dollars(dollars),
  ]);
  return [
    `${' '.repeat(indent)}${machine}.`,
    '',
    ...table(
      [
        { title: texts.service },
        { title: texts.quantity, align: 'right' },
        { title: '' },
        { title: texts.cost, align: 'right' },
      ],
      [...rows, [texts.total, '', '', format.dollars(bill.dollars)]],
      indent,
    ),
  ];
}
