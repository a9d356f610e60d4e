/**
 * A process of its own for the benchmark: the API over node:http in front of a rehearsed release, and beside it a server that
 * answers the same bytes and knows nothing. Sends its two ports, and its processor time whenever it is asked.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask } from '#rehearsal/gateway.ts';
import { apiServer } from '#rehearsal/server.ts';
import { bearer, reader, readsOf, sentOf, urlOf } from './reads.ts';
import { rehearsed } from './rehearsed.ts';

/** What the process sends: first this, then processor times. */
export interface Ports {
  readonly jalon: number;
  readonly bare: number;
}
/** Microseconds since the process began. */
export type CpuUs = number;

const { world, release } = await rehearsed();
const answers = new Map(
  await Promise.all(
    readsOf(release.id).map(async (read) => [urlOf(read), await ask(world, sentOf(read))] as const),
  ),
);

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const jalon = apiServer(world, (token) => (token === bearer ? reader : undefined));
const bare = createServer(({ url = '' }, response) => {
  const answer = answers.get(url);
  response.writeHead(answer?.statusCode ?? 404, answer?.headers);
  response.end(answer?.body);
});

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.once('disconnect', () => process.exit());
process.send?.({ jalon: await portOf(jalon), bare: await portOf(bare) } satisfies Ports);
