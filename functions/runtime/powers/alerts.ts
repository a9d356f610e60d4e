import type { Alerts } from '#application/ports/wording.ts';
import { checklistLate, gateReminder, observationFrozen, observationSays } from '#presentation/alerts.ts';

export const provide = (): Alerts => ({
  observationSays: async (...given) => observationSays(...given),
  observationFrozen: async (...given) => observationFrozen(...given),
  gateReminder: async (...given) => gateReminder(...given),
  checklistLate: async (...given) => checklistLate(...given),
});
