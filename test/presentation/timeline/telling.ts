/** A small release and its plan, told: a test of the narrator states only what happened, and reads the lines. */
import type { Fact } from '#domain/ledger/facts.ts';
import { formatOf } from '#presentation/format.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { sectionsOf, TimelineContext } from '#presentation/timeline/context.ts';
import { narrate } from '#presentation/timeline/lines.ts';
import { type Happened, told } from '#test/cli/story.ts';
import { admitted, check, gate } from '#test/support/builders.ts';
import { checklist, item, message, phase, report, smallPlan } from '#test/support/plans.ts';

export const pilot = { phase: 'pilot', attempt: 1 } as const;
const named = (name: string) => ({ name, holder: '', contact: '', duties: [] });
const script = (path: string) => ({ path, arguments: {}, timeoutMinutes: 10 });

/** What `everyFact` speaks of, each with a name that is not its id: an id in a line is seen to be one. */
export const plan = smallPlan({
  launch: { day: '2025-03-10', phase: 'pilot' },
  roles: { qa: named('Quality'), ops: named('Operations'), operator: named('Operator') },
  components: { ocr: { name: 'Reading of scans', features: [] } },
  scripts: { deploy: script('scripts/deploy.sh') },
  checks: { errors: check({ name: 'Error rate' }), latency: check({ name: 'Response time' }) },
  freezes: [
    {
      id: 'nights',
      name: 'Quiet nights',
      phases: [],
      when: { from: '2025-03-01T00:00', to: '2025-03-02T00:00' },
    },
  ],
  risks: [
    {
      id: 'R1',
      name: 'Files are lost',
      probability: '',
      impact: '',
      gravity: '',
      mitigation: '',
      watchedBy: { checks: ['errors'], phases: [] },
    },
  ],
  phases: [
    phase('pilot', {
      name: 'Pilot',
      gate: gate({ approvals: { roles: ['qa', 'ops'], peopleMin: 2, fourEyes: false } }),
      checklists: [checklist(item('4.1.1'), item('4.1.2'), item('4.2.1', 'person', 'gate'))],
    }),
    phase('rest', { name: 'Everybody', from: '2025-03-10', to: '2025-03-14' }),
  ],
  messages: [
    message('m1', { subject: 'Welcome' }),
    message('m2', { subject: 'Thanks', date: { day: 7, time: '10:00' }, timing: 'J+7' }),
    message('m3', { step: 'Trouble', subject: 'Sorry' }),
  ],
  reports: [report('status', { step: 'State of things' })],
});

const texts = { en: await textsOf('en'), fr: await textsOf('fr') };

interface Settings {
  readonly language?: 'en' | 'fr';
  readonly plan?: typeof plan;
  /** What a person is called, by id. */
  readonly person?: (id: string) => string;
}

/** The chapters of what happened, each as its lines. */
export function chaptersTold(
  happened: Happened,
  { language = 'en', plan: planned = plan, person }: Settings = {},
) {
  const all = { ...told(happened, planned), ...(person ? { person } : {}) };
  const context = new TimelineContext(all, texts[language], formatOf(language, planned.timeZone));
  return sectionsOf(all).map((section) => ({ context, section, lines: narrate(context, section) }));
}

/** All lines after the opening of the pilot, with what happened a minute after each other from 10:00 in Paris on. */
export function linesOf(facts: readonly Fact[], settings: Settings = {}) {
  const happened = facts.map((fact, nth) => [minute(nth), fact] as const);
  return chaptersTold(
    [['2025-03-03T08:00:00.000Z', admitted, { type: 'phase.opened', ...pilot }], ...happened],
    settings,
  )
    .flatMap(({ lines }) => lines)
    .slice(2);
}

const minute = (nth: number) => new Date(Date.parse('2025-03-03T09:00:00.000Z') + nth * 60_000).toISOString();
