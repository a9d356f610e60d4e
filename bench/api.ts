/**
 * Reading over the API: what a read takes and consumes however many releases the table holds, and how many requests a core
 * answers beside a bare node:http server with the same bytes.
 *
 *   npm run bench:api [-- --quick]
 *
 * Real: the API's functions with their contracts, the adapters, the SDK; a rehearsed release with its ledger. DynamoDB is
 * DynamoDB Local, a Java program on the same machine: its milliseconds are not those of AWS, its read units are. Ends with 1
 * when a read consumes more units in a larger table, or the two servers answer different bytes; with 2, and the command that
 * brings it, when Java or DynamoDB Local is not there.
 */

import { parseArgs } from 'node:util';
import type { Ports } from '#application/ports/ports.ts';
import { DynamoReleaseReader } from '#functions/adapters/dynamodb/release-reader.ts';
import { type DynamoTable, documentClient } from '#functions/adapters/dynamodb/table.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { ask } from '#rehearsal/gateway.ts';
import { Chance } from '#rehearsal/world/chance.ts';
import { calm } from '#rehearsal/world/chaos.ts';
import { Delivery } from '#rehearsal/world/delivery.ts';
import { createTable } from '#test/integration/dynamodb/create-table.ts';
import { dynamoDbLocal, dynamoDbLocalNeeds } from '#test/integration/dynamodb/local.ts';
import { type Metered, meteredClient } from '#test/integration/dynamodb/metered.ts';
import { haveOrEnd } from '#test/support/needed.ts';
import { measureBeside } from './api/beside.ts';
import { perCore, quantile, type ReadFigures, slowdown, unitsDiffer } from './api/figures.ts';
import { writePast, writeRelease } from './api/past.ts';
import { type Read, readsOf, sentOf } from './api/reads.ts';
import { rehearsed } from './api/rehearsed.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
haveOrEnd(dynamoDbLocalNeeds);
const sizes = values.quick ? [1, 1_000, 10_000] : [1, 1_000, 100_000];
const calls = values.quick ? 60 : 400;
const pace = values.quick ? { turns: 2, turnMs: 300 } : { turns: 5, turnMs: 1_000 };
const slowdownMax = 2;

const print = (line = '') => void process.stdout.write(`${line}\n`);
const figure = (value: number, digits = 0) =>
  value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
const row = (name: string, ...cells: readonly string[]) =>
  print(`  ${name.padEnd(26)}${cells.map((cell) => cell.padStart(13)).join('')}`);
let broken = 0;
function promise(kept: boolean, what: string): void {
  print(`  ${kept ? 'kept  ' : 'BROKEN'}  ${what}`);
  if (!kept) broken += 1;
}

const { plan, world, release, entries } = await rehearsed();
const reads = readsOf(release.id);

/** One read, so many times one after another. */
async function measure(
  read: Read,
  delivery: Delivery,
  meter: Metered,
  releases: number,
): Promise<ReadFigures> {
  const ms: number[] = [];
  const readUnits: number[] = [];
  meter.taken();
  const from = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) {
    const startMs = performance.now();
    const { statusCode, body } = await ask({ delivery }, sentOf(read));
    ms.push(performance.now() - startMs);
    readUnits.push(meter.taken().readUnit);
    if (statusCode !== 200) throw new Error(`GET ${read.path} was answered with ${statusCode}: ${body}`);
  }
  const { user, system } = process.cpuUsage(from);
  return { releases, readUnits, ms, cpuMs: (user + system) / 1000 / calls };
}

/** Every read at every size at which its answer is as long as it gets. */
async function growth(endpoint: string): Promise<ReadonlyMap<Read, readonly ReadFigures[]>> {
  const meter = meteredClient(endpoint);
  const table: DynamoTable = { client: documentClient(meter.client), table: 'releases' };
  await createTable(meter.client, table.table, 'releases');
  await writeRelease(table, release, entries);
  const clock = new VirtualClock(world.clock.nowMs());
  const ports = {
    plan,
    clock,
    log: { write: () => {} },
    sha256,
    sayRefusal,
    reader: new DynamoReleaseReader(table),
  };
  const delivery = new Delivery(clock, new Chance('bench'), calm, ports as unknown as Ports);
  const measured = new Map(reads.map((read) => [read, [] as ReadFigures[]]));
  for (const read of reads) await measure(read, delivery, meter, 0);
  let written = 1;
  for (const releases of sizes) {
    await writePast(table, written, releases);
    written = releases;
    for (const [read, figures] of measured)
      if (releases >= read.releasesMin) figures.push(await measure(read, delivery, meter, releases));
  }
  meter.client.destroy();
  return measured;
}

print(`A release of ${plan.title} with ${figure(entries.length)} facts, among others that have ended.`);
print(
  'Read units are what AWS bills; milliseconds are those of DynamoDB Local beside us, ours alone as processor time.',
);
print();
const { endpoint, stop } = await dynamoDbLocal();
const grown = await growth(endpoint).finally(stop);
row('', 'releases', 'read units', 'p50 ms', 'p99 ms', 'ours, ms');
for (const [read, figures] of grown)
  for (const { releases, readUnits, ms, cpuMs } of figures)
    row(
      read.name,
      figure(releases),
      [...new Set(readUnits)].map((units) => figure(units, 1)).join('/'),
      figure(quantile(ms, 0.5), 1),
      figure(quantile(ms, 0.99), 1),
      figure(cpuMs, 2),
    );

print();
print(
  'The same reads over HTTP from the memory of a rehearsal, and a bare node:http server with the same bytes:',
);
// In a rehearsal nothing has ended before.
const beside = await measureBeside(
  reads.filter(({ releasesMin }) => releasesMin === 1),
  pace,
);
row('requests per second', 'bytes', 'bare', 'Jalon', 'bare / core', 'Jalon / core', 'bare / Jalon');
for (const { read, bytes, bare, jalon } of beside)
  row(
    read.name,
    figure(bytes),
    ...[bare, jalon].map(({ requests, seconds }) => figure(requests / seconds)),
    ...[bare, jalon].map((served) => figure(perCore(served))),
    figure(perCore(bare) / perCore(jalon), 1),
  );
print('  "/ core": per second of the processor time of the server’s process; the client is not counted.');

print();
const worst = Math.max(...[...grown.values()].map(slowdown));
promise(
  ![...grown.values()].some(unitsDiffer),
  `a read consumes the same units whether the table holds 1 release or ${figure(sizes.at(-1) ?? 0)}`,
);
print(
  `  ${worst <= slowdownMax ? 'kept  ' : 'slower'}  p50 of the largest is at most ${slowdownMax} times that of the smallest: ${figure(worst, 2)}`,
);
promise(
  beside.every(({ same }) => same),
  'both servers answer the same bytes',
);
process.exitCode = broken === 0 ? 0 : 1;
