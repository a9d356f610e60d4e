/**
 * A campaign to a million people: how fast an audience is listed, claimed and written to on one core, how much memory that
 * takes, what it costs, and how many get the mail twice when processes die; beside it a loop that keeps no ledger.
 *
 *   npm run bench:campaign [-- --quick] [-- --people N]
 *
 * Run with a small nursery: what a large one has not swept yet would count as memory.
 *
 * Real: the handler with its contracts, the listing, the templates; MIME is timed by itself, because it takes longer than all
 * the rest. Simulated: the rows (a byte a person), the queue (SQS delivers at least once) and the mail service, which takes
 * every mail. Ends with 1 when a promise is broken.
 */

import { parseArgs } from 'node:util';
import type { MailJob } from '#application/ports/mail.ts';
import type { Ports } from '#application/ports/ports.ts';
import { ledgerFormat } from '#domain/ledger/format.ts';
import type { Mail } from '#domain/mailing/mail.ts';
import { messageOf } from '#domain/plan/message-dates.ts';
import { hmacLinks } from '#functions/adapters/links/links.ts';
import { composeMime } from '#functions/adapters/ses/mime.ts';
import { mailJob } from '#functions/events/mail-job.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { loadPlan } from '#lib/plan.ts';
import { templatesFor } from '#mails/library.ts';
import { writerOf } from '#presentation/mail/letter.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { Chance } from '#rehearsal/world/chance.ts';
import { Crash } from '#rehearsal/world/chaos.ts';
import { wording } from '#rehearsal/world/wording.ts';
import { record } from '#test/support/hashed.ts';
import { ByteCampaign, Crowd, personAt } from './campaign/crowd.ts';
import { requestsOf } from './cost/requests.ts';
import { linesOf, sumOf, times, type Usage } from './cost/usage.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, people: { type: 'string', default: '1000000' } },
});
const people = values.quick ? 50_000 : Number(values.people);
const memoryMegabytesMax = 300;
/** Of a call's end: the process dies after the mail has left and before anything is kept. One in so many mails. */
const mailsPerDeath = 5000;
/** A queue delivers one job in so many once more. */
const jobsPerDouble = 200;

const print = (line = '') => void process.stdout.write(`${line}\n`);
const figure = (value: number, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
const row = (name: string, ...cells: readonly string[]) =>
  print(`  ${name.padEnd(44)}${cells.map((cell) => cell.padStart(16)).join('')}`);
let broken = 0;
function promise(kept: boolean, what: string): void {
  print(`  ${kept ? 'kept  ' : 'BROKEN'}  ${what}`);
  if (!kept) broken += 1;
}

const plan = loadPlan(new URL('../plans/technicia.yaml', import.meta.url).pathname);
const message = 'full-launch';
const release = record(
  'bench-1',
  [
    {
      type: 'release.admitted',
      product: plan.product,
      version: '2.0.0',
      launchDay: plan.launch.day,
      startedBy: 'bench',
      executionArn: 'arn',
      format: ledgerFormat,
      planRevision: plan.revision.day,
    },
    { type: 'exposure.changed', phase: 'production-100', attempt: 1, from: 0, to: 100 },
  ],
  { at: '2025-06-01T08:00:00.000Z', actor: 'user:bench' },
).next;

type Call = (port: string, method: string, given: unknown[], go: () => Promise<unknown>) => Promise<unknown>;

/** The same ports, each call of which is made by `call`. */
const around = (ports: Readonly<Record<string, object>>, call: Call) =>
  Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [
      name,
      new Proxy(port, {
        get(target, method) {
          const value: unknown = Reflect.get(target, method);
          if (typeof value !== 'function') return value;
          return (...given: unknown[]) =>
            call(name, String(method), given, async () => Reflect.apply(value, target, given));
        },
      }),
    ]),
  );

/** Of a process that has died no call comes any more. */
const whileAlive =
  (process: { readonly dead: boolean }): Call =>
  async (_port, _method, _given, go) => {
    if (process.dead) throw new Crash('the process is dead');
    return go();
  };

/** Counts what every call of the stores, the queue and the mail service is on AWS. */
function priced(take: (usage: Usage) => void): Call {
  const request = requestsOf(plan.product);
  return async (port, method, given, go) => {
    const answer = await go();
    take(request(port, method, given, answer).usage);
    return answer;
  };
}

/** Signed as on AWS: three links a mail. */
const links = hmacLinks({
  secret: async () => JSON.stringify({ current: 'a', a: 'x'.repeat(64) }),
  pagesUrl: 'https://pages.example',
});

interface Run {
  readonly mails: Uint8Array;
  readonly seconds: number;
  readonly listedSeconds: number;
  readonly megabytesMax: number;
}
const copies = (mails: Uint8Array) => ({
  twice: mails.reduce((sum, count) => sum + (count > 1 ? 1 : 0), 0),
  never: mails.reduce((sum, count) => sum + (count === 0 ? 1 : 0), 0),
});

/** Every mail leaves; now and then the process dies before it knows. */
function mailService(count: number, chance: Chance | undefined) {
  const mails = new Uint8Array(count);
  const process = { dead: false };
  return {
    mails,
    process,
    send: async ({ tags }: Mail): Promise<{ messageId: string }> => {
      const index = Number.parseInt(tags.person, 16);
      mails[index] = (mails[index] ?? 0) + 1;
      process.dead = chance?.happens(1 / mailsPerDeath) ?? false;
      if (process.dead) throw new Crash('died after the mail had left');
      return { messageId: '1' };
    },
  };
}

/** Our sender. Send jobs are worked off before the next is listed, as a queue's consumers would. */
async function campaign(count: number, chance?: Chance, take?: (usage: Usage) => void): Promise<Run> {
  const service = mailService(count, chance);
  const jobs: string[] = [];
  const lists: string[] = [];
  const enqueue = async (given: readonly MailJob[]) => {
    for (const job of given) (job.kind === 'list' ? lists : jobs).push(JSON.stringify(job));
  };
  const outside = {
    releases: { load: async () => release, commit: async () => {} },
    campaigns: new ByteCampaign(count),
    audience: new Crowd(count),
    mailQueue: { enqueue },
    mailer: { send: service.send },
  };
  const ports = {
    plan,
    clock: { nowMs: () => Date.parse('2025-06-01T08:00:00Z') },
    log: { write: () => {} },
    sha256,
    sayRefusal,
    templates: templatesFor(plan),
    ...wording,
    links,
    ...around(outside, take ? priced(take) : whileAlive(service.process)),
  };
  const handler = handlerOf(mailJob, ports as unknown as Ports);
  const startNs = process.hrtime.bigint();
  let listedNs = 0n;
  let megabytesMax = 0;
  let worked = 0;
  await enqueue([{ kind: 'list', releaseId: release.id, message, campaign: 'bench' }]);
  while (jobs.length > 0 || lists.length > 0) {
    const job = jobs.pop();
    const body = job ?? lists.pop() ?? '';
    const beganNs = process.hrtime.bigint();
    service.process.dead = false;
    const answer = (await handler({ Records: [{ messageId: 'm', body }] })) as {
      readonly batchItemFailures: readonly unknown[];
    };
    if (job === undefined) listedNs += process.hrtime.bigint() - beganNs;
    const again = answer.batchItemFailures.length > 0 || chance?.happens(1 / jobsPerDouble);
    if (again && job !== undefined) jobs.push(job);
    worked += 1;
    if (worked % 500 === 0) megabytesMax = Math.max(megabytesMax, process.memoryUsage().rss / 1e6);
  }
  const seconds = Number(process.hrtime.bigint() - startNs) / 1e9;
  return { mails: service.mails, seconds, listedSeconds: Number(listedNs) / 1e9, megabytesMax };
}

/** What many write first: a loop over the users; when it dies, it begins again at the last batch that was ticked off. */
async function loopWithoutLedger(chance?: Chance): Promise<Pick<Run, 'mails' | 'seconds'>> {
  const service = mailService(people, chance);
  const batch = 1000;
  const startNs = process.hrtime.bigint();
  for (let from = 0; from < people; ) {
    try {
      for (let index = from; index < Math.min(people, from + batch); index += 1) {
        await service.send({
          to: `u${index}@users.example`,
          subject: 'Technicia',
          html: '',
          text: '',
          tags: { release: release.id, message, campaign: 'loop', person: personAt(index) },
        });
      }
      from += batch;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
  return { mails: service.mails, seconds: Number(process.hrtime.bigint() - startNs) / 1e9 };
}

/** Milliseconds that one mail takes to be composed. */
async function mimeMs(): Promise<number> {
  const mails = 300;
  const write = writerOf({
    plan,
    message: messageOf(plan, message),
    release,
    nowMs: 0,
    translations: await templatesFor(plan).of(message),
  });
  const from = { name: 'Technicia', address: 'release@technicia.example' };
  const startMs = performance.now();
  for (let index = 0; index < mails; index += 1)
    await composeMime({ from, to: `u${index}@users.example`, ...write('fr'), atMs: 0, id: `${index}` });
  return (performance.now() - startMs) / mails;
}

print(`${figure(people)} people, one core, one message of ${plan.title}`);
print();
const calm = await campaign(people);
row('', 'seconds', 'people / s');
row('audience listed into the queue', figure(calm.listedSeconds, 1), figure(people / calm.listedSeconds));
row('claimed, rendered, handed over, kept', figure(calm.seconds, 1), figure(people / calm.seconds));
const loop = await loopWithoutLedger();
row('a loop without ledger, one rendering for all', figure(loop.seconds, 1), figure(people / loop.seconds));
row('memory at most', `${figure(calm.megabytesMax)} MB`);
row('MIME of one mail', `${figure(await mimeMs(), 2)} ms`);
print('  The mail service is the limit: an account that leaves the sandbox begins at 14 mails a second.');

print();
print(
  `Processes die (one in ${figure(mailsPerDeath)} mails, after it left); one job in ${jobsPerDouble} comes twice:`,
);
const stormy = await campaign(people, new Chance(7));
const naive = await loopWithoutLedger(new Chance(7));
row('', 'got it twice', 'never');
row('Jalon', figure(copies(stormy.mails).twice), figure(copies(stormy.mails).never));
row('the loop', figure(copies(naive.mails).twice), figure(copies(naive.mails).never));

print();
const sample = Math.min(people, 20_000);
const billed: Usage[] = [];
await campaign(sample, undefined, (usage) => void billed.push(usage));
const events = requestsOf(plan.product);
for (let index = 0; index < sample; index += 1) {
  const person = personAt(index);
  events('campaigns', 'claim', ['bench', person, 0], true);
  events('campaigns', 'mark', ['bench', person, 'sent'], undefined);
  // The service tells of each mail twice: that it was taken, and that it was delivered.
  for (const status of ['sent', 'delivered'])
    billed.push(events('campaigns', 'mark', ['bench', person, status], undefined).usage);
}
const usage = times(sumOf(billed), 100_000 / sample);
print('On AWS, for each 100,000 people (prices of bench/cost):');
for (const { service, unit, quantity, dollars } of linesOf(usage))
  row(service, `${figure(quantity, quantity < 10 ? 2 : 0)} ${unit}`.padStart(34), `${dollars.toFixed(4)} $`);

print();
promise(copies(calm.mails).twice === 0 && copies(calm.mails).never === 0, 'everybody gets it once');
promise(copies(stormy.mails).twice === 0, 'nobody gets it twice, whatever dies');
promise(copies(stormy.mails).never === 0, 'nobody is left out by a death or a double');
promise(calm.megabytesMax <= memoryMegabytesMax, `memory stays within ${memoryMegabytesMax} MB`);
process.exitCode = broken === 0 ? 0 : 1;
