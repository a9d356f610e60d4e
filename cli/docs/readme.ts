/** The pictures of `README.md`, drawn from the catalogue of functions and from a rehearsal of the example plan. */
import type { Plan } from '#domain/plan/plan.ts';
import { architecture } from './pictures/architecture.ts';
import { travel } from './pictures/travel.ts';
import { rewritten } from './tables.ts';

const drawn = (text: string) => `\`\`\`mermaid\n${text}\n\`\`\``;

/** The page with its pictures anew. Throws RangeError when the place of one is not there. */
export const withPictures = async (page: string, example: Plan): Promise<string> =>
  rewritten(page, { architecture: drawn(architecture()), fact: drawn(await travel(example)) });
