/** Files of users as people send them: every bad line is named, and nothing of a person's address is repeated. */

import { describe, expect, it } from 'vitest';
import { type ImportReport, linesMax, remarksMax } from '#domain/audience/import-validation.ts';
import type { Member } from '#domain/audience/person.ts';
import { lineBytesMax } from '#functions/contracts/user-file/lines.ts';
import { userFile } from '#functions/contracts/user-file/user-file.ts';
import { vettingOf } from '#test/support/hashed.ts';
import { refusedAtOnce } from '#test/support/refusals.ts';

const segments = ['pilots', 'administrators'];

/** The bytes in pieces of a size, so that lines and characters are cut anywhere. */
async function* pieces(content: string | Uint8Array, size: number) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(name: string, content: string | Uint8Array, size = 7) {
  const vetting = vettingOf(segments);
  const people: Member[] = [];
  for await (const batch of vetting.people(userFile(name, () => pieces(content, size))))
    people.push(...batch);
  return { people, report: vetting.report };
}
const csv = (content: string | Uint8Array, size?: number) => read('users.csv', content, size);
const json = (content: string | Uint8Array, size?: number) => read('users.jsonl', content, size);
const refusals = ({ report }: { readonly report: ImportReport }) =>
  report.refusals.map(({ line, says }) => `${line}: ${says}`);

const header = 'userId,email,locale,segments\n';
const ada: Member = {
  userId: 'u-1',
  address: 'ada@example.org',
  locale: 'fr',
  segments: ['administrators', 'pilots'],
};
const bob: Member = { userId: 'Bób 2', address: 'bob@example.org' };

describe('a good file', () => {
  it.each<[string, string]>([
    ['plain', `${header}u-1,ada@example.org,fr,pilots;administrators\nBób 2,bob@example.org,,\n`],
    [
      'with a byte order mark, CRLF and no end',
      `\ufeff${header}u-1,ada@example.org,fr,pilots|administrators\nBób 2,bob@example.org,,`.replaceAll(
        '\n',
        '\r\n',
      ),
    ],
    [
      'quoted',
      'userId,email,locale,segments\n"u-1","ada@example.org","fr","pilots; administrators"\n"Bób 2",bob@example.org,"",""\n',
    ],
    [
      'with semicolons',
      'userId;email;locale;segments\nu-1;ada@example.org;fr;pilots|administrators\nBób 2;bob@example.org;;\n',
    ],
    [
      'with empty lines and another order',
      'segments,locale,email,userId\n\npilots;administrators;pilots,fr,ada@example.org,u-1\n\n\n,,bob@example.org,Bób 2\n',
    ],
  ])('is read as CSV, cut anywhere: %s', async (_, content) => {
    for (const size of [1, 3, 1000]) {
      const { people, report } = await csv(content, size);
      expect(people).toEqual([ada, bob]);
      expect(report).toMatchObject({
        lines: 2,
        people: 2,
        segments: { administrators: 1, pilots: 1 },
        locales: { fr: 1, en: 0, none: 1 },
        refused: 0,
        warned: 0,
      });
    }
  });

  it('as JSON Lines', async () => {
    const lines = [
      { userId: 'u-1', email: 'ada@example.org', locale: 'fr', segments: ['pilots', 'administrators'] },
      { userId: 'Bób 2', email: 'bob@example.org' },
    ].map((one) => JSON.stringify(one));
    expect((await json(`\ufeff${lines.join('\r\n')}`)).people).toEqual([ada, bob]);
  });

  it('needs only two columns', async () => {
    expect((await csv('email,userId\nbob@example.org,Bób 2')).people).toEqual([bob]);
  });

  it('keeps a comma, a quote and a semicolon of a user id', async () => {
    expect((await csv('userId,email\n"a,""b"";c",x@example.org')).people).toEqual([
      { userId: 'a,"b";c', address: 'x@example.org' },
    ]);
  });
});

describe('a bad line is named with its number', () => {
  const bytes = (...parts: readonly (string | readonly number[])[]) =>
    new Uint8Array(
      parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : [...part])),
    );

  it.each<[string, string | Uint8Array, string]>([
    [
      'an address without a domain',
      `${header}u-1,ada.lovelace,,\n`,
      '2: email is "ada.lovelace": an address such as',
    ],
    ['two addresses', `${header}u-1,a@b.org c@d.org,,\n`, '2: email is "a…@b.org c…@d.org": an address'],
    [
      'an address that ends a header',
      `${header}u-1,"a@b.org\nBcc: x@y.org",,\n`,
      '2: its quotes do not match',
    ],
    [
      'a carriage return in an address',
      `${header}u-1,"a@b.org\rBcc: x",,\n`,
      '2: email is "a…@b.org\\rBcc: x": an address',
    ],
    ['a name in an address', `${header}u-1,Ada <ada@example.org>,,\n`, '2: email is'],
    ['no user id', `${header},ada@example.org,,\n`, '2: userId is "": 1 to 128 characters'],
    [
      'a user id with a blank before it',
      `${header} u-1,ada@example.org,,\n`,
      '2: userId is " u-1": 1 to 128',
    ],
    [
      'a user id with a control character',
      `${header}u\u0000,ada@example.org,,\n`,
      '2: userId is "u\\u0000": 1 to 128',
    ],
    [
      'a user id that is too long',
      `${header}${'u'.repeat(129)},ada@example.org,,\n`,
      `2: userId is "${'u'.repeat(20)}…"`,
    ],
    ['a language of others', `${header}u-1,ada@example.org,de,\n`, '2: locale is "de": fr, en or nothing'],
    ['a language with its country', `${header}u-1,ada@example.org,fr-FR,\n`, '2: locale is "fr-FR"'],
    [
      'a segment of no plan',
      `${header}u-1,ada@example.org,,pilot\n`,
      '2: the plan has no segment "pilot": its segments are pilots, administrators',
    ],
    ['a field too many', `${header}u-1,ada@example.org,,,\n`, '2: it has 5 fields, and the header 4 columns'],
    ['a field too few', `${header}u-1\n`, '2: it has 1 fields'],
    ['a quote inside', `${header}u-1,a"b@example.org,,\n`, '2: its quotes do not match'],
    ['Latin-1', bytes(header, 'Andr', [0xe9], ',andre@example.org,,\n'), '2: it is not UTF-8'],
    [
      'UTF-16',
      bytes(
        [0xff, 0xfe],
        [...header].flatMap((c) => [c.charCodeAt(0), 0]),
      ),
      '1: it is not UTF-8',
    ],
    [
      'a column that is not kept',
      'userId,email,birthday\n',
      '1: the header has "birthday", which Jalon does not keep',
    ],
    ['no header', 'u-1,ada@example.org\n', '1: the header has no userId, email'],
    ['a column twice', 'userId,email,email\n', '1: the header has a column twice'],
  ])('with what is wrong, in a file of CSV: %s', async (_, content, expected) => {
    const read = await csv(content);
    expect(read.people).toEqual([]);
    expect(refusals(read)[0]).toContain(expected);
  });

  it.each<[string, string, string]>([
    ['no JSON', 'userId,email', '1: it is not JSON'],
    ['a list', '["u-1"]', '1: an object with userId, email, locale, segments is needed'],
    ['null', 'null', '1: an object'],
    ['a number as an id', '{"userId":7,"email":"a@b.org"}', '1: userId is "7": a text is needed'],
    ['no address', '{"userId":"u"}', '1: email is missing'],
    ['half a character', '{"userId":"\\ud800","email":"a@b.org"}', '1: userId is "\\ud800": 1 to 128'],
    ['a member that is not kept', '{"userId":"u","email":"a@b.org","phone":"1"}', '1: "phone" is no column'],
    [
      'segments in one text',
      '{"userId":"u","email":"a@b.org","segments":"pilots"}',
      '1: segments is "pilots": a list',
    ],
    [
      'a header injected',
      '{"userId":"u","email":"a@b.org\\r\\nBcc: c@d.org"}',
      '1: email is "a…@b.org\\r\\nBcc',
    ],
  ])('with what is wrong, in a file of JSON Lines: %s', async (_, content, expected) => {
    expect(refusals(await json(content))).toEqual([expect.stringContaining(expected)]);
  });

  it('of ten megabytes, without its being kept, and the next line is read', async () => {
    const long = `${header}u-1,${'a'.repeat(10_000_000)}@example.org,,\nBób 2,bob@example.org,,\n`;
    const read = await csv(long, 65_536);
    expect(refusals(read)).toEqual([`2: it is longer than ${lineBytesMax} bytes: a line holds one user`]);
    expect(read.people).toEqual([bob]);
  });

  it('among good ones in the same piece', async () => {
    const read = await csv(
      `${header}u-1,ada@example.org,fr,pilots;administrators\nx"y,b@example.org,,\n"z,c@example.org,,\nBób 2,bob@example.org,,\n`,
      100_000,
    );
    expect(read.people).toEqual([ada, bob]);
    expect(read.report.refusals.map(({ line }) => line)).toEqual([3, 4]);
  });
});

describe('duplicates', () => {
  it('of a user id are refused with both lines, of an address told', async () => {
    const read = await csv(`${header}u-1,a@example.org,,\nu-2,A@Example.org,,\nu-1,c@example.org,,\n`);
    expect(refusals(read)).toEqual(['4: userId is "u-1", which stands in line 2 already']);
    expect(read.report.warnings).toEqual([
      { line: 3, says: 'email is "A…@Example.org", as in line 2: that mailbox gets a mail for each' },
    ]);
    expect(read.report).toMatchObject({ lines: 3, people: 2, refused: 1, warned: 1 });
  });

  it('are found among thousands, far from each other', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `u-${index},u${index}@example.org,,`);
    const read = await csv(`${header}${rows.join('\n')}\nu-777,x@example.org,,`, 65_536);
    expect(refusals(read)).toEqual(['5002: userId is "u-777", which stands in line 779 already']);
    expect(read.report.people).toBe(5000);
  });
});

describe('a report', () => {
  it('repeats no whole address, whatever is wrong with it', async () => {
    const { report } = await csv(
      `${header}marie.dupont@example.org,marie.dupont@example.org,de,x\nmarie.dupont@example.org ,"é.dupont@example.org",,\n`,
    );
    expect(report.refused).toBe(2);
    expect(JSON.stringify(report)).not.toContain('dupont');
  });

  it(`lists ${remarksMax} bad lines and counts all`, async () => {
    const { report } = await csv(`${header}${'x\n'.repeat(remarksMax + 10)}`);
    expect(report.refusals).toHaveLength(remarksMax);
    expect(report.refused).toBe(remarksMax + 10);
  });

  it('says where a file was too long to go on', async () => {
    async function* endless() {
      for (let line = 1; ; line += 10_000)
        yield Array.from({ length: 10_000 }, (_, index) => ({ line: line + index, problem: 'x' }));
    }
    const vetting = vettingOf(segments);
    for await (const _ of vetting.people(endless));
    expect(vetting.report.refused).toBe(linesMax + 1);
  });
});

it.each(['users.xlsx', 'users', 'ada@example.org.zip'])('a file called %s has no format', (name) => {
  expect(refusedAtOnce(() => userFile(name, () => pieces('', 1)))).toMatch(
    /must end with \.csv, \.jsonl or \.ndjson/,
  );
});
