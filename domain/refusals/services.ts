/** What services that we stand on did not do. `said`: the service's own words. */
import type { Quoted } from '../quoted.ts';

interface Tried {
  readonly times: number;
}

export interface ServicesUnavailable {
  /** `error`: the name of the error that the client gave, or that of the network. */
  'service-silent': { readonly service: string; readonly error: string };
  /** It answered, and no: what was asked of it is not there, or not allowed. */
  'service-refused': { readonly service: string; readonly said: Quoted };
  /** Others write the same all the time: each gives way, so often. */
  'rows-contended': Tried;
  'rows-left-unwritten': Tried;
  'rows-left-unread': Tried;
  'release-contended': Tried & { readonly release: string };
  'flags-contended': Tried;
  'flags-deploying': Record<string, never>;
  'schedule-contended': Tried & { readonly schedule: string };
  'schedule-changing': { readonly schedule: string };
  'import-contended': Tried;
  'erasure-contended': Tried;
  'mail-events-contended': Tried & { readonly campaign: string };
  'answers-contended': Tried;

  'mail-service-refused': { readonly said: Quoted };
  'mail-quota-used-up': Record<string, never>;
  'mail-queue-incomplete': Tried & {
    readonly left: number;
    readonly jobs: number;
    readonly said: Quoted;
  };
  'chat-left-alone': { readonly chat: string; readonly failures: number; readonly seconds: number };
  'chat-silent': { readonly chat: string };
  'chat-busy': { readonly chat: string; readonly status: number };
  'pipeline-silent': { readonly host: string };
  'pipeline-busy': { readonly host: string; readonly status: number };
}

export interface ScriptsNotStarted {
  'runner-refused': {
    readonly service: string;
    readonly what: 'command' | 'deployment';
    readonly said: Quoted;
  };
  /** `status`: of HTTP. */
  'pipeline-refused': { readonly host: string; readonly script: string; readonly status: number };
  'no-such-command': { readonly command: string };
  'no-such-deployment': { readonly deployment: string };
  'no-such-run': { readonly run: string };
}

export interface MailsRefused {
  'mail-refused': { readonly said: Quoted };
}
export interface WaitsClosed {
  'wait-closed': Record<string, never>;
}
