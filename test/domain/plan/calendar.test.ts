/** The calendar counts dates, not hours, and knows what the clocks do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  instantOf,
  LocalTimeDoesNotExist,
  localDay,
  localHour,
  localTime,
  toInstant,
  utcDay,
} from '#domain/plan/calendar.ts';

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
  ])('is the right one in %s', (_title, day, time, zone, expected) =>
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

describe('what the calendar remembers', () => {
  const dayMs = 86_400_000;
  const quarterMs = 900_000;
  const formats = new Map<string, Intl.DateTimeFormat>();
  const formatOf = (timeZone: string) => {
    const format =
      formats.get(timeZone) ??
      new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(timeZone, format);
    return format;
  };
  /** The wall clock as Intl writes it at this very instant, read as if it were UTC. */
  const wallMs = (atMs: number, zone: string) =>
    Date.parse(`${formatOf(zone).format(atMs).replace(' ', 'T')}Z`);
  const shown = (ms: number) => toInstant(ms).slice(0, 16).replace('T', ' ');

  /** The first instant that shows this wall clock, or what the clocks show instead. */
  function read(day: string, time: string, zone: string): number | string {
    const wantedMs = Date.parse(`${day}T${time}:00Z`);
    const before = wallMs(wantedMs - dayMs, zone) - (wantedMs - dayMs);
    const after = wallMs(wantedMs + dayMs, zone) - (wantedMs + dayMs);
    const fits = [wantedMs - before, wantedMs - after].filter((ms) => wallMs(ms, zone) === wantedMs);
    return fits.length > 0 ? Math.min(...fits) : shown(wallMs(wantedMs - before, zone));
  }
  function asked(day: string, time: string, zone: string): number | string {
    try {
      return instantOf(day, time, zone);
    } catch (error) {
      return error instanceof LocalTimeDoesNotExist ? error.instead : `${error}`;
    }
  }

  /** Days in UTC of a year in which a zone changes its clocks, and the days around them. */
  const changesIn = (year: number, zone: string): readonly number[] =>
    Array.from({ length: 365 }, (_, index) => Date.UTC(year, 0, 1) + index * dayMs)
      .filter((ms) => wallMs(ms + dayMs, zone) - wallMs(ms, zone) !== dayMs)
      .flatMap((ms) => [ms - dayMs, ms, ms + dayMs]);

  /** Those that do it oddly, and all others. */
  const zone = fc.constantFrom(
    ...[
      'America/Goose_Bay',
      'Africa/Casablanca',
      'Antarctica/Troll',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'America/Havana',
    ],
    ...Intl.supportedValuesOf('timeZone'),
  );
  const quarters = Array.from({ length: 96 }, (_, index) => index * quarterMs);

  it('is what Intl says of each quarter of an hour, also where clocks change, for zones asked by turns', () => {
    fc.assert(
      fc.property(
        fc.tuple(zone, zone),
        fc.integer({ min: 1980, max: 2060 }),
        fc.nat({ max: 364 }),
        fc.nat({ max: quarterMs - 1 }),
        (zones, year, ordinal, laterMs) => {
          const starts = [
            Date.UTC(year, 0, 1) + ordinal * dayMs,
            ...zones.flatMap((one) => changesIn(year, one)),
          ];
          for (const startMs of starts.slice(0, 13)) {
            const day = toInstant(startMs).slice(0, 10);
            const each = zones.flatMap((one) =>
              quarters.map((at) => {
                const ms = startMs + at + laterMs;
                return { one, ms, time: toInstant(at).slice(11, 16), wall: toInstant(wallMs(ms, one)) };
              }),
            );
            expect(
              each.map(({ one, ms }) => [localDay(ms, one), localTime(ms, one), localHour(ms, one)]),
            ).toEqual(
              each.map(({ wall }) => [wall.slice(0, 10), wall.slice(11, 16), Number(wall.slice(11, 13))]),
            );
            const first = each.map(({ one, time }) => read(day, time, one));
            for (const _ of ['made', 'remembered'])
              expect(each.map(({ one, time }) => asked(day, time, one))).toEqual(first);
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  it('is right where the clocks change a minute after midnight', () => {
    const shownAt = (instant: string) => localTime(Date.parse(instant), 'America/Goose_Bay');
    expect(['2010-03-14T04:00:59Z', '2010-03-14T04:01:00Z'].map(shownAt)).toEqual(['00:00', '01:01']);
    expect(toInstant(instantOf('2010-03-14', '01:01', 'America/Goose_Bay'))).toBe('2010-03-14T04:01:00.000Z');
  });

  it('is right again when there were too many dates to remember', () => {
    const sum = (from: string, days: number) =>
      toInstant(Date.parse(`${from}T00:00:00Z`) + days * dayMs).slice(0, 10);
    for (let days = 0; days < 4500; days += 1) {
      const day = sum('2001-01-01', days);
      expect([addDays('2001-01-01', days), daysBetween('2001-01-01', day)]).toEqual([day, days]);
      expect(instantOf(day, '12:00', 'Asia/Tokyo')).toBe(Date.parse(`${day}T03:00:00Z`));
    }
    expect(addDays('2001-01-01', 1)).toBe('2001-01-02');
    expect(instantOf('2025-05-18', '09:00', 'Europe/Paris')).toBe(Date.parse('2025-05-18T07:00:00Z'));
  });

  it('keeps the days before 1970 apart', () => {
    expect([utcDay(-1), utcDay(0), utcDay(dayMs - 1)]).toEqual(['1969-12-31', '1970-01-01', '1970-01-01']);
    expect([localHour(-1, 'UTC'), localHour(-1, 'Europe/Paris')]).toEqual([23, 0]);
  });

  it('is not what cannot be: no date becomes one the second time', () => {
    for (const _ of ['first', 'second'])
      expect(() => addDays('2025-02-30', 1)).toThrow(/is not a calendar date/);
  });
});
