/** What the bundler knows when it makes a bundle (`lib/bundles.ts`): it replaces each member by its value wherever it is read. */
import type { Power } from '#application/port-groups.ts';
import type { RemoteKind } from '#domain/plan/metric-sources.ts';

/** Of metrics. */
export type ProviderName = Exclude<RemoteKind, 'prometheus'> | 'self-hosted-prometheus' | 'amazon-prometheus';

export interface Bundled {
  /** Of the definition. */
  readonly needs: Readonly<Record<Power, boolean>>;
  /** Who runs scripts. */
  readonly runner: 'run-command' | 'codedeploy' | 'webhook';
  /** Whether alerts go to chats as well. */
  readonly chats: boolean;
  /** Which of them the checks of the plan need. */
  readonly providers: Readonly<Record<ProviderName, boolean>>;
}
