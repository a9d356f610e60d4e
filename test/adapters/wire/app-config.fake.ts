/** AppConfig over the wire: one profile, whose deployments complete at once. Source: AppConfig API reference. */
import { noFlags, parseFlags } from '#functions/adapters/appconfig/flags.ts';
import { type Answer, type Asked, json, refused } from './service.ts';

const typed = { 'content-type': 'application/json' };

export function fakeAppConfig() {
  const versions: string[] = [];
  const deployed: number[] = [];
  const versionPath = /hostedconfigurationversions\/(\d+)$/;

  const listed = (method: string, path: string): Answer => {
    const number = Number(versionPath.exec(path)?.[1] ?? 0);
    if (method === 'GET' && number > 0)
      return { status: 200, headers: typed, body: versions[number - 1] ?? '' };
    return json({ Items: versions.map((_, index) => ({ VersionNumber: index + 1 })) });
  };
  const written = ({ body, headers }: Asked): Answer => {
    const latest = Number(headers['latest-version-number'] ?? 0);
    if (latest !== versions.length) return refused('ConflictException', 409);
    versions.push(JSON.stringify(body));
    return { status: 201, headers: { ...typed, 'version-number': `${versions.length}` }, body: '' };
  };
  const deployments = (method: string, body: unknown): Answer => {
    if (method === 'POST') {
      deployed.push(Number((body as { readonly ConfigurationVersion: string }).ConfigurationVersion));
      return { status: 201, headers: typed, body: JSON.stringify({ DeploymentNumber: deployed.length }) };
    }
    const Items = deployed.map((version, index) => ({
      DeploymentNumber: index + 1,
      ConfigurationProfileId: 'prf1',
      ConfigurationVersion: `${version}`,
      State: 'COMPLETE',
    }));
    return json({ Items: Items.toReversed() });
  };

  return {
    respond: (asked: Asked): Answer => {
      const [method = '', path = ''] = asked.operation.split(' ');
      if (path.includes('/deployments')) return deployments(method, asked.body);
      return method === 'POST' ? written(asked) : listed(method, path);
    },
    /** What was deployed last. */
    seen: () => {
      const content = versions[(deployed.at(-1) ?? 0) - 1];
      const { percent, components } = content === undefined ? noFlags : parseFlags(content);
      return { percent, components };
    },
  };
}
