/**
 * Scripts on AWS Systems Manager Run Command: our own document, on the nodes that carry a tag. The document has the
 * parameters `path`, `arguments` (a JSON object of texts) and `executionTimeout` (seconds).
 *
 * SendCommand has no client token. The command's comment carries the run's marker, and before sending we look for it since the run
 * was first asked for, among the commands of our document and, as far as a bounded listing shows them, of those that it has
 * replaced: a document is named after its content, and a deployment in between may have changed it. A
 * command may show in ListCommands only a moment after it was sent: this process remembers its own, and for the rest
 * scripts must be repeatable by themselves.
 * Give a client with `maxAttempts: 1`: a try of the SDK after a lost answer would start the script twice.
 * IAM: ssm:SendCommand on the document and, by tag, on the nodes; ssm:ListCommands and ssm:ListCommandInvocations on `*`.
 */
import { type Command, ListCommandsCommand, SendCommandCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { ScriptCall, ScriptRunner } from '#application/ports/scripts.ts';
import { InvalidInput } from '#domain/errors.ts';
import { markerMax } from '#domain/plan/scripts.ts';
import { minuteMs } from '#domain/time.ts';
import { notStarted } from '../aws-errors.ts';
import { ownPagesMax, pageMax, pages, runCommandRuns } from './runs.ts';

export interface ScriptsSettings {
  readonly client: SSMClient;
  /**
   * A pinned version: what was reviewed is what runs. The names of all documents of this deployment begin with the prefix,
   * and of no other's.
   */
  readonly document: { readonly name: string; readonly version: string; readonly prefix: string };
  /** The nodes: those that carry this tag with one of these values. */
  readonly targets: { readonly tag: string; readonly values: readonly string[] };
  /** Where the whole output goes; listings keep 2,500 characters of it. */
  readonly outputBucket: string;
  /** How long a node may take to fetch the command: 30 s at least. Running has its own limit, the script's. */
  readonly deliverySeconds: number;
}

/** Between two clocks. */
const skewMs = 5 * minuteMs;
/** Of other people's commands: what is further behind was sent by us long ago, or not at all. */
const foreignPagesMax = 20;

const service = 'Systems Manager';

export function runCommandScripts(settings: ScriptsSettings): ScriptRunner {
  const { client, document } = settings;
  /** Marker by command: what this process has sent, which listings may not show yet. A few per release. */
  const sent = new Map<string, string>();

  /** AWS filters by a document's whole name only, and by no comment: first those of ours, then whatever there is, so far. */
  const sentAs = async ({ marker, askedAtMs }: ScriptCall): Promise<Command | undefined> => {
    const since = { key: 'InvokedAfter' as const, value: toTheSecond(askedAtMs - skewMs) };
    const ofDocument = { key: 'DocumentName' as const, value: document.name };
    const searches = [
      { Filters: [since, ofDocument], pagesMax: ownPagesMax },
      { Filters: [since], pagesMax: foreignPagesMax },
    ];
    for (const { Filters, pagesMax } of searches) {
      const commands = await pages(pagesMax, async (NextToken) => {
        const page = await client.send(new ListCommandsCommand({ Filters, MaxResults: pageMax, NextToken }));
        return { found: page.Commands ?? [], next: page.NextToken };
      });
      const ours = commands.filter(
        ({ Comment, DocumentName = '' }) => Comment === marker && DocumentName.startsWith(document.prefix),
      );
      // Had two got through, everybody must follow the same one.
      const [first] = ours.toSorted((a, b) => Number(a.RequestedDateTime) - Number(b.RequestedDateTime));
      if (first) return first;
    }
    return undefined;
  };

  return {
    ...runCommandRuns(settings, sent),

    /** Throws ScriptNotStarted when refused, ServiceUnavailable when busy or silent: starting again is safe. */
    async start(call) {
      if (call.marker.length > markerMax) {
        throw new InvalidInput({
          code: 'marker-too-long',
          params: { marker: call.marker, charactersMax: markerMax },
        });
      }
      const own = [...sent].find(([, marker]) => marker === call.marker)?.[0];
      const known = own ?? (await sentAs(call))?.CommandId;
      if (known !== undefined) return { command: known };
      try {
        const { Command: started } = await client.send(new SendCommandCommand(commandOf(call, settings)));
        if (started?.CommandId === undefined) throw new TypeError(`${service} sent a command without an id`);
        sent.set(started.CommandId, call.marker);
        return { command: started.CommandId };
      } catch (error) {
        throw notStarted(service, 'command', error);
      }
    },
  };
}

/** To the second, as the filter wants it. */
const toTheSecond = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

function commandOf(
  { path, arguments: values, timeoutMinutes, marker }: ScriptCall,
  { document, targets, outputBucket, deliverySeconds }: ScriptsSettings,
) {
  return {
    DocumentName: document.name,
    DocumentVersion: document.version,
    Targets: [{ Key: `tag:${targets.tag}`, Values: [...targets.values] }],
    Parameters: {
      path: [path],
      arguments: [JSON.stringify(values)],
      executionTimeout: [`${timeoutMinutes * 60}`],
    },
    Comment: marker,
    TimeoutSeconds: deliverySeconds,
    OutputS3BucketName: outputBucket,
    OutputS3KeyPrefix: marker,
    // The first node that fails stops the others: a half-installed version is not spread.
    MaxErrors: '0',
  };
}
