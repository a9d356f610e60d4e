/**
 * What stands around a script on a server. No PowerShell is here to run it: its lines are held to what PowerShell and AWS
 * document (about_Preference_Variables; Systems Manager, "Handling reboots when running commands").
 */
import { describe, expect, it } from 'vitest';
import { runScriptDocument } from '#lib/scripts/document.ts';

const [step] = runScriptDocument('/srv/technicia').mainSteps;
const lines = step?.inputs.runCommand ?? [];
const at = (line: string | RegExp) =>
  lines.findIndex((one) => (typeof line === 'string' ? one === line : line.test(one)));

/** Exit codes whose lowest eight bits are these are swallowed, as the document's condition says. */
function told(code: number): number {
  const condition = /\$code -ne 0 -and \(\$code -band 255\) -in ([\d, ]+)\)/.exec(
    lines[at(/-band 255/)] ?? '',
  );
  const swallowed = (condition?.[1] ?? '').split(', ').map(Number);
  return code !== 0 && swallowed.includes(code & 255) ? 1 : code;
}

describe('the document that runs a script', () => {
  it('makes errors inside modules, and of native commands in the middle, errors of the script', () => {
    const run = at(/@named$/);
    for (const preference of [
      "$global:ErrorActionPreference = 'Stop'",
      '$global:PSNativeCommandUseErrorActionPreference = $true',
    ]) {
      expect(at(preference), preference).toBeGreaterThanOrEqual(0);
      expect(at(preference)).toBeLessThan(run);
    }
  });

  it.each([
    ['3010, which restarts Windows and runs it again', 3010],
    ['194, which restarts Linux and runs it again', 194],
    ['450, of which Linux keeps 194', 450],
    ['256, of which Linux keeps a success', 256],
    ['-256, the same', -256],
  ])('tells the agent of %s as a failure', (_, code) => {
    expect(told(code)).toBe(1);
    expect(lines.slice(at(/-band 255/), at('exit $code'))).toContain('  exit 1');
  });

  it.each([0, 1, 3, 137, 255, 1641, -1, -1073741819])('hands on %i as it is', (code) => {
    expect(told(code)).toBe(code);
    expect(lines.at(-1)).toBe('exit $code');
  });
});
