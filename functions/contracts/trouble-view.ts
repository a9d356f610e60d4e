/** What may go wrong or did, as the API shows it: risks of the plan with what their checks say, and incidents. */
import * as z from 'zod';
import type { IncidentRecord, Release } from '#domain/ledger/records.ts';
import { type Plan, type Risk, rollbackLevels, severities } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { isOpen, wayBackFrom } from '#domain/rules/grave-incidents.ts';
import { IncidentTitle } from './causes.ts';

export const RiskView = z.strictObject({
  id: z.string(),
  name: z.string(),
  probability: z.string(),
  impact: z.string(),
  gravity: z.string(),
  mitigation: z.string(),
  state: z.enum(['quiet', 'threatening']),
  /** The check that spoke last, and when. */
  check: z.string().exactOptional(),
  at: z.string().exactOptional(),
});

export const riskViewOf = (release: Release, risk: Risk): z.input<typeof RiskView> => {
  const { watchedBy: _, ...told } = risk;
  return { ...told, ...(release.risks[risk.id] ?? { state: 'quiet' }) };
};

/** The level, and the phase to order it in. */
export const WayBack = z.strictObject({ level: z.enum(rollbackLevels), phase: z.string() });
export const IncidentView = z.strictObject({
  id: z.string(),
  title: IncidentTitle,
  severity: z.enum(severities),
  phase: z.string(),
  /** Who reported it; absent: the system did. */
  by: z.string().exactOptional(),
  /** Another incident of the same person, for which people are called already. */
  groupedWith: z.string().exactOptional(),
  status: z.enum(['open', 'acknowledged', 'unanswered', 'resolved']),
  openedAt: z.string(),
  resolvedAt: z.string().exactOptional(),
  /** It was closed as one. */
  falseAlarm: z.boolean().exactOptional(),
  /** Who asked that it shall not stop the release, and who granted it. */
  override: z
    .strictObject({ askedBy: z.string(), comment: z.string(), grantedBy: z.string().exactOptional() })
    .exactOptional(),
  /** The rollback that the plan names for its severity, while it is open and users have something of the release. */
  offered: WayBack.exactOptional(),
  /** How often it was opened again. */
  reopened: z.int().exactOptional(),
});

export const incidentViewOf = (
  plan: Plan,
  release: Release,
  [id, record]: readonly [string, IncidentRecord],
): z.input<typeof IncidentView> => ({
  id,
  ...record,
  ...(isOpen(record) ? present({ offered: wayBackFrom(plan, release, record.severity) }) : {}),
});
