/**
 * Hands a script of the plan to the servers and parks the token until it has ended.
 * Triggered by the states "Run <script> in <phase>" and by the script steps of a rollback. Running it twice starts one
 * command: the marker is the same. That it is about to start is in the ledger before: should nobody come back, a run is not
 * forgotten whose command nobody knows.
 */

import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { settling } from '#application/port-groups.ts';
import { reviewScript } from '#application/script.ts';
import { arm } from '#application/waits.ts';
import { InvalidInput } from '#domain/errors.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { fillArguments, markerOf, runNameOf } from '#domain/plan/scripts.ts';
import { EmptyOutput, Name, TokenInput } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = TokenInput.extend({
  script: Name,
  /** Set when the script is a step of a rollback. */
  level: z.enum(['full', 'partial', 'degraded']).exactOptional(),
  step: Name.exactOptional(),
  component: z.string().max(40).exactOptional(),
});
const actor = 'system:run-script';
/** How often a script's state is asked for, beside the events that hint at it. */
const everyMinutes = 5;

export const runScript = defineStep({
  name: 'run-script',
  needs: [...settling, 'scripts'],
  input: Input,
  output: EmptyOutput,
  run: async ({ releaseId, phase, attempt, token, script: id, ...undo }, ports) => {
    const script = ports.plan.scripts[id];
    if (!script)
      throw new InvalidInput({
        code: 'no-such-script',
        params: { script: id, known: Object.keys(ports.plan.scripts) },
      });
    const { level, step } = undo;
    const { rollback } = await ports.releases.load(releaseId);
    const failures = rollback?.failures ?? 0;
    const name = runNameOf(id, level && step !== undefined ? { level, step, failures } : undefined);
    const marker = markerOf(releaseId, phase, attempt, name);
    const installs = phaseOf(ports.plan, phase).exposure !== undefined;
    let asked = false;
    const { version, phases } = await commit(ports, releaseId, actor, (release) => {
      const known = release.phases[phase];
      asked = known?.attempt === attempt && known.runs?.includes(name) === true;
      return asked ? [] : [{ type: 'script.starting', phase, attempt, script: id, run: name }];
    });
    const nowMs = ports.clock.nowMs();
    const { openedAt } = phases[phase] ?? {};
    const values = {
      release: releaseId,
      version,
      phase,
      attempt: `${attempt}`,
      component: undo.component ?? '',
    };
    const { command } = await ports.scripts.start({
      path: script.path,
      arguments: fillArguments({ ...script.arguments, ...undoArguments(ports.plan, undo) }, values),
      timeoutMinutes: script.timeoutMinutes,
      marker,
      askedAtMs: asked && openedAt !== undefined ? Date.parse(openedAt) : nowMs,
    });
    await commit(ports, releaseId, actor, ({ scripts }) =>
      scripts[command] ? [] : [{ type: 'script.started', phase, attempt, script: id, command, installs }],
    );
    const wait = await arm(ports, {
      releaseId,
      phase,
      attempt,
      token,
      kind: 'script',
      name,
      reference: command,
      everyMinutes,
    });
    await reviewScript({ ...ports, runs: ports.scripts }, wait);
    return {};
  },
});

/** What the rollback step of the plan adds to the script's own arguments. */
function undoArguments(
  { rollback }: Pick<Plan, 'rollback'>,
  { level, step }: { readonly level?: 'full' | 'partial' | 'degraded'; readonly step?: string },
): Readonly<Record<string, string>> {
  const action = level && rollback[level].steps.find(({ id }) => id === step)?.action;
  return action?.kind === 'script' ? (action.arguments ?? {}) : {};
}
