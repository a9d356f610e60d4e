/** Plays the commands of a page against a served rehearsal, and writes what they answer below them. */

import { firstRelease, rehearsalWorld } from '#rehearsal/rehearse.ts';
import { httpServer } from '#rehearsal/server.ts';
import { Session } from '#rehearsal/session.ts';
import { stopped } from '#rehearsal/speed.ts';
import { claimsIn } from '#rehearsal/tokens.ts';
import { isWorld, worldApi } from '#rehearsal/world-api.ts';
import { jalon, listening } from '#test/cli/api/terminal.ts';
import { readPlanForTest } from '#test/support/plans.ts';

/** The page with the answers of today. Every command must be one of `curl` to the world, or of `jalon`. */
export async function played(page: string): Promise<string> {
  const plan = readPlanForTest('technicia');
  const launchDay = plan.launch.day;
  const world = rehearsalWorld({ plan, seed: 1, users: 10_000, launchDay });
  const session = new Session(world, { append: () => {} });
  await session.start(firstRelease(plan, launchDay));
  const pace = { speed: stopped };
  const server = httpServer(
    (sent) => (isWorld(sent) ? worldApi(session, pace, sent) : session.request(sent)),
    (bearer) => claimsIn(plan, bearer),
  );
  const address = await listening(server);
  try {
    const parts = page.split(/^(```console\n[\s\S]*?^```$)/m);
    const answered: string[] = [];
    for (const part of parts)
      answered.push(part.startsWith('```console') ? await playedBlock(part, address) : part);
    return answered.join('');
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

async function playedBlock(block: string, address: string): Promise<string> {
  const lines: string[] = [];
  for (const line of block.split('\n').filter((one) => one.startsWith('$ '))) {
    const output = await outputOf(line.slice(2), address);
    lines.push(line, ...(output === '' ? [] : [output]));
  }
  return ['```console', ...lines, '```'].join('\n');
}

async function outputOf(command: string, address: string): Promise<string> {
  const [program, ...words] = wordsOf(command);
  if (program === 'curl') return curl(words, address);
  if (program !== 'jalon') throw new Error(`"${program}" is no command of this page: curl and jalon are`);
  const { code, stdout, stderr } = await jalon(words, { environment: { JALON_API: address } });
  const told = `${stdout}${stderr}`.replaceAll(address, 'http://127.0.0.1:4010').trimEnd();
  return code === 0 ? told : `${told}\n(code ${code})`;
}

/** Of `curl`, as much as the page has. */
async function curl(words: readonly string[], address: string): Promise<string> {
  const url = words.find((one) => one.startsWith('localhost:4010/')) ?? '';
  const header = words[words.indexOf('-H') + 1] ?? '';
  const answer = await fetch(url.replace('localhost:4010', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: header.replace(/^Authorization: /, '') },
    body: words[words.indexOf('--json') + 1] ?? '',
  });
  return answer.text();
}

/** As a shell splits what has no variables: blanks, and quotes of both kinds. */
const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
