/**
 * What stands behind each power on AWS, by name: the compiler refuses a power without its code. A bundle holds those of its
 * definition's `needs` and of its stage: the bundler says what is `bundled`, and drops what stands behind a false.
 */
import type { Power } from '#application/port-groups.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { Bundled } from './bundled.ts';
import { lazily } from './lazily.ts';
import type { Provide } from './power.ts';
import { provide as reader } from './reader.ts';
import { provide as releases } from './releases.ts';
import { provide as waits } from './waits.ts';

declare const bundled: Bundled;

/** Loaded by their first call, all but the three that nearly every call needs. */
export const powers: { readonly [P in Power]: Provide<P> | false } = {
  releases: bundled.needs.releases && releases,
  reader: bundled.needs.reader && reader,
  waits: bundled.needs.waits && waits,
  versions: bundled.needs.versions && lazily(() => import('./versions.ts')),
  bakes: bundled.needs.bakes && lazily(() => import('./bakes.ts')),
  evidence: bundled.needs.evidence && lazily(() => import('./evidence.ts')),
  campaigns: bundled.needs.campaigns && lazily(() => import('./campaigns.ts')),
  audience: bundled.needs.audience && lazily(() => import('./audience.ts')),
  audienceImports: bundled.needs.audienceImports && lazily(() => import('./audience-imports.ts')),
  audienceRemoval: bundled.needs.audienceRemoval && lazily(() => import('./audience-removal.ts')),
  preferences: bundled.needs.preferences && lazily(() => import('./preferences.ts')),
  answers: bundled.needs.answers && lazily(() => import('./answers.ts')),
  feedback: bundled.needs.feedback && lazily(() => import('./feedback.ts')),
  uploads: bundled.needs.uploads && lazily(() => import('./uploads.ts')),
  tasks: bundled.needs.tasks && lazily(() => import('./tasks.ts')),
  machine: bundled.needs.machine && lazily(() => import('./machine.ts')),
  executions: bundled.needs.executions && lazily(() => import('./executions.ts')),
  escalations: bundled.needs.escalations && lazily(() => import('./escalations.ts')),
  schedules: bundled.needs.schedules && lazily(() => import('./schedules.ts')),
  scripts:
    bundled.needs.scripts &&
    (bundled.runner === 'run-command'
      ? lazily(() => import('./scripts.run-command.ts'))
      : bundled.runner === 'codedeploy'
        ? lazily(() => import('./scripts.codedeploy.ts'))
        : bundled.runner === 'webhook'
          ? lazily(() => import('./scripts.webhook.ts'))
          : unreachable(bundled.runner)),
  runs:
    bundled.needs.runs &&
    (bundled.runner === 'run-command'
      ? lazily(() => import('./runs.run-command.ts'))
      : bundled.runner === 'codedeploy'
        ? lazily(() => import('./runs.codedeploy.ts'))
        : bundled.runner === 'webhook'
          ? lazily(() => import('./runs.webhook.ts'))
          : unreachable(bundled.runner)),
  scriptReports: bundled.needs.scriptReports && lazily(() => import('./script-reports.ts')),
  signatures: bundled.needs.signatures && lazily(() => import('./signatures.ts')),
  metrics: bundled.needs.metrics && lazily(() => import('./providers.ts')),
  exposure: bundled.needs.exposure && lazily(() => import('./exposure.ts')),
  mailQueue: bundled.needs.mailQueue && lazily(() => import('./mail-queue.ts')),
  mailer: bundled.needs.mailer && lazily(() => import('./mailer.ts')),
  quota: bundled.needs.quota && lazily(() => import('./quota.ts')),
  templates: bundled.needs.templates && lazily(() => import('./templates.ts')),
  links: bundled.needs.links && lazily(() => import('./links.ts')),
  notifier:
    bundled.needs.notifier &&
    (bundled.chats ? lazily(() => import('./notifier.chats.ts')) : lazily(() => import('./notifier.ts'))),
  alerts: bundled.needs.alerts && lazily(() => import('./alerts.ts')),
  letters: bundled.needs.letters && lazily(() => import('./letters.ts')),
  reportWriter: bundled.needs.reportWriter && lazily(() => import('./report-writer.ts')),
  deadLetters: bundled.needs.deadLetters && lazily(() => import('./dead-letters.ts')),
};
