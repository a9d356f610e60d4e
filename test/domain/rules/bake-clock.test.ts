import { describe, expect, it } from 'vitest';
import type { Reading } from '#domain/judge/check.ts';
import { remember } from '#domain/judge/check-test.ts';
import type { Judgement } from '#domain/judge/judge.ts';
import type { Check, Observation } from '#domain/plan/plan.ts';
import { type BakeStep, startBake, stepBake } from '#domain/rules/bake-clock.ts';
import { atMs, check, judged, observation } from '#test/support/builders.ts';

/** One character is what one tick of ten minutes read; '.' is a tick that never came. */
const readings: Readonly<Record<string, Reading>> = {
  g: { kind: 'value', value: 0, samples: 100 },
  b: { kind: 'value', value: 7, samples: 100 },
  f: { kind: 'value', value: 7, samples: 1 },
  n: { kind: 'no-data' },
  d: { kind: 'unknown', fault: { code: 'provider-answers', params: { status: 503 } } },
  i: { kind: 'idle' },
};

const checks: Readonly<Record<string, Check>> = {
  errors: check({
    class: 'rollback',
    severity: 'technical',
    component: 'ocr',
    window: { breaches: 2, of: 3 },
  }),
  latency: check({ name: 'Latency', class: 'pause', window: { breaches: 2, of: 3 } }),
  adoption: check({ name: 'Adoption', class: 'observe' }),
  fragile: check({ name: 'Fragile', noData: { action: 'fail' } }),
  calm: check({ name: 'Calm', noData: { action: 'pass', reason: 'no incident' } }),
};

interface Played {
  /** Minutes counted as proven healthy. */
  readonly proven: number;
  /** What was told, each with the minute of its tick. */
  readonly told: readonly string[];
  /** How and at which minute it ended. */
  readonly end: string;
  readonly last: BakeStep;
}

function play(
  lines: Readonly<Record<string, string>>,
  changes: Partial<Observation> = {},
  said: (id: string, tick: number) => Partial<Judgement> = () => ({}),
): Played {
  const asked = observation({ checks: Object.keys(lines), ...changes });
  const told: string[] = [];
  let last: BakeStep = { state: startBake(atMs), events: [] };
  const ticks = Math.max(...Object.values(lines).map((line) => line.length));
  for (let tick = 1; tick <= ticks; tick += 1) {
    const seen = Object.entries(lines).flatMap(([id, line]) => {
      const reading = readings[line[tick - 1] ?? '.'];
      return reading ? [[id, judged(reading, said(id, tick))] as const] : [];
    });
    if (seen.length === 0) continue;
    const minute = tick * asked.tickMinutes;
    last = stepBake(last.state, asked, checks, Object.fromEntries(seen), atMs + minute * 60_000);
    told.push(
      ...last.events.map((event) => `${minute} ${event.type}${'check' in event ? ` ${event.check}` : ''}`),
    );
    if (last.concluded)
      return { proven: last.state.healthyMinutes, told, end: `${minute} ${last.concluded.verdict}`, last };
  }
  return { proven: last.state.healthyMinutes, told, end: '', last };
}

describe('a bake of one hour', () => {
  it.each<[string, Readonly<Record<string, string>>, number, readonly string[], string]>([
    ['concludes when the hour is proven', { errors: 'gggggg' }, 60, [], '60 healthy'],
    ['does not conclude one tick before', { errors: 'ggggg' }, 50, [], ''],
    ['one bad reading of three stands still', { errors: 'gggbgg' }, 50, [], ''],
    ['and the clock goes on after it', { errors: 'gggbggg' }, 60, [], '70 healthy'],
    ['minutes without traffic do not count', { errors: 'ggiigggg' }, 60, [], '80 healthy'],
    ['without traffic nothing freezes', { errors: 'giiiiii' }, 10, [], ''],
    ['two bad of three roll back', { errors: 'gbb' }, 10, ['30 breached errors'], '30 unhealthy'],
    ['two bad of three, one good between', { errors: 'gbgb' }, 20, ['40 breached errors'], '40 unhealthy'],
    ['two bad of four do not', { errors: 'gbggb' }, 30, [], ''],
    ['a pause-class breach resets', { latency: 'gggbb' }, 0, ['50 breached latency'], ''],
    [
      'a breach lasts until its window is clear, and is told once',
      { latency: 'ggbbgg' },
      10,
      ['40 breached latency', '60 recovered latency'],
      '',
    ],
    [
      'a second breach is told again',
      { latency: 'bbggbb' },
      0,
      ['20 breached latency', '40 recovered latency', '60 breached latency'],
      '',
    ],
    [
      'after a reset the whole hour is asked again',
      { latency: 'gggbbggggggg' },
      60,
      ['50 breached latency', '70 recovered latency'],
      '120 healthy',
    ],
    [
      'an observe-class check is told and decides nothing',
      { errors: 'gggggg', adoption: 'bbbbbb' },
      60,
      ['10 breached adoption'],
      '60 healthy',
    ],
    [
      'an observe-class check without data decides nothing',
      { errors: 'gggggg', adoption: 'dddddd' },
      60,
      [],
      '60 healthy',
    ],
    ['too little traffic does not count', { errors: 'gggffff' }, 30, [], ''],
    [
      'too little traffic takes no breach away',
      { errors: 'gbffb' },
      10,
      ['50 breached errors'],
      '50 unhealthy',
    ],
    ['ticks that never came do not count', { errors: 'gg...gg' }, 40, [], ''],
    ['no data with fail breaks', { fragile: 'gn' }, 10, ['20 breached fragile'], '20 unhealthy'],
    ['no data with pass counts', { calm: 'nnnnnn' }, 60, [], '60 healthy'],
    ['no data with hold freezes', { errors: 'ggn' }, 20, ['30 frozen'], ''],
    ['all deciding checks count together', { errors: 'gggggg', latency: 'gggfgg' }, 50, [], ''],
    [
      'a rollback-class breach beats a pause-class one',
      { latency: 'gbb', errors: 'gbb' },
      10,
      ['30 breached latency', '30 breached errors'],
      '30 unhealthy',
    ],
    [
      'a rollback-class breach beats an outage',
      { latency: 'gdd', errors: 'gbb' },
      10,
      ['20 frozen', '30 breached errors'],
      '30 unhealthy',
    ],
  ])('counts what is proven and ends as its checks say: %s', (_title, lines, proven, told, end) => {
    expect(play(lines)).toMatchObject({ proven, told, end });
  });
});

describe('an outage of the metrics', () => {
  it.each<[string, string, number, readonly string[]]>([
    ['freezes the clock', 'ggd', 20, ['30 frozen']],
    ['is told once', 'ggdd', 20, ['30 frozen']],
    ['does not lose what was proven', 'ggddg', 30, ['30 frozen', '50 unfrozen']],
    ['is escalated after 30 minutes, once', 'gdddddd', 10, ['20 frozen', '50 escalate']],
    ['is not escalated before', 'gddd', 10, ['20 frozen']],
    [
      'that comes again is escalated again',
      'ddddgdddd',
      10,
      ['10 frozen', '40 escalate', '50 unfrozen', '60 frozen', '90 escalate'],
    ],
    ['takes no breach away', 'gbddb', 10, ['30 frozen', '50 breached errors']],
  ])('is neither health nor harm: it %s', (_title, line, proven, told) => {
    expect(play({ errors: line })).toMatchObject({ proven, told });
  });

  it('says how long it was and why', () => {
    expect(play({ errors: 'gdddg' }).last.events).toEqual([{ type: 'unfrozen', minutes: 30 }]);
    expect(play({ errors: 'gd' }).last.events).toEqual([
      {
        type: 'frozen',
        blind: {
          code: 'check',
          params: {
            check: 'errors',
            answer: {
              code: 'unreadable',
              params: { fault: { code: 'provider-answers', params: { status: 503 } } },
            },
          },
        },
      },
    ]);
  });

  it('ends in the deadline like everything else', () => {
    expect(play({ errors: 'd'.repeat(18) }).end).toBe('180 inconclusive');
  });
});

describe('looks that were missed', () => {
  const [good, bad, behind] = [readings['g'], readings['b'], readings['d']] as const;
  const missedAt =
    (at: number, ...missed: readonly (Reading | undefined)[]) =>
    (_id: string, tick: number) =>
      tick === at ? { missed: missed.flatMap((one) => one ?? []) } : {};

  it.each<
    [
      string,
      Readonly<Record<string, string>>,
      readonly (Reading | undefined)[],
      number,
      readonly string[],
      string,
    ]
  >([
    ['that were well change nothing', { errors: 'gdg' }, [good, good], 20, ['20 frozen', '30 unfrozen'], ''],
    [
      'roll back for what is well now',
      { errors: 'gdg' },
      [bad, bad, good],
      10,
      ['20 frozen', '30 breached errors'],
      '30 unhealthy',
    ],
    [
      'roll back before all of them are judged',
      { errors: 'gdd' },
      [bad, bad, good],
      10,
      ['20 frozen', '30 breached errors'],
      '30 unhealthy',
    ],
    [
      'take what was broken before them with them',
      { errors: 'bdg' },
      [bad, good],
      0,
      ['20 frozen', '30 breached errors'],
      '30 unhealthy',
    ],
    [
      'set the clock to zero, which stands until all of them are judged',
      { latency: 'gdddg' },
      [bad, bad, good, good],
      10,
      ['20 frozen', '30 breached latency', '50 recovered latency', '50 unfrozen'],
      '',
    ],
    [
      'that could not be read break nothing',
      { errors: 'bdg' },
      [behind, behind],
      10,
      ['20 frozen', '30 unfrozen'],
      '',
    ],
  ])('are judged before the one of now: those %s', (_title, lines, missed, proven, told, end) => {
    expect(play(lines, {}, missedAt(3, ...missed))).toMatchObject({ proven, told, end });
  });

  it('say which reading broke the check', () => {
    const { last } = play({ errors: 'gdg' }, {}, missedAt(3, bad, bad, good));
    expect(last.concluded?.reason).toMatchObject({
      cause: { params: { check: 'errors', answer: { code: 'value', params: { value: 7 } } } },
    });
  });
});

describe('the deadline', () => {
  it('is inconclusive, with its reason', () => {
    const { end, last } = play({ errors: 'gf'.repeat(9) }, { continuousHealthHours: 2 });
    expect(end).toBe('180 inconclusive');
    expect(last.concluded?.reason).toEqual({ cause: { code: 'not-proven', params: { hours: 3 } } });
  });

  it('comes also when the ticks before it did not', () => {
    expect(play({ errors: `g${'.'.repeat(20)}g` }).end).toBe('220 inconclusive');
  });

  it('does not hide a breach', () => {
    expect(play({ errors: `${'f'.repeat(16)}bb` }).end).toBe('180 unhealthy');
  });
});

describe('a rollback', () => {
  it('knows the check, its component, its severity and the value', () => {
    expect(play({ errors: 'bb' }).last.concluded).toEqual({
      verdict: 'unhealthy',
      reason: {
        severity: 'technical',
        component: 'ocr',
        cause: {
          code: 'check',
          params: { check: 'errors', answer: { code: 'value', params: { value: 7 } } },
        },
      },
    });
  });

  it.each<[string, Readonly<Record<string, string>>, object]>([
    ['of a rollback-class check resets', { errors: 'bb' }, { check: 'errors', value: 7, reset: true }],
    ['of a pause-class check resets', { latency: 'bb' }, { check: 'latency', value: 7, reset: true }],
    ['of an observe-class check does not', { adoption: 'b' }, { check: 'adoption', value: 7, reset: false }],
  ])('is told as a breach: one %s', (_title, lines, event) => {
    expect(play(lines).last.events).toEqual([{ type: 'breached', blame: 'release', ...event }]);
  });

  it('for want of data has no value', () => {
    expect(play({ fragile: 'n' }).last.events).toEqual([
      { type: 'breached', check: 'fragile', reset: true, blame: 'release' },
    ]);
  });
});

describe('the bake refuses', () => {
  it('a reading of a check that the plan does not define', () => {
    const judgements = { errors: judged({ kind: 'no-data' }) };
    expect(() => stepBake(startBake(atMs), observation(), {}, judgements, atMs)).toThrow(
      /unknown check "errors"/,
    );
    expect(() => stepBake(startBake(atMs), observation(), checks, {}, atMs)).toThrow(
      /unknown check "errors"/,
    );
  });
});

describe('a check that a test judges', () => {
  const tested = { tested: true };
  const provenAt = (at: number) => (_id: string, tick: number) => ({ ...tested, proven: tick >= at });

  it('rolls back as soon as the new version is proven to be worse, whatever its window', () => {
    expect(play({ errors: 'ggg' }, {}, provenAt(3))).toMatchObject({
      proven: 20,
      told: ['30 breached errors'],
      end: '30 unhealthy',
    });
  });

  it('rolls back also while nothing can be read any more', () => {
    expect(play({ errors: 'gd' }, {}, provenAt(2)).end).toBe('20 unhealthy');
  });

  it('resets, and blames the environment, while the objective is broken without a proof', () => {
    const { proven, told, end, last } = play({ errors: 'ggbb' }, {}, () => tested);
    expect({ proven, told, end }).toEqual({ proven: 0, told: ['40 breached errors'], end: '' });
    expect(last.events).toEqual([
      { type: 'breached', check: 'errors', value: 7, reset: true, blame: 'environment' },
    ]);
  });

  it('tells it again when what looked like the environment is proven to be the new version', () => {
    const memory = { ...remember(0), proven: false };
    const state = { ...startBake(atMs), breached: ['errors'], memories: { errors: memory } };
    const asked = observation();
    const proven = { errors: judged({ kind: 'value', value: 7, samples: 100 }, { ...tested, proven: true }) };
    const { events } = stepBake(state, asked, checks, proven, atMs + 600_000);
    expect(events).toMatchObject([{ type: 'breached', check: 'errors', blame: 'release' }]);
  });

  it('goes on when the environment has recovered', () => {
    expect(play({ errors: 'bbgggggggg' }, {}, () => tested)).toMatchObject({
      told: ['20 breached errors', '40 recovered errors'],
      end: '90 healthy',
    });
  });

  it('of the class pause keeps the clock at zero once something is proven', () => {
    expect(play({ latency: 'ggggggggg' }, {}, provenAt(2))).toMatchObject({
      proven: 0,
      told: ['20 breached latency'],
      end: '',
    });
  });

  it('whose counts scatter has no window', () => {
    const cohorts = check({ metric: 'split', compare: 'control', class: 'pause' });
    const asked = observation({ checks: ['cohorts'] });
    const one = judged({ kind: 'value', value: 7, samples: 100 }, tested);
    const step = stepBake(startBake(atMs), asked, { cohorts }, { cohorts: one }, atMs + 600_000);
    expect(step).toMatchObject({ events: [], state: { healthyMinutes: 10 } });
  });

  it('ends well only with the proof that the plan asks for', () => {
    const certifiedAt = (at: number) => (_id: string, tick: number) => ({
      ...tested,
      uncertified: tick < at,
    });
    expect(play({ errors: 'gggggggg' }, {}, certifiedAt(8)).end).toBe('80 healthy');
    expect(play({ errors: 'g'.repeat(18) }, {}, certifiedAt(99)).end).toBe('180 inconclusive');
  });
});
