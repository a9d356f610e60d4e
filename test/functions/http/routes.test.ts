/** Every command has one route and every route one command; the page of the API names them all. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorNames } from '#domain/errors.ts';
import { commands } from '#functions/catalogue.ts';
import { accessRoutes } from '#functions/http/access-api.ts';
import { audienceRoutes } from '#functions/http/audience-api.ts';
import { phaseRoutes } from '#functions/http/phase-api.ts';
import { readRoutes } from '#functions/http/read-api.ts';
import { releaseRoutes } from '#functions/http/release-api.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'api.md'), 'utf8');
const posts = [...releaseRoutes, ...accessRoutes, ...audienceRoutes, ...phaseRoutes];
const routes = [...readRoutes, ...posts];
const titleOf = ({ method, path }: { readonly method: string; readonly path: string }) => `${method} ${path}`;

describe('routes', () => {
  it('lead to every command of the catalogue, each by one, and to nothing else', () => {
    expect(posts.map(({ method }) => method)).toEqual(posts.map(() => 'POST'));
    expect(posts.map(({ definition }) => definition.name).toSorted()).toEqual(
      Object.keys(commands).toSorted(),
    );
    const known: readonly unknown[] = Object.values(commands);
    expect(posts.filter(({ definition }) => !known.includes(definition))).toEqual([]);
  });

  it('only read with GET', () => {
    expect(readRoutes.map(({ method }) => method)).toEqual(readRoutes.map(() => 'GET'));
    const powers = new Set<string>(readRoutes.flatMap(({ definition }) => definition.needs));
    expect([...powers].toSorted()).toEqual(['evidence', 'reader']);
  });

  it('are all different', () => {
    expect(new Set(routes.map(titleOf)).size).toBe(routes.length);
  });
});

describe('docs/api.md', () => {
  const headings = [...page.matchAll(/^### `([A-Z]+ \/\S*)`$/gm)].map(([, title]) => title);

  it('has a heading for each route, and for no other but the callback', () => {
    expect(headings.toSorted()).toEqual([...routes.map(titleOf), 'POST /callbacks/scripts'].toSorted());
  });

  it.each(routes.map((route) => [titleOf(route), route] as const))(
    '%s: names every member',
    (title, route) => {
      const section = page.split(`### \`${title}\``)[1]?.split(/^##/m)[0] ?? '';
      const shape = (route.definition.input as unknown as { shape: Record<string, unknown> }).shape;
      const members = Object.keys(shape).filter((name) => name !== 'actor');
      expect(
        members.filter((name) => !section.includes(`\`${name}\``) && !title.includes(`{${name}}`)),
      ).toEqual([]);
    },
  );

  it('names every problem type that the API answers', () => {
    const rows = [...page.matchAll(/^\| (\d{3}) \| `(\w+)`/gm)].map(([, , type]) => type);
    const never = ['MailRefused', 'ScriptNotStarted', 'WaitClosed'];
    expect(rows.toSorted()).toEqual(errorNames.filter((name) => !never.includes(name)).toSorted());
  });
});
