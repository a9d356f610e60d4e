/** What holds an announcement, and that nothing holds what an event causes. */

import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { quoted } from '#domain/quoted.ts';
import { courseOf, decideMessage, delayOf } from '#domain/rules/announcements.ts';
import { releaseAfter } from '#test/support/builders.ts';
import { message, smallPlan } from '#test/support/plans.ts';

const freeze = { id: 'w', name: 'W', when: { from: '2025-03-10T00:00', to: '2025-03-11T00:00' } };
const dated = message('dated');
const caused = { ...message('caused') };
delete caused.date;
const planned: Fact = {
  type: 'message.planned',
  message: 'dated',
  dueAt: '2025-03-10T09:00:00.000Z',
  epoch: 1,
};
const paused: Fact = { type: 'release.paused', reason: quoted('wait') };
const bad: Fact = { type: 'version.marked-bad', version: '2.0.0', reason: quoted('no') };
const nowMs = Date.parse('2025-03-10T09:30:00Z');

const quiet = smallPlan({ messages: [dated, caused] });
const frozen = smallPlan({ messages: [dated, caused], freezes: [freeze] });
const silent = smallPlan({ messages: [dated, caused], freezes: [{ ...freeze, announcements: true }] });

describe('a dated message', () => {
  it.each([
    ['goes when nothing holds it', quiet, [], undefined, 'goes'],
    ['is held by a pause', quiet, [paused], 'paused', 'stands'],
    [
      'is held by a version found bad, and is over for who has not got it',
      quiet,
      [bad],
      'bad-version',
      'ends',
    ],
    ['goes in a freeze', frozen, [], undefined, 'goes'],
    ['is held by a freeze that says so', silent, [], 'freeze', 'stands'],
    [
      'goes in a freeze that somebody has overridden',
      silent,
      [{ type: 'freeze.overridden', freeze: 'w', until: '2025-03-10T23:00:00.000Z', reason: quoted('') }],
      undefined,
      'goes',
    ],
  ] as const)('is sent, held or over as the release stands: it %s', (_title, plan, facts, code, course) => {
    const release = releaseAfter(planned, ...facts);
    expect(delayOf(plan, dated, release, nowMs)?.code).toBe(code);
    expect(courseOf(plan, dated, release, nowMs)).toBe(course);
    expect(decideMessage(plan, dated, release, nowMs).action).toBe(code === undefined ? 'send' : 'hold');
  });

  it('of a bad version is given up after its last day', () => {
    const last = Date.parse('2025-03-13T09:00:00Z');
    expect(decideMessage(quiet, dated, releaseAfter(planned, bad), last)).toMatchObject({
      action: 'skip',
      reason: { params: { delay: { code: 'bad-version' } } },
    });
  });
});

it('holds nothing that an event causes', () => {
  expect(delayOf(silent, caused, releaseAfter(paused, bad), nowMs)).toBeUndefined();
});
