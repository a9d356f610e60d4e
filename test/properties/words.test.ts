/** What people type comes back letter by letter, wherever it is shown and in whatever language the reader reads. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { harmless } from '#cli/api/client.ts';
import { tellingOf } from '#cli/api/output-context.ts';
import { statusPage } from '#cli/api/status-view.ts';
import { entryLine } from '#cli/api/views.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { replay } from '#domain/ledger/replay.ts';
import { wordsIn } from '#domain/ledger/words.ts';
import { type Quoted, quoted, saysSomething } from '#domain/quoted.ts';
import { slackMessage } from '#functions/adapters/notifier/slack.ts';
import { teamsMessage } from '#functions/adapters/notifier/teams.ts';
import { detailOf } from '#functions/contracts/release-view.ts';
import { reportTemplate } from '#mails/library.ts';
import { incidentCalled, observationSays } from '#presentation/alerts.ts';
import { htmlOf } from '#presentation/audit-report/html.ts';
import { markdownOf } from '#presentation/audit-report/markdown.ts';
import { pageOf } from '#presentation/audit-report/page.ts';
import { formatOf } from '#presentation/format.ts';
import { escapeHtml, render } from '#presentation/mail/render.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { writeReport } from '#presentation/team-report/report.ts';
import { sectionsOf, TimelineContext } from '#presentation/timeline/context.ts';
import { narrate } from '#presentation/timeline/lines.ts';
import { shown, wordsOf } from '#presentation/words.ts';
import { technicia } from '#test/rehearsal/run.ts';
import { admitted } from '#test/support/builders.ts';
import { anyFact } from '#test/support/facts.ts';
import { record } from '#test/support/hashed.ts';
import { tries } from './tries.ts';

const languages = ['fr', 'en'] as const;
const planIn = (language: 'fr' | 'en') => ({ ...technicia, language });
const texts = { fr: await textsOf('fr'), en: await textsOf('en') };

const inPhase = { phase: 'production-10', attempt: 1 } as const;
const incident = 'production-10.1.reported';

/** Everything that a person can write about a release, each time the same words. */
function wordy(words: Quoted): readonly Fact[] {
  const cause = { code: 'rejected', params: { role: 'quality-lead', by: 'eve', comment: words } } as const;
  const ordered = { code: 'ordered', params: { by: 'eve', reason: words } } as const;
  const script = { code: 'script', params: { script: 'deploy-production', said: words } } as const;
  return [
    { ...(admitted as Extract<Fact, { type: 'release.admitted' }>), launchDay: technicia.launch.day },
    { type: 'release.paused', reason: words },
    { type: 'release.unpaused', reason: words },
    { type: 'launch.moved', from: '2025-05-18', to: '2025-05-25', reason: words },
    { type: 'version.marked-bad', version: '1.0.1', reason: words },
    { type: 'phase.opened', ...inPhase },
    { type: 'phase.ordered', ...inPhase, order: 'hold', by: 'eve', reason: words },
    { type: 'item.waived', ...inPhase, item: '6.1.1', by: 'eve', reason: words },
    { type: 'item.unticked', ...inPhase, item: '6.1.1', by: 'eve', reason: words },
    { type: 'script.started', ...inPhase, script: 'deploy-production', command: 'c', installs: true },
    {
      type: 'script.finished',
      ...inPhase,
      script: 'deploy-production',
      command: 'c',
      status: 'failed',
      exitCode: 3,
      summary: words,
    },
    { type: 'gate.opened', ...inPhase },
    { type: 'gate.rejected', ...inPhase, role: 'quality-lead', by: 'eve', comment: words },
    { type: 'gate.decided', ...inPhase, outcome: 'hold', readings: [], reason: { cause } },
    { type: 'phase.resumed', ...inPhase, resolution: 'correct', comment: words },
    { type: 'phase.closed', ...inPhase, outcome: 'roll-back', reason: { cause: ordered } },
    {
      type: 'rollback.chosen',
      ...inPhase,
      level: 'full',
      component: '',
      reason: { severity: 'critical', cause: script },
    },
    {
      type: 'incident.opened',
      ...inPhase,
      incident,
      severity: 'critical',
      title: { code: 'reported', params: { words } },
    },
    { type: 'incident.reopened', incident, by: 'eve', reason: words },
    { type: 'decision.taken', ...inPhase, decision: 'abandon', by: 'ada', comment: words },
    { type: 'release.closed', outcome: 'aborted', reason: { code: 'ordered', params: { reason: words } } },
  ];
}

const recorded = (words: Quoted) => {
  const by = { at: '2025-05-18T07:00:00.000Z', actor: 'user:eve' };
  const { entries } = record('r1', wordy(words), by);
  return { entries, release: replay('r1', entries) };
};

/** Words that look like ours, like numbers that a language writes otherwise, or that steer whoever shows them. */
const nasty = fc.constantFrom(
  ...['no data', 'no traffic', 'approval by qa', 'qa: nobody decided in time', '2.1.3 corrects: 10.0.0.12'],
  ...['version 2.1.0 was found to be bad', "l'heure: « maintenant » ?", '1 000,5 % !', 'a:b;c', 'blind: x'],
  ...[
    'left\u202egnp.exe',
    'bell\u0007\u001b[2J',
    'two\nlines\r\n',
    '\ttab',
    'zero\u200bwidth',
    '\u{e0041}tag',
  ],
  ...['<b>&amp;</b>', '| a | b |', '`x` *y* _z_', '{{value}}', '👩‍👩‍👧 ❤️ \ud800', '', 'عربي', 'e\u0301'],
);
const typed: fc.Arbitrary<Quoted> = fc
  .oneof(
    nasty,
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(nasty, { maxLength: 3 }).map((all) => all.join(' ')),
  )
  // Pages and mails are shown without blanks at their ends.
  .map((text) => text.trim())
  .filter(saysSomething)
  .map(quoted);

const runs = { numRuns: tries({ all: 150, few: 12 }) };
/** As CommonMark reads it; the quotation marks of JSON are taken the same way on both sides. */
const unescaped = (text: string) => text.replaceAll(/\\+([!-/:-@[-`{-~])/g, '$1').replaceAll('\\', '');
/** Markdown as a reader sees it. */
const read = (markdown: string) =>
  markdown
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const times = (text: string, part: string) => text.split(part).length - 1;

describe.each(languages)('what people type, read in %s', (language) => {
  const plan = planIn(language);
  const format = formatOf(language, plan.timeZone);
  let telling: Awaited<ReturnType<typeof tellingOf>>;
  beforeAll(async () => {
    const processEnvironment = { environment: {}, timeZone: plan.timeZone, isTerminal: false };
    telling = await tellingOf(processEnvironment as Parameters<typeof tellingOf>[0], language);
  });

  it('stands letter by letter in the timeline', () => {
    fc.assert(
      fc.property(typed, (words) => {
        const { entries, release } = recorded(words);
        const context = new TimelineContext({ plan, release, entries }, texts[language], format);
        const lines = sectionsOf({ plan, release, entries }).flatMap((section) => narrate(context, section));
        const text = lines.flatMap(({ text: own, details = [] }) => [own, ...details.map((one) => one.text)]);
        const said = entries.filter(({ fact }) => wordsIn(fact).length > 0).length;
        // One line for each fact that has words; the closing of a phase is told by what closed it.
        expect(times(text.join('\n'), shown(words))).toBeGreaterThanOrEqual(said - 1);
      }),
      runs,
    );
  });

  it('stands letter by letter in the audit report', () => {
    fc.assert(
      fc.property(typed, (words) => {
        const { entries, release } = recorded(words);
        const page = pageOf({ plan, release, entries }, language, texts[language]);
        const decisions = 14;
        expect(times(htmlOf(page), escapeHtml(shown(words)))).toBeGreaterThanOrEqual(decisions);
        expect(times(read(markdownOf(page)), shown(words))).toBeGreaterThanOrEqual(1);
      }),
      runs,
    );
  });

  it('stands letter by letter in the mail of a report', () => {
    const [report] = plan.reports;
    if (!report) throw new RangeError('the plan has no report');
    fc.assert(
      fc.property(typed, (words) => {
        const { entries, release } = recorded(words);
        const nowMs = Date.parse('2025-05-19T07:00:00.000Z');
        const matter = {
          plan,
          release: { ...release, startedAt: '2025-05-01T00:00:00.000Z' },
          report,
          entries,
        };
        const variables = writeReport({ ...matter, readings: {}, nowMs, texts: texts[language] });
        const { html, text } = render(reportTemplate(), variables, language, wordsOf(entries));
        expect(text).toContain(shown(words));
        expect(html).toContain(escapeHtml(shown(words)));
      }),
      runs,
    );
  });

  it('stands letter by letter in what the team is told, by mail and in chats', () => {
    const called = plan.escalation[0];
    if (!called) throw new RangeError('the plan calls nobody');
    fc.assert(
      fc.property(typed, (words) => {
        const title = { code: 'reported', params: { words } } as const;
        const about = { severity: called.severity, title, phase: 'production-10' };
        const cause = { code: 'script', params: { script: 'deploy-production', said: words } } as const;
        const where = { releaseId: 'r1', phase: 'production-10' };
        for (const notice of [
          incidentCalled(plan, { releaseId: 'r1', incident, called }, about),
          observationSays(plan, where, 'unhealthy', { cause }),
        ]) {
          expect(notice.text).toContain(shown(words));
          const slack = JSON.stringify(slackMessage(notice).blocks);
          const inSlack = shown(words)
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('>', '&gt;');
          expect(slack).toContain(JSON.stringify(inSlack).slice(1, -1));
          expect(unescaped(JSON.stringify(teamsMessage(notice)))).toContain(
            unescaped(JSON.stringify(shown(words))).slice(1, -1),
          );
        }
      }),
      runs,
    );
  });

  it('stands letter by letter on the command line', () => {
    // A terminal breaks lines where there are blanks, and cuts what is longer than one.
    const flat = (text: string) => text.replaceAll(/\s/g, '');
    fc.assert(
      fc.property(typed, (words) => {
        const { entries, release } = recorded(words);
        const answered = JSON.parse(JSON.stringify(entries), harmless) as typeof entries;
        for (const { seq, at, actor, fact } of answered) {
          if (wordsIn(fact).length === 0) continue;
          const line = entryLine(
            { seq, at, actor, fact: { ...fact } } as Parameters<typeof entryLine>[0],
            telling,
          );
          expect(flat(line)).toContain(flat(shown(words)));
        }
        const open = { ...release, status: 'active' as const };
        const sight = { release: detailOf(open), phases: [], gates: [], dates: [] };
        const status = statusPage(sight as unknown as Parameters<typeof statusPage>[0], telling);
        expect(status.join('\n')).toContain(shown(words));
      }),
      runs,
    );
  });
});

describe('words', () => {
  it('are found in every fact that holds some, and in no other', () => {
    const mark = 'person\u00a7words';
    fc.assert(
      fc.property(anyFact, (fact) => {
        const words = wordsIn(fact);
        for (const one of words) expect(JSON.stringify(fact)).toContain(JSON.stringify(one));
        expect(words).not.toContain('');
        expect(words).not.toContain(mark);
      }),
    );
  });

  it('of nothing but signs that nobody sees say nothing', () => {
    for (const text of [
      '',
      ' \t\n',
      '\u200b\u200d',
      '\u202e',
      '\u00a0\u2003',
      '\u2800',
      '\u3164',
      '\u{e0041}',
      '\ufeff',
      '\u00ad',
    ])
      expect(saysSomething(text)).toBe(false);
    for (const text of ['x', '.', '👍', 'é', '\u202e?', '中']) expect(saysSomething(text)).toBe(true);
  });

  it('show a mark for each sign that cannot be seen, and leave the others as they are', () => {
    expect(shown('a\u0000\n\u007f\u202eb\u200b')).toBe('a␀␊␡⟨U+202E⟩b⟨U+200B⟩');
    expect(shown('👩‍👩‍👧 ❤️ é עִבְרִית')).toBe('👩‍👩‍👧 ❤️ é עִבְרִית');
  });
});
