/** Any other pipeline: a signed request out, a signed callback in (`docs/reference/scripts.md`). */
import { Construct } from 'constructs';
import { allow, type Grant } from '../iam.ts';
import type { Stage } from '../stage.ts';

/** How long the pipeline may take to accept a run. */
const acceptMs = 10_000;

interface WebhookProps {
  readonly scripts: Extract<Stage['scripts'], { runner: 'webhook' }>;
  readonly callbackUrl: string;
}

export class Webhook extends Construct {
  /** Starting a run, and reading what its callbacks said. */
  readonly power: Grant;
  /** The reports of callbacks lie in the table that every function reads. */
  readonly runs: Grant;
  /** Believing a callback. */
  readonly signatures: Grant;

  constructor(scope: Construct, id: string, { scripts: { url, secretArn }, callbackUrl }: WebhookProps) {
    super(scope, id);
    const readSecret = allow(['secretsmanager:GetSecretValue'], [secretArn]);
    const environment = { SCRIPTS: JSON.stringify({ url, callbackUrl, secretArn, timeoutMs: acceptMs }) };
    this.power = { environment, statements: [readSecret] };
    this.runs = { environment: {}, statements: [] };
    this.signatures = { environment, statements: [readSecret] };
  }
}
