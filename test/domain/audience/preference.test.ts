import { describe, expect, it } from 'vitest';
import type { Member } from '#domain/audience/person.ts';
import { mayBeWritten, type Preference } from '#domain/audience/preference.ts';
import { flagsOf, mailboxOf } from '#test/support/hashed.ts';
import { message } from '#test/support/plans.ts';

const address = 'ada@example.org';
const mailbox = mailboxOf(address);

describe('what is known of a person', () => {
  it.each<[string, Preference, object]>([
    ['nothing', {}, {}],
    ['a no', { optOut: true }, { optOut: true }],
    ['a yes after a no', { optOut: false }, {}],
    ['a bounce', { unreachable: 'bounced', mailbox }, { unreachable: 'bounced' }],
    ['a bounce of another address', { unreachable: 'bounced', mailbox: mailboxOf('a@b.org') }, {}],
    [
      'a bounce of the address in capitals',
      { unreachable: 'bounced', mailbox: mailboxOf('ADA@example.org') },
      { unreachable: 'bounced' },
    ],
    [
      'a complaint about another address',
      { unreachable: 'complained', mailbox: mailboxOf('a@b.org') },
      { unreachable: 'complained' },
    ],
  ])('is what holds for the present address: %s', (_, known, flags) =>
    expect(flagsOf(known, address)).toEqual(flags),
  );
});

describe('a person', () => {
  const dated = message('launch', { date: { day: 0, time: '09:00' } });
  const { date: _, ...caused } = message('emergency');

  it.each<[string, Partial<Member>, boolean, boolean]>([
    ['who said nothing', {}, true, true],
    ['who wants no announcements', { optOut: true }, false, true],
    ['whose address bounced', { unreachable: 'bounced' }, false, false],
    ['who complained', { unreachable: 'complained' }, false, false],
  ])('%s gets announcements, and what an emergency causes', (_what, flags, announcements, emergencies) => {
    const member = { userId: 'ada', address, ...flags };
    expect([mayBeWritten(dated, member), mayBeWritten(caused, member)]).toEqual([announcements, emergencies]);
  });
});
