/** The picture of how a fact travels, of calls that a rehearsal makes: a gate opens, a person approves, somebody reads of it. */

import type { Power } from '#application/port-groups.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { OperationName } from '#domain/refusals/operation-names.ts';
import { steps } from '#functions/catalogue.ts';
import { operations } from '#functions/runtime/operations.ts';
import { formatOf } from '#presentation/format.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { sectionsOf, TimelineContext } from '#presentation/timeline/context.ts';
import { narrate } from '#presentation/timeline/lines.ts';
import { ask } from '#rehearsal/gateway.ts';
import { type Rehearsal, rehearse } from '#rehearsal/rehearse.ts';
import { servicesOf } from './services.ts';

const seed = 1;
const users = 200;
const momentMs = 10_000;
const firstStep = 'pass-gate';
const machine = 'Step Functions';
const functions = 'functions';
/** Every handler reads before it decides: of that the picture would be full. */
const readFirst: ReadonlySet<string> = new Set(['releases.load', 'waits.open']);

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** Mermaid text, of the first gate of a plan that one role approves. Throws what the API refuses. */
export async function travel(plan: Plan): Promise<string> {
  const [phase] = plan.phases;
  const [role] = phase?.gate.approvals.roles ?? [];
  if (phase === undefined || role === undefined)
    throw new RangeError('the first phase has nobody who approves');
  const rehearsal = await rehearse({ plan, seed, users, untilPhase: phase.id });
  const { world, release } = rehearsal;
  const arrows = await recorded(rehearsal, async (arrows) => {
    let opened = false;
    world.releases.onEntry(({ fact }) => {
      if (fact.type === 'gate.opened') opened = true;
    });
    await world.clock.runUntil(() => opened);
    // Whoever approves is not simulated: the request below does it.
    world.setPresence(role, false);
    const request = async (name: OperationName, body?: Readonly<Record<string, string>>) => {
      const { method, path, by } = operations[name];
      arrows.push({ from: role, to: functions, text: `${method} ${path}<br>${name}, in ${by}` });
      const answer = await ask(world, {
        method,
        path: path.replace('{releaseId}', release.id).replace('{phase}', phase.id),
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        claims: { username: role, 'cognito:groups': `[${role}]` },
      });
      if (answer.statusCode !== 200) throw new Error(`${name}: ${answer.body}`);
      arrows.push({ from: functions, to: role, text: `${answer.statusCode}` });
    };
    await request('approve-gate', { role, comment: '' });
    await world.clock.runFor(momentMs);
    await request('read-timeline');
  });
  const others = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))].filter(
    (one) => one !== role && one !== functions,
  );
  const columns = [role, functions, ...others];
  const column = (name: string) => `c${columns.indexOf(name)}`;
  return [
    'sequenceDiagram',
    ...columns.map((name) => `  ${name === role ? 'actor' : 'participant'} ${column(name)} as ${name}`),
    ...arrows.map(({ from, to, text }) => `  ${column(from)}->>${column(to)}: ${text}`),
    ...(await told(rehearsal, phase.id)).map(
      (line) => `  Note over ${column(role)},${column(functions)}: ${line}`,
    ),
  ].join('\n');
}

/** What handlers ask of their ports from the first step of the gate on, beside what `act` adds. */
async function recorded(
  { world }: Rehearsal,
  act: (arrows: Arrow[]) => Promise<void>,
): Promise<readonly Arrow[]> {
  const arrows: Arrow[] = [];
  let running = '';
  world.delivery.onCall((handler, { port, method }) => {
    if (arrows.length === 0 && handler !== firstStep) return;
    if (handler !== running && handler in steps) arrows.push({ from: machine, to: functions, text: handler });
    running = handler;
    const [to = functions] = servicesOf(port as Power);
    const text = `${port}.${method}`;
    if (!readFirst.has(text) && arrows.at(-1)?.text !== text) arrows.push({ from: functions, to, text });
  });
  world.releases.onEntry(({ fact }) => {
    const last = arrows.pop();
    if (last) arrows.push({ ...last, text: `${last.text}: ${fact.type}` });
  });
  await act(arrows);
  return arrows;
}

/** What the timeline says of the gate. */
async function told({ plan, world, release }: Rehearsal, phase: string): Promise<readonly string[]> {
  const entries = world.releases.ledger(release.id);
  const now = world.releases.peek(release.id) ?? release;
  const format = formatOf(plan.language, plan.timeZone);
  const context = new TimelineContext({ plan, release: now, entries }, await textsOf(plan.language), format);
  const since = entries.find(({ fact }) => fact.type === 'gate.opened')?.seq ?? 0;
  return sectionsOf({ plan, release: now, entries })
    .filter((section) => section.phase === phase)
    .map((section) => ({ ...section, entries: section.entries.filter(({ seq }) => seq >= since) }))
    .flatMap((section) => narrate(context, section))
    .map(({ text }) => text.replaceAll(/[#;]/g, (sign) => `#${sign.charCodeAt(0)};`));
}
