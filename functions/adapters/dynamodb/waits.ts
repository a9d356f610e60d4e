/** Waits in the table `waits`: the one place where task tokens are. Conditions on epoch and status are the transitions. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Clock } from '#application/ports/ports.ts';
import type { WaitStore } from '#application/ports/workflow.ts';
import { type Wait, waitKinds } from '#domain/rules/wait.ts';
import { change, type DynamoTable, namesIn, patiently, read, type StoredRow, select } from './table.ts';
import { openIndex, releasePartition, waitKey } from './table-keys.ts';

/** A wait that was answered is kept for those who look into what happened; its token is of no use any more. */
const keptDays = 30;
/** A release waits for a handful of things at a time. */
const openMax = 1_000;

const WaitRow = z.object({
  releaseId: z.string(),
  waitId: z.string(),
  kind: z.enum(waitKinds),
  phase: z.string(),
  attempt: z.int(),
  epoch: z.int(),
  token: z.string(),
  status: z.enum(['armed', 'settling', 'settled', 'cancelled']),
  answer: z.record(z.string(), z.unknown()).exactOptional(),
  armedAt: z.string(),
  deadlineAt: z.string().exactOptional(),
  reference: z.string().exactOptional(),
} satisfies { readonly [K in keyof Required<Wait>]: z.ZodType });
const waitOf = (row: StoredRow): Wait => WaitRow.parse(row);

export class DynamoWaitStore implements WaitStore {
  readonly #table: DynamoTable;
  readonly #clock: Clock;

  constructor({ clock, ...table }: DynamoTable & { readonly clock: Clock }) {
    this.#table = table;
    this.#clock = clock;
  }

  /**
   * The only write that is no transaction: it must learn the epoch that it made, whatever was there. A try whose answer got
   * lost costs an epoch, which nobody has seen. Throws ServiceUnavailable.
   */
  async arm(wait: Omit<Wait, 'epoch' | 'status' | 'answer'>): Promise<Wait> {
    const { releaseId, waitId, deadlineAt, reference, ...rest } = wait;
    const optional = Object.entries({ deadlineAt, reference });
    const present = optional.filter(([, value]) => value !== undefined);
    const absent = optional.filter(([, value]) => value === undefined).map(([name]) => name);
    const set = Object.fromEntries([
      ...Object.entries({ releaseId, waitId, ...rest, status: 'armed', openWait: waitId }),
      ...present,
    ]);
    const by = [
      `SET #epoch = if_not_exists(#epoch, :none) + :one`,
      ...Object.keys(set).map((name) => `, #${name} = :${name}`),
      ` REMOVE ${['answer', 'expiresAt', ...absent].map((name) => `#${name}`).join(', ')}`,
    ].join('');
    const values = Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value]));
    const { Attributes } = await patiently(() =>
      this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.table,
          Key: { ...waitKey(releaseId, waitId) },
          UpdateExpression: by,
          ExpressionAttributeNames: namesIn(by),
          ExpressionAttributeValues: { ...values, ':none': 0, ':one': 1 },
          ReturnValues: 'ALL_NEW',
        }),
      ),
    );
    return waitOf(Attributes ?? {});
  }

  async get(releaseId: string, waitId: string): Promise<Wait | undefined> {
    const row = await read(this.#table, waitKey(releaseId, waitId));
    return row && waitOf(row);
  }

  async open(releaseId: string): Promise<readonly Wait[]> {
    const rows = await select(
      this.#table,
      {
        where: '#pk = :pk',
        values: { ':pk': releasePartition(releaseId) },
        index: { name: openIndex, consistent: true },
      },
      openMax,
    );
    return rows.map(waitOf);
  }

  /** Throws ServiceUnavailable. */
  async settle(wait: Wait, answer: Readonly<Record<string, unknown>>) {
    const lost = await change(this.#table, [
      {
        update: waitKey(wait.releaseId, wait.waitId),
        by: 'SET #status = :settling, #answer = :answer',
        when: '#status = :armed AND #epoch = :epoch',
        values: { ':settling': 'settling', ':answer': answer, ':armed': 'armed', ':epoch': wait.epoch },
      },
    ]);
    if (!lost) return { won: true, wait: { ...wait, status: 'settling' as const, answer } };
    const stored = lost.get(0);
    return { won: false, wait: stored && waitOf(stored) };
  }

  /** Throws ServiceUnavailable. */
  async close(wait: Wait, status: 'settled' | 'cancelled'): Promise<void> {
    const expiresAt = Math.floor(this.#clock.nowMs() / 1000) + keptDays * 86_400;
    // Lost: closed already, or armed again since. Either way there is nothing left to close.
    await change(this.#table, [
      {
        update: waitKey(wait.releaseId, wait.waitId),
        by: 'SET #status = :status, #expiresAt = :expiresAt REMOVE #openWait',
        when: '#epoch = :epoch AND #status IN (:armed, :settling)',
        values: {
          ':status': status,
          ':expiresAt': expiresAt,
          ':epoch': wait.epoch,
          ':armed': 'armed',
          ':settling': 'settling',
        },
      },
    ]);
  }
}
