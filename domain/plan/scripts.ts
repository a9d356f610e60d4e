/** Scripts of the plan: what identifies a run, and their arguments with the release's own values filled in. */

import { waitIdOf } from '../rules/wait.ts';
import type { RollbackLevelName } from './plan.ts';

/** Characters of a marker that every runner keeps with a run: a command's comment (Systems Manager, SendCommand). */
export const markerMax = 100;

/** Tells the scripts of one phase apart: by id, and as a step of a rollback by level and step as well. */
export const runNameOf = (
  script: string,
  undo?: { readonly level: RollbackLevelName; readonly step: string; readonly failures?: number },
): string => {
  if (!undo) return script;
  const { level, step, failures = 0 } = undo;
  // A rollback that failed and is chosen again runs its scripts again.
  return [level, step, script, ...(failures > 0 ? [failures + 1] : [])].join('.');
};

/** Identifies a run: the release, and the wait for its end. The same state tried again is the same run. */
export const markerOf = (releaseId: string, phase: string, attempt: number, runName: string): string =>
  `${releaseId}/${waitIdOf(phase, attempt, 'script', runName)}`;

export const argumentNames = ['release', 'version', 'phase', 'attempt', 'component'] as const;
export type ArgumentValues = Readonly<Record<(typeof argumentNames)[number], string>>;

/** Replaces `{{version}}` and the like; a name that is not known stays as it is (lint reports it). */
export function fillArguments(
  template: Readonly<Record<string, string>>,
  values: ArgumentValues,
): Readonly<Record<string, string>> {
  const known: Readonly<Record<string, string>> = values;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [
      name,
      value.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, key: string) => known[key] ?? placeholder),
    ]),
  );
}
