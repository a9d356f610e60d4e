/** A file that is no plan may be anybody's secrets: whatever reads it as a plan shows nothing of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runLint } from '#cli/lint.ts';
import { loadPlan } from '#cli/terminal/plan-argument.ts';
import { loadPlan as loadForDeployment } from '#lib/plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-no-plan-'));
const path = join(folder, 'x');
afterAll(() => rmSync(folder, { recursive: true }));

const files: readonly (readonly [string, string])[] = [
  [
    'passwords',
    'zzqroot:zzqq0:0:0:zzqroot:/zzqhome:/zzqbin/zzqsh\nzzqdaemon:zzqq1:1:1::/zzqsbin:/zzqbin/false\n',
  ],
  [
    'a private key',
    '-----ZZQBEGIN ZZQPRIVATE ZZQKEY-----\nzzqMIIEvQIBADANBgkqh==\n-----ZZQEND ZZQPRIVATE ZZQKEY-----\n',
  ],
  ['an environment', 'ZZQAWS_SECRET=zzqhunter2zzqhunter2\nZZQTOKEN="zzqabc: *zzqdef"\n'],
  [
    'JSON of something else',
    '{"zzqname": "zzqshop", "zzqscripts": {"zzqstart": "zzqnode"}, "zzqlanguage": "fr"}',
  ],
  ['JSON that is broken', '{"zzqname": "zzqshop", "zzqname": "zzqshop", zzqsecret '],
  ['YAML of something else', 'zzqkind: zzqSecret\nzzqdata: {zzqpassword: zzqcGFzcw}\nlanguage: fr\n'],
  ['a list', '- zzqfirst\n- {zzqsecond: zzqthird}\n'],
  ['keys that are lists and mappings', '? {zzqsecret: zzqword}\n: zzqvalue\n? [zzqone, zzqtwo]\n: 1\n'],
  ['tags, anchors and aliases', '!zzqsecret\nzzqa: &zzqanchor !<zzqverbatim> 1\nzzqb: *zzqmissing\n'],
  ['directives', '%ZZQSECRET zzqvalue\n---\nzzqa: 1\n'],
  ['escapes and tabs', 'zzqa: "\\zzzqx \\uzzqz"\n\tzzqb: `zzqticks`\nzzqc: @zzqat\n'],
  ['a table', 'zzqname,zzqmail\nzzqada,zzqada@zzqshop.example\n"zzqbob, zzqjr",zzqbob@zzqshop.example\n'],
  ['bytes', '\u0000\u0001zzqELF\u0002zzqsecret\ufffd\u0007'],
  ['a setting of another program under our key', 'jalon: {zzqtoken: zzqsecret}\nzzqother: zzqvalue\n'],
];

/** Each piece of these begins with zzq, as nothing else does that is said. */
const shown = (text: string) => text.replaceAll(path, '').match(/zzq\w*/gi) ?? [];

/** Everything that a command writes, and what Node would write for it. */
async function heardOf(say: (hear: (text: string) => void) => Promise<unknown>): Promise<string> {
  const heard: string[] = [];
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation((text) => void heard.push(String(text)));
  try {
    await say((text) => heard.push(text));
  } catch (error) {
    heard.push(error instanceof Error ? `${error.stack} ${JSON.stringify(error)}` : String(error));
  } finally {
    warned.mockRestore();
  }
  return heard.join('\n');
}

describe.each(files)('%s', (_title, text) => {
  it.each([{}, { lang: 'fr' }, { json: true }] as const)(
    'are refused by lint, with nothing of them: %j',
    async (options) => {
      writeFileSync(path, text);
      let code: number | undefined;
      const heard = await heardOf(async (hear) => {
        code = await runLint(path, options, { stdout: hear, stderr: hear });
      });
      expect(code).toBe(1);
      expect(heard).not.toBe('');
      expect(shown(heard)).toEqual([]);
    },
  );

  it.each([
    ['a command', async () => loadPlan(path)],
    ['a deployment', async () => loadForDeployment(path)],
  ])('are refused by %s, with nothing of them', async (_by, load) => {
    writeFileSync(path, text);
    const heard = await heardOf(load);
    expect(heard).toMatch(/cannot be used/);
    expect(shown(heard)).toEqual([]);
  });
});

it('and would be seen', () => {
  for (const [title, text] of files) expect(shown(text).length, title).toBeGreaterThan(1);
});
