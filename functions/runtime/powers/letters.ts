import type { Letters } from '#application/ports/wording.ts';
import { writerOf } from '#presentation/mail/letter.ts';

export const provide = (): Letters => ({ writer: async (letter) => writerOf(letter) });
