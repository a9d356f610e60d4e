/** What the public pages stand on: the secret that signs the links to them. */
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { allow, type Grant } from '../iam.ts';
import { acknowledge } from '../nag-suppressions.ts';
import type { ResourceNames } from '../names.ts';
import { removalOf } from '../removal.ts';
import type { Stage } from '../stage.ts';

const keyCharacters = 64;

interface PagesProps {
  readonly names: ResourceNames;
  readonly stage: Stage;
  /** Where the pages begin, without a slash at the end. */
  readonly pagesUrl: string;
}

export class Pages extends Construct {
  readonly linksPower: Grant;

  constructor(scope: Construct, id: string, { names, stage, pagesUrl }: PagesProps) {
    super(scope, id);
    // Links that are in people's mailboxes are good only as long as it is there.
    const secret = new Secret(this, 'LinksSecret', {
      secretName: names.of('links'),
      description: 'Signs the links in mails (docs/reference/feedback.md says how to change the key)',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ current: 'a' }),
        generateStringKey: 'a',
        passwordLength: keyCharacters,
        excludePunctuation: true,
      },
      removalPolicy: removalOf(stage),
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'A key that changed by itself would break the links in mails; it is changed by adding one',
    });
    this.linksPower = {
      environment: { LINKS: JSON.stringify({ secretArn: secret.secretArn, pagesUrl }) },
      statements: [allow(['secretsmanager:GetSecretValue'], [secret.secretArn])],
    };
  }
}
