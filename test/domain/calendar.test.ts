/** The calendar counts dates, not hours, and knows what the clocks do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, instantOf, localDay, localTime, toInstant } from '#domain/calendar.ts';

describe('instantOf', () => {
  it.each<[string, string, string, string, string]>([
    ['winter in Paris', '2025-01-15', '09:00', 'Europe/Paris', '2025-01-15T08:00:00.000Z'],
    ['summer in Paris', '2025-05-18', '09:00', 'Europe/Paris', '2025-05-18T07:00:00.000Z'],
    [
      'the morning the clocks went forward',
      '2025-03-30',
      '09:00',
      'Europe/Paris',
      '2025-03-30T07:00:00.000Z',
    ],
    ['before the clocks go forward', '2025-03-30', '01:59', 'Europe/Paris', '2025-03-30T00:59:00.000Z'],
    ['after the clocks went forward', '2025-03-30', '03:00', 'Europe/Paris', '2025-03-30T01:00:00.000Z'],
    ['a time that comes twice, the first', '2025-10-26', '02:30', 'Europe/Paris', '2025-10-26T00:30:00.000Z'],
    ['New York on its own autumn day', '2025-11-02', '01:30', 'America/New_York', '2025-11-02T05:30:00.000Z'],
    ['the other side of the date line', '2025-05-18', '09:00', 'Pacific/Apia', '2025-05-17T20:00:00.000Z'],
    [
      'a zone of three quarters of an hour',
      '2025-05-18',
      '09:00',
      'Asia/Kathmandu',
      '2025-05-18T03:15:00.000Z',
    ],
  ])('is when the clocks of a zone show it: %s', (_title, day, time, zone, expected) =>
    expect(toInstant(instantOf(day, time, zone))).toBe(expected),
  );

  it.each([
    ['2025-03-30', '02:30', 'Europe/Paris'],
    ['2025-03-09', '02:00', 'America/New_York'],
    // Samoa went over the date line: this day never came.
    ['2011-12-30', '12:15', 'Pacific/Apia'],
  ])('refuses %s %s in %s, which the clocks skip', (day, time, zone) =>
    expect(() => instantOf(day, time, zone)).toThrow(/does not exist.*choose a time/),
  );

  it.each([
    ['2025-03-30', '02:30', 'Europe/Paris', '2025-03-30 03:30'],
    ['2025-09-07', '00:30', 'America/Santiago', '2025-09-07 01:30'],
    ['2025-10-05', '02:15', 'Australia/Lord_Howe', '2025-10-05 02:45'],
    ['2011-12-30', '12:00', 'Pacific/Apia', '2011-12-31 12:00'],
  ])('says what the clocks show instead of %s %s in %s', (day, time, zone, instead) =>
    expect(() => instantOf(day, time, zone)).toThrow(expect.objectContaining({ instead })),
  );

  it.each(['18/05/2025', '2025-02-30', '2025-02-29'])('refuses %s, which is no date', (day) =>
    expect(() => instantOf(day, '09:00', 'UTC')).toThrow(/YYYY-MM-DD/),
  );

  it('comes back as the same wall clock in any zone', () => {
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2060-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        day,
        fc.constantFrom('Europe/Paris', 'America/New_York', 'Pacific/Apia', 'Asia/Kathmandu'),
        (date, zone) => {
          const wanted = toInstant(date.getTime()).slice(0, 10);
          fc.pre(wanted !== '2011-12-30' || zone !== 'Pacific/Apia');
          const ms = instantOf(wanted, '12:15', zone);
          expect([localDay(ms, zone), localTime(ms, zone)]).toEqual([wanted, '12:15']);
        },
      ),
    );
  });
});

describe('days', () => {
  it.each<[string, number, string]>([
    ['2025-05-18', 7, '2025-05-25'],
    ['2025-05-18', -7, '2025-05-11'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-02-28', 1, '2025-03-01'],
    ['2025-03-29', 1, '2025-03-30'],
    ['2025-12-31', 1, '2026-01-01'],
  ])('%s %i days on is %s', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(days);
  });

  it('addDays and daysBetween undo each other', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.integer({ min: -4000, max: 4000 }),
        (date, days) => {
          const day = toInstant(date.getTime()).slice(0, 10);
          expect(daysBetween(day, addDays(day, days))).toBe(days);
          expect(addDays(addDays(day, days), -days)).toBe(day);
        },
      ),
    ));

  it('J+7 at 09:00 is not 168 hours later when the clocks change', () => {
    const at = (day: string) => instantOf(day, '09:00', 'Europe/Paris');
    expect((at(addDays('2025-03-25', 7)) - at('2025-03-25')) / 3_600_000).toBe(167);
    expect((at(addDays('2025-10-21', 7)) - at('2025-10-21')) / 3_600_000).toBe(169);
  });
});
