/** The wait for a script: events about commands are hints, what counts is what the runner says when asked. */

import type { Fact } from '#domain/ledger/facts.ts';
import { systemTicks } from '#domain/plan/checklist.ts';
import { orderFor, reasonOf } from '#domain/rules/interventions.ts';
import type { Wait } from '#domain/rules/wait.ts';
import { commit } from './commit.ts';
import type { Settling, With } from './port-groups.ts';
import { settle } from './waits.ts';

const actor = 'system:script';

export async function reviewScript(ports: Settling & With<'runs'>, wait: Wait): Promise<void> {
  const command = wait.reference;
  if (command === undefined) return;
  const { status, exitCode, summary } = await ports.runs.describe(command);
  if (status === 'running') return;
  const { phase, attempt } = wait;
  const script = scriptOf(wait);
  const release = await commit(ports, wait.releaseId, actor, (current): readonly Fact[] => {
    if (current.scripts[command]?.status !== 'running') return [];
    return [
      { type: 'script.finished', phase, attempt, script, command, status, exitCode, summary },
      ...(status === 'succeeded'
        ? systemTicks(ports.plan, current, { script }, { code: 'script', params: { script, command } })
        : []),
    ];
  });
  const outcome = release.scripts[command];
  const order = orderFor(release, wait, 'correct', 'roll-back');
  await settle(ports, wait, {
    status: outcome?.status ?? status,
    exitCode,
    summary,
    ...(order ? { ordered: { outcome: order.order, reason: reasonOf(ports.plan, order) } } : {}),
  });
}

/** The run of a marker may have changed its state: looks, when a wait still waits for this command. */
export async function reviewRun(
  ports: Settling & With<'runs'>,
  { command, marker }: { readonly command: string; readonly marker: string },
): Promise<void> {
  const [releaseId = '', waitId = ''] = marker.split('/');
  const wait = await ports.waits.get(releaseId, waitId);
  if (wait?.reference === command && wait.status !== 'settled' && wait.status !== 'cancelled') {
    await reviewScript(ports, wait);
  } else {
    ports.log.write('UNKNOWN_COMMAND', { command });
  }
}

/** The last part of the name that `run-script` gave the wait: `<script>`, or `<level>.<step>.<script>`. */
const scriptOf = (wait: Wait): string => wait.waitId.split('.').at(-1) ?? '';
