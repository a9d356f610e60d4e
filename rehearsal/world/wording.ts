/** What people are told in a rehearsal: the same words as on AWS. */
import type { Ports } from '#application/ports/ports.ts';
import { provide as alerts } from '#functions/runtime/powers/alerts.ts';
import { provide as letters } from '#functions/runtime/powers/letters.ts';
import { provide as reportWriter } from '#functions/runtime/powers/report-writer.ts';

export const wording: Pick<Ports, 'alerts' | 'letters' | 'reportWriter'> = {
  alerts: alerts(),
  letters: letters(),
  reportWriter: reportWriter(),
};
