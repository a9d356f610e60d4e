/** What the command does when an API is away, answers late, or is no API at all: a server that answers what it is told to. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { quoted } from '#domain/quoted.ts';
import { jalon, listening } from './terminal.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const json =
  (status: number, body: unknown): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
const lost: Answer = ({ socket }) => void socket.destroy();
const none = json(200, { releases: [] });

let answers: Answer[] = [];
let asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url} ${request.headers['idempotency-key'] ?? ''}`.trim());
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  answer?.(request, response);
});
let api = '';
beforeAll(async () => {
  api = await listening(server);
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

async function told(typed: string, ...told: readonly Answer[]) {
  answers = [...told];
  const waits: number[] = [];
  const ran = await jalon([...typed.split(' '), '--api', api, '--as', 'qa'], {
    newKey: () => 'key-1',
    wait: async (ms) => void waits.push(ms),
  });
  return { ...ran, asked, waits };
}

describe('a read', () => {
  it('is tried again while the API is away for a moment', async () => {
    const { code, asked: requests, waits } = await told('releases', lost, json(503, {}), none);
    expect({ code, requests, waits }).toEqual({
      code: 0,
      requests: ['GET /releases', 'GET /releases', 'GET /releases'],
      waits: [500, 1000],
    });
  });

  it.each<[string, Answer, RegExp]>([
    ['lost', lost, /cannot be reached for GET \/releases \(.+\): check the address/],
    [
      '503',
      json(503, { type: 'ServiceUnavailable', detail: 'too busy' }),
      /503 ServiceUnavailable: too busy; run/,
    ],
    ['429', json(429, { message: 'Too Many Requests' }), /429: Too Many Requests; run the command again/],
  ])('gives up after three times: %s', async (_, answer, message) => {
    const { code, stderr, asked: requests } = await told('releases', answer);
    expect([code, requests.length]).toEqual([7, 3]);
    expect(stderr).toMatch(message);
  });

  it.each<[string, Answer, number, RegExp]>([
    [
      'is no JSON',
      (_, response) => void response.end('<html>'),
      1,
      /is not what the API's contract says \(it is no JSON\)/,
    ],
    [
      'breaks the contract',
      json(200, { releases: [{ id: 1 }] }),
      1,
      /contract says \(releases\.0\.id: .*of this version/,
    ],
    [
      'is a fault',
      json(500, { type: 'about:blank', detail: 'something failed here' }),
      1,
      /500: something failed here; this is a fault/,
    ],
    [
      'is unknown there',
      json(404, { type: 'about:blank', detail: 'there is no' }),
      2,
      /is it older than this command/,
    ],
    [
      'leads elsewhere',
      (_, response) => void response.writeHead(302, { location: 'http://127.0.0.2/' }).end(),
      7,
      /unexpected redirect/,
    ],
  ])('that gets no answer of use says so: one that %s', async (_, answer, code, message) => {
    const ran = await told('releases', answer);
    expect(ran.stderr).toMatch(message);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
  });

  it.each<[string, Answer, RegExp]>([
    [
      'that is away',
      json(503, { type: 'ServiceUnavailable', detail: 'x' }),
      /503 ServiceUnavailable : x ; relancez/,
    ],
    ['with a fault', json(500, { type: 'about:blank', detail: 'x' }), /500 : x ; c’est un défaut de Jalon/],
    ['that is older', json(405, { type: 'about:blank', detail: 'x' }), /405 : x ; cette API n’a pas/],
    ['of another user', json(401, { message: 'x' }), /401 : x ; connectez-vous à nouveau/],
  ])('of an API %s is told in French what to do', async (_, answer, message) => {
    expect((await told('releases --lang fr', answer)).stderr).toMatch(message);
  });

  it('takes members that the API gained since', async () => {
    const { code, stdout } = await told('forecast --release r-1', json(200, { dates: [], more: 1 }));
    expect([code, stdout]).toEqual([0, 'There is none.\n']);
  });
});

describe('what somebody wrote', () => {
  const entry = { seq: 1, at: '2025-05-18T07:00:00.000Z', actor: 'user:mallory' };
  const answer = {
    entries: [{ ...entry, fact: { type: 'release.paused', reason: quoted('\u001b[2J\nall is well') } }],
  };

  it('does not steer the terminal of whoever reads it', async () => {
    const { stdout } = await told('timeline --release r-1', json(200, answer));
    expect(stdout).toMatch(/release\.paused {2}user:mallory {2}reason ␛\[2J␊all is well\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  it('nor is it lost as JSON', async () => {
    const { stdout } = await told('timeline --release r-1 --json', json(200, answer));
    expect([JSON.parse(stdout), stdout.includes('\u001b')]).toEqual([answer, false]);
  });
});

describe('a command', () => {
  it('whose answer is lost is sent once, and says how to send it again', async () => {
    const { code, stderr, asked: requests } = await told('pause --release r-1 --reason x', lost);
    expect([code, requests]).toEqual([7, ['POST /releases/r-1/pause "key-1"']]);
    expect(stderr).toMatch(
      /It may have been carried out: .* --idempotency-key key-1 is never carried out twice/,
    );
  });

  it('is sent to what was named, however it is written', async () => {
    const { asked: requests } = await told('close-task a/b#1 --release r-1 --note x', json(200, {}));
    expect(requests).toEqual(['POST /releases/r-1/tasks/a%2Fb%231/close "key-1"']);
  });

  it.each<[string, string, object]>([
    ['waive preparation 2.1', 'phases/preparation/items/2.1/waive --reason x', { reason: 'x' }],
    ['untick preparation 2.1', 'phases/preparation/items/2.1/untick --reason x', { reason: 'x' }],
    [
      'tick p 1',
      'phases/p/items/1/tick --link https://a.example/1',
      { evidence: { link: 'https://a.example/1' } },
    ],
    ['tick p 1', 'phases/p/items/1/tick --file f-1', { evidence: { file: 'f-1' } }],
    ['override-criterion p 6.1', 'phases/p/gate/criteria/6.1/override --comment x', { comment: 'x' }],
    ['order skip-wait p', 'phases/p/order --reason x', { order: 'skip-wait', reason: 'x' }],
    ['order promote p', 'phases/p/order --reason x', { order: 'promote', reason: 'x' }],
    ['order hold p', 'phases/p/order --reason x', { order: 'hold', reason: 'x' }],
    ['order correct p', 'phases/p/order --reason x', { order: 'correct', reason: 'x' }],
    [
      'order roll-back p --yes --level partial --component ocr',
      'phases/p/order --reason x',
      { order: 'roll-back', level: 'partial', component: 'ocr', reason: 'x' },
    ],
    ['replace-candidate 2.0.1', 'candidate/replace --reason x', { version: '2.0.1', reason: 'x' }],
    ['mark-version-bad --yes', 'version/mark-bad --reason x', { reason: 'x' }],
    ['override-freeze may-8', 'freezes/may-8/override --reason x', { reason: 'x' }],
    [
      'open-incident --severity major --title slow',
      'incidents --phase p',
      { severity: 'major', title: 'slow', phase: 'p' },
    ],
    ['reopen-incident i-1', 'incidents/i-1/reopen --comment x', { comment: 'x' }],
    ['acknowledge-incident i-1', 'incidents/i-1/acknowledge', {}],
    ['resolve-incident i-1', 'incidents/i-1/resolve', {}],
    ['report-correction p', 'phases/p/correction/report --comment x', { comment: 'x' }],
    ['decide p retry', 'phases/p/decide --comment x', { decision: 'retry', comment: 'x' }],
    ['resume p gate', 'phases/p/resume --comment x', { resolution: 'gate', comment: 'x' }],
    ['agree-rollback p --yes', 'phases/p/rollback/agree --comment x', { comment: 'x' }],
    ['decline-rollback p', 'phases/p/rollback/decline --comment x', { comment: 'x' }],
    ['reject p --role qa', 'phases/p/gate/reject --comment x', { role: 'qa', comment: 'x' }],
    ['approve p --role qa', 'phases/p/gate/approve --comment x', { role: 'qa', comment: 'x' }],
    ['unpause', 'unpause --reason x', { reason: 'x' }],
    ['move-launch-day 2025-06-01', 'launch-day/move --reason x', { launchDay: '2025-06-01', reason: 'x' }],
  ])('sends what was typed to the path of its operation: jalon %s, %s', async (typed, rest, body) => {
    const [path = '', ...more] = rest.split(' ');
    let sent = '';
    const reading: Answer = async (request, response) => {
      for await (const chunk of request) sent += String(chunk);
      json(200, {})(request, response);
    };
    const {
      code,
      stderr,
      asked: requests,
    } = await told([typed, '--release r-1', ...more].join(' '), reading);
    expect({ code, stderr, requests }).toEqual({
      code: 0,
      stderr: '',
      requests: [`POST /releases/r-1/${path} "key-1"`],
    });
    expect(JSON.parse(sent)).toEqual(body);
  });
});

describe('the release that is meant', () => {
  it('must be said when several are under way', async () => {
    const one = (id: string) => ({
      id,
      version: '1',
      status: 'active',
      paused: false,
      exposure: 0,
      seq: 1,
      launchDay: '2025-05-18',
      startedBy: 'ada',
      startedAt: '2025-04-09T14:00:00.000Z',
    });
    const { code, stderr } = await told('phases', json(200, { releases: [one('a-1'), one('b-1')] }));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/write --release and one of a-1, b-1/)]);
  });
});
