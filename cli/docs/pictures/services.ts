/** What stands behind each power on AWS, read from the composition: the folder of the adapters that its file imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Power } from '#application/port-groups.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'functions', 'runtime', 'powers');

/** The folders of `functions/adapters/` as a reader knows them. */
const nameOf: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB',
  'step-functions': 'Step Functions',
  scheduler: 'EventBridge Scheduler',
  metrics: 'the product’s metrics',
  appconfig: 'AppConfig',
  ssm: 'the scripts’ runner',
  codedeploy: 'the scripts’ runner',
  webhook: 'the scripts’ runner',
  sqs: 'SQS',
  ses: 'SES and chats',
  notifier: 'SES and chats',
  s3: 'S3',
};
/** How the others are reached: keys, and clients of the SDK. */
const ways: ReadonlySet<string> = new Set(['clients', 'secrets', 'links']);

const files = readdirSync(folder);
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** By name, without repetition; none for a file of the bundle. Throws RangeError when an adapter's folder has no name here. */
export function servicesOf(power: Power): readonly string[] {
  const own = files.filter((file) => file.split('.')[0] === kebab(power));
  const folders = own.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/'\.\.\/\.\.\/adapters\/([\w-]+)\//g)].map(
      ([, adapter = '']) => adapter,
    ),
  );
  return [...new Set(folders.filter((one) => !ways.has(one)).map(named))];
}

function named(adapter: string): string {
  const name = nameOf[adapter];
  if (name !== undefined) return name;
  throw new RangeError(`functions/adapters/${adapter} has no name: add it to cli/docs/pictures/services.ts`);
}
