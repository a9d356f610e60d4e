/** Requests over connections that stay open, each sent when the one before it has been answered. */
import { Agent, request } from 'node:http';

/** Enough that the server never waits for a client. */
const connections = 16;

export interface Target {
  readonly port: number;
  readonly url: string;
  readonly bearer: string;
}

/** How many were answered within so many milliseconds. Throws when one is not answered with 200. */
export async function load(target: Target, forMs: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const untilMs = performance.now() + forMs;
  let answered = 0;
  const lane = async () => {
    while (performance.now() < untilMs) {
      await get(agent, target);
      answered += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, lane));
  } finally {
    agent.destroy();
  }
  return answered;
}

/** The body's bytes. */
export function get(agent: Agent, { port, url, bearer }: Target): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${bearer}` };
    request({ agent, host: '127.0.0.1', port, path: url, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks));
        else reject(new Error(`GET ${url} was answered with ${response.statusCode}`));
      });
    })
      .on('error', reject)
      .end();
  });
}
