/** Lambda's Runtime API for one process: notices when it asks for its first event, hands one over, takes the answer. */

import { once } from 'node:events';
import { createServer } from 'node:http';

export interface RuntimeApi {
  readonly address: string;
  /** Resolves with the instant (ms) at which the process was ready for an event; then hands it over. */
  ready(): Promise<number>;
  answered(): Promise<string>;
  close(): void;
}

export async function runtimeApi(event: unknown): Promise<RuntimeApi> {
  let isReady: (at: number) => void = () => {};
  let isAnswered: (text: string) => void = () => {};
  const ready = new Promise<number>((resolve) => (isReady = resolve));
  const answered = new Promise<string>((resolve) => (isAnswered = resolve));
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      isReady(performance.now());
      response.setHeader('lambda-runtime-aws-request-id', 'cold-start');
      response.end(JSON.stringify(event));
      return;
    }
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      response.end();
      isAnswered(text);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port on 127.0.0.1');
  return {
    address: `127.0.0.1:${address.port}`,
    ready: () => ready,
    answered: () => answered,
    close: () => server.close(),
  };
}
