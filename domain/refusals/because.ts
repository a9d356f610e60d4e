/** What a refusal for a brake gives as its cause: as the brake itself says it (`domain/rules/blockers.ts`). */
export type Because = string;
