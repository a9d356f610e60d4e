/** Marks and colours. Every mark says by itself what its colour says again. */
import { styleText } from 'node:util';
import type { Mark } from '#presentation/timeline/context.ts';

const marks: Readonly<Record<Mark, string>> = {
  good: '✓',
  bad: '✗',
  warning: '!',
  neutral: '·',
  access: '»',
  mail: '→',
};

export interface Paint {
  readonly mark: (mark: Mark) => string;
  readonly heading: (text: string) => string;
  readonly quiet: (text: string) => string;
}

const colours = {
  good: 'green',
  bad: 'red',
  warning: 'yellow',
  neutral: 'gray',
  access: 'cyan',
  mail: 'blue',
} as const satisfies Record<Mark, Parameters<typeof styleText>[0]>;

export const plain: Paint = {
  mark: (mark) => marks[mark],
  heading: (text) => text,
  quiet: (text) => text,
};

const coloured: Paint = {
  mark: (mark) => styleText(colours[mark], marks[mark], { validateStream: false }),
  heading: (text) => styleText('bold', text, { validateStream: false }),
  quiet: (text) => styleText('dim', text, { validateStream: false }),
};

/** Colour only for a person at a terminal who has not refused it (https://no-color.org). */
export const paintFor = (stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): Paint =>
  stream.isTTY === true && !environment['NO_COLOR'] ? coloured : plain;
