/** The timeline as it happens beside the timeline as it was. */
import { expect, it } from 'vitest';
import { plain } from '#cli/terminal/paint.ts';
import { LiveTimeline } from '#cli/timeline/live.ts';
import { timeline } from '#cli/timeline/timeline.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { readScenario } from '#rehearsal/scenario.ts';
import { rehearsalOf, technicia } from '#test/rehearsal/run.ts';

const style = { language: 'fr', texts: await textsOf('fr'), paint: plain } as const;
const rehearsal = await rehearsalOf({ scenario: readScenario('a-person-degrades'), users: 500 });

it('heard at once it is the timeline, and nothing is told twice', () => {
  const live = new LiveTimeline(technicia, style);
  for (const entry of rehearsal.entries) live.hear(entry, rehearsal.release);
  expect(live.lines()).toEqual(timeline(rehearsal, style));
  expect(live.lines()).toEqual([]);
});

it('heard bit by bit it has each section’s heading once, and the last word of each', () => {
  const live = new LiveTimeline(technicia, style);
  const lines = rehearsal.entries.flatMap((entry) => {
    live.hear(entry, rehearsal.release);
    return live.lines();
  });
  const headings = (all: readonly string[]) => all.filter((line) => /^\S/.test(line));
  expect(headings(lines)).toEqual(headings(timeline(rehearsal, style)));
  expect(lines.at(-1)).toMatch(/Déploiement terminé/);
});
