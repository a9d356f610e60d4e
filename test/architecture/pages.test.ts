/** Pages: whoever follows a link or a path that is written anywhere in the project arrives, and from the README at every page. */
import { existsSync, globSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sourcesIn, textOf } from '#test/support/sources.ts';

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => posix.join('docs', file.replaceAll('\\', '/'))),
];

interface Link {
  readonly from: string;
  /** A path in the project; the page itself for an anchor alone. */
  readonly to: string;
  readonly anchor: string;
}

/** What is not an address, out of code. */
function linksIn(from: string, text: string): readonly Link[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`(?!\])/g, '');
  return [...prose.matchAll(/\]\((?!https?:)([^)\s#]*)(?:#([^)\s]*))?\)/g)].map(
    ([, path = '', anchor = '']) => ({
      from,
      to: path === '' ? from : posix.join(posix.dirname(from), path),
      anchor,
    }),
  );
}

/** Headings as code hosts name them. */
const anchorsIn = (text: string): readonly string[] =>
  [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );

const leadsNowhere = ({ to, anchor }: Link) =>
  !existsSync(join(root, to)) || (anchor !== '' && !anchorsIn(textOf(to)).includes(anchor));

/** Pages that are named by their path, as texts and comments do. */
const namedIn = (text: string) => text.match(/(?<![\w/.-])docs\/[\w/-]+\.(?:md|json)\b/g) ?? [];

/** Files and folders in code spans; `<kind>` and `*` stand for any name. */
const rooms = readdirSync(root, { withFileTypes: true }).flatMap((one) =>
  one.isDirectory() ? [one.name] : [],
);
/** A span with a slash that is no path. */
const mediaType = 'application/json';
const spansIn = (text: string): readonly string[] =>
  [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([\w.-]+\/[\w./<>*-]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => rooms.includes(path.split('/')[0] ?? '') && path !== mediaType);
const isThere = (path: string) => globSync(path.replaceAll(/<\w+>/g, '*'), { cwd: root }).length > 0;

const links = pages.flatMap((page) => linksIn(page, textOf(page)));

describe('a page', () => {
  it('has no link that leads nowhere', () => {
    expect(links.length).toBeGreaterThan(150);
    expect(links.filter(leadsNowhere)).toEqual([]);
  });

  it('is found from the README', () => {
    const found = new Set(['README.md']);
    for (const page of found) {
      for (const { to } of links.filter(({ from }) => from === page)) {
        if (pages.includes(to)) found.add(to);
        // Of a folder the whole list.
        for (const one of pages.filter(
          (other) => to.endsWith('/') && posix.dirname(other) === posix.normalize(to).slice(0, -1),
        ))
          found.add(one);
      }
    }
    expect(pages.filter((page) => !found.has(page))).toEqual([]);
  });

  it('is named by the path that it has', () => {
    const named = [...sourcesIn('.'), ...pages].flatMap((file) =>
      namedIn(textOf(file)).map((path) => ({ file, path })),
    );
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('a file or a folder that a page names', () => {
  // What has changed had other paths.
  const named = pages
    .filter((page) => page !== 'CHANGELOG.md')
    .flatMap((page) => spansIn(textOf(page)).map((path) => ({ page, path })));

  it('is there, under that path', () => {
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(({ path }) => !isThere(path))).toEqual([]);
  });

  it.each(['cli/openapi/', 'mails/none/', 'functions/adapters/metrics/<kind>.js'])(
    'would be missed under the path of %s',
    (path) => {
      expect(spansIn(`see \`${path}\``).filter((one) => !isThere(one))).toEqual([path]);
    },
  );
});

describe('a link', () => {
  it.each([
    ['a file that is not there', '[a](operate/none.md)'],
    ['a heading that is not there', '[a](docs/why/design.md#none)'],
    ['a heading that its own page does not have', '[a](#none)'],
  ])('to %s is seen to lead nowhere', (_what, text) => {
    expect(linksIn('README.md', text).filter(leadsNowhere)).toHaveLength(1);
  });

  it.each([
    '[a](docs/why/design.md#acts)',
    '[`a`](docs/why/)',
    '[a](https://example.com/none.md)',
    '`[a](none.md)`',
  ])('as %s is none, or leads somewhere', (text) => {
    expect(linksIn('README.md', text).filter(leadsNowhere)).toEqual([]);
  });
});
