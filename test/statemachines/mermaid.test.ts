import { describe, expect, it } from 'vitest';
import { escalationMachine } from '#statemachines/escalation.ts';
import type { StateMachineDefinition } from '#statemachines/language.ts';
import { flowchart, overview } from '#statemachines/mermaid.ts';
import { releaseMachine } from '#statemachines/release.ts';
import { technicia } from '../cli/story.ts';

const step = (name: string) => name;
const release = releaseMachine(technicia, step);

const small: StateMachineDefinition = {
  Comment: 'small',
  QueryLanguage: 'JSONata',
  TimeoutSeconds: 60,
  StartAt: 'Try',
  States: {
    Try: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'Inside "it"', States: { 'Inside "it"': { Type: 'Pass', End: true } } }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Bad' }],
      Next: 'Well?',
    },
    'Well?': { Type: 'Choice', Choices: [{ Condition: "{% $x = 'a' %}", Next: 'Good' }], Default: 'Bad' },
    Good: { Type: 'Succeed' },
    Bad: { Type: 'Fail', Error: 'E', Cause: 'c' },
  },
};

describe('flowchart', () => {
  it('draws boxes, questions, ends and dotted catches', () => {
    expect(flowchart(small)).toBe(
      [
        'flowchart TD',
        '  s1(( )) --> s2',
        '  subgraph s2["Try"]',
        '    s3(( )) --> s4',
        '    s4["Inside #quot;it#quot;"]',
        '  end',
        '  s5{"Well?"}',
        '  s6((("Good")))',
        '  s7((("Bad")))',
        '  s2 --> s5',
        '  s2 -.->|"any error"| s7',
        `  s5 -->|"$x = 'a'"| s6`,
        '  s5 -->|"otherwise"| s7',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['release', flowchart(release)],
    ['escalation', flowchart(escalationMachine(technicia, step))],
  ])('of the %s machine is within what GitHub draws', (_name, text) => {
    expect(text.length).toBeLessThan(50_000);
    expect(text.split('\n').filter((line) => /-->|-\.->/.test(line)).length).toBeLessThan(500);
  });

  it('has every state of the definition once', () => {
    const names = JSON.stringify(release).match(/"Type":/g)?.length;
    const nodes = flowchart(release).match(/^ +(subgraph )?s\d+(\[|\{|\(\[|\(\(\()"/gm)?.length;
    expect(nodes).toBe(names);
  });
});

describe('overview', () => {
  it('keeps phases, rollback levels, crossroads and ends', () => {
    const text = overview(release);
    for (const { name } of technicia.phases) expect(text).toContain(`["${name}"]`);
    expect(text).toContain('["Rollback partiel"]');
    expect(text).toContain('((("Release rolled back")))');
    expect(text).not.toContain('Pass gate');
  });
  it('dots an arrow that only a Catch takes', () => {
    expect(overview(small)).toContain('s2 --> s3');
    const caught: StateMachineDefinition = {
      ...small,
      States: { ...small.States, 'Well?': { Type: 'Choice', Choices: [{ Condition: 'x', Next: 'Good' }] } },
    };
    expect(overview(caught)).toMatch(/-\.-> s4/);
  });
});
