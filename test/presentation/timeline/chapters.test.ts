/** The ledger cut into chapters: where each begins, what it is called, and the dates that it was planned for. */
import { describe, expect, it } from 'vitest';
import { paintFor } from '#cli/terminal/paint.ts';
import { headingLines } from '#cli/timeline/timeline.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { quoted } from '#domain/quoted.ts';
import { everyFact } from '#test/adapters/every-fact.ts';
import type { Happened } from '#test/cli/story.ts';
import { admitted } from '#test/support/builders.ts';
import { chaptersTold, linesOf, pilot, plan } from './telling.ts';

const rest = { phase: 'rest', attempt: 1 } as const;
const opened = (where: { phase: string; attempt: number }): Fact => ({ type: 'phase.opened', ...where });
const closed = (
  where: { phase: string; attempt: number },
  outcome: 'promote' | 'correct' | 'roll-back',
): Fact => ({
  type: 'phase.closed',
  ...where,
  outcome,
  reason: { cause: { code: 'held-too-often', params: { holds: 6 } } },
});
const rolledBack = (level: 'full' | 'none'): Fact => ({ ...everyFact['rollback.chosen'], ...pilot, level });
const moved = (from: string, to: string): Fact => ({ type: 'launch.moved', from, to, reason: quoted('') });

/** Facts at noon in Paris, each on a day of its own from 3 March on. */
const daily = (...facts: readonly Fact[]): Happened =>
  facts.map((fact, nth) => [`2025-03-${String(3 + nth).padStart(2, '0')}T11:00:00.000Z`, fact]);
const kinds = (...facts: readonly Fact[]) =>
  chaptersTold(daily(...facts)).map(({ section: { kind, phase, attempt, entries } }) => [
    `${kind} ${phase}#${attempt}`,
    entries.map(({ fact }) => fact.type),
  ]);
const paint = paintFor({}, {});
const headings = (happened: Happened, language: 'en' | 'fr' = 'en') =>
  chaptersTold(happened, { language }).map(({ context, section }) => headingLines(context, section, paint));

describe('a section', () => {
  it('begins with each opening of a phase and with a rollback, and has all until the next', () => {
    expect(
      kinds(
        admitted,
        opened(pilot),
        closed(pilot, 'correct'),
        opened({ ...pilot, attempt: 2 }),
        everyFact['gate.reminded'],
        closed({ ...pilot, attempt: 2 }, 'roll-back'),
        rolledBack('full'),
        everyFact['component.switched'],
      ),
    ).toEqual([
      ['admission #0', ['release.admitted']],
      ['phase pilot#1', ['phase.opened', 'phase.closed']],
      ['phase pilot#2', ['phase.opened', 'gate.reminded', 'phase.closed']],
      ['rollback pilot#1', ['rollback.chosen', 'component.switched']],
    ]);
  });

  it('follows the last phase, once that is promoted and not before', () => {
    const after = everyFact['release.closed'];
    const last = (outcome: 'promote' | 'correct') =>
      kinds(admitted, opened(rest), closed(rest, outcome), after).map(([name]) => name);
    expect(last('promote')).toEqual(['admission #0', 'phase rest#1', 'follow-up #0']);
    expect(last('correct')).toEqual(['admission #0', 'phase rest#1']);
  });

  it('of another phase than the last one is followed by none', () => {
    const names = kinds(admitted, opened(pilot), closed(pilot, 'promote'), everyFact['gate.reminded']);
    expect(names.map(([name]) => name)).toEqual(['admission #0', 'phase pilot#1']);
  });

  it('is never empty, and each entry is in one', () => {
    const facts = [admitted, opened(pilot), closed(pilot, 'promote'), opened(rest), closed(rest, 'promote')];
    const told = kinds(...facts);
    expect(told.flatMap(([, types]) => types)).toEqual(facts.map(({ type }) => type));
    for (const [, types] of told) expect(types).not.toHaveLength(0);
  });
});

describe('the title of a section', () => {
  const context = daily(
    admitted,
    opened(pilot),
    closed(pilot, 'roll-back'),
    rolledBack('full'),
    opened({ ...pilot, attempt: 2 }),
    rolledBack('none'),
    opened(rest),
    closed(rest, 'promote'),
    everyFact['gate.reminded'],
  );

  it('says what it is in English', () => {
    expect(headings(context).map(([title]) => title)).toEqual([
      'Start',
      'Pilot (section 1)',
      'Undo critical (critical) after Pilot',
      'Pilot (section 1), attempt 2',
      'Pilot cannot go on, a person decides',
      'Everybody (section 1)',
      'Follow-up after the last phase',
    ]);
  });

  it('says it in French, names as the plan words them', () => {
    expect(headings(context, 'fr').map(([title]) => title)).toEqual([
      'Démarrage',
      'Pilot (section 1)',
      'Undo critical (critical) après Pilot',
      'Pilot (section 1), tentative 2',
      'Pilot ne peut pas continuer, une personne décide',
      'Everybody (section 1)',
      'Suivi après la dernière phase',
    ]);
  });
});

describe('the dates of a phase', () => {
  const datesOf = (...facts: readonly Fact[]) =>
    headings(daily(admitted, ...facts)).map(([, dates]) => dates?.trim());

  it('are the planned ones and the real ones, open as long as it is', () => {
    expect(datesOf(opened(pilot))[1]).toBe('planned 03-03 to 03-07, real: since 03-04');
    expect(datesOf(opened(pilot), closed(pilot, 'promote'))[1]).toBe(
      'planned 03-03 to 03-07, real: 03-04 to 03-05',
    );
  });

  it('move with the launch day that held when it opened, not with a later one', () => {
    const dates = datesOf(
      opened(pilot),
      moved('2025-03-10', '2025-03-17'),
      opened(rest),
      moved('2025-03-17', '2025-03-24'),
    );
    expect(dates.slice(1)).toEqual([
      'planned 03-03 to 03-07, real: since 03-04',
      'planned 03-17 to 03-21, real: since 03-06',
    ]);
  });
});

describe('a message that invites', () => {
  const [first, ...others] = plan.messages;
  if (!first) throw new RangeError('the plan has no message');
  const inviting = { ...plan, messages: [{ ...first, invitesTo: 'pilot' }, ...others] };
  const end = closed(pilot, 'promote');

  it('to a phase that is over says when that ended', () => {
    expect(linesOf([end, everyFact['message.sending']], { plan: inviting }).at(-1)?.details).toEqual([
      { mark: 'warning', text: 'invites to Pilot, which ended on Mon 2025-03-03' },
    ]);
  });

  it('to a phase that goes on says nothing of it', () => {
    const sending = linesOf([everyFact['message.sending'], end], { plan: inviting })[0];
    expect(sending).toMatchObject({ mark: 'mail', details: [] });
  });
});

describe('a script of a rollback', () => {
  const started = (command: string): Fact => ({ ...everyFact['script.started'], command });
  const finished = (command: string): Fact => ({ ...everyFact['script.finished'], command });
  const step = (id: string, kind: 'script' | 'task') =>
    ({
      id,
      text: `Step ${id}`,
      action: kind === 'script' ? { kind, script: 'deploy' } : { kind, owner: 'ops' },
    }) as (typeof plan.rollback.full.steps)[number];
  const undoing = {
    ...plan,
    rollback: {
      ...plan.rollback,
      full: { ...plan.rollback.full, steps: [step('a', 'script'), step('b', 'task'), step('c', 'script')] },
    },
  };

  it('has the step of the plan that it carries out, in the order of the scripts', () => {
    const lines = linesOf([rolledBack('full'), started('1'), finished('1'), started('2'), finished('2')], {
      plan: undoing,
    });
    expect(lines.slice(1).map(({ details }) => details)).toEqual([
      [{ text: 'Step a' }],
      [{ text: 'Step c' }],
    ]);
  });

  it('that belongs to a phase has none', () => {
    expect(linesOf([started('1'), finished('1')], { plan: undoing })[0]?.details).toEqual([]);
  });
});
