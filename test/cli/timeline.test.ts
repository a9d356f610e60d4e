import { describe, expect, it } from 'vitest';
import { paintFor, plain } from '#cli/terminal/paint.ts';
import { timeline } from '#cli/timeline/timeline.ts';
import { quoted } from '#domain/quoted.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { admitted, type Happened, told } from './story.ts';

const phase = 'production-50';
const inPhase = { phase, attempt: 1 } as const;
const reason = {
  severity: 'technical',
  component: 'ocr',
  cause: {
    code: 'check',
    params: { check: 'ocr-error-rate', answer: { code: 'value', params: { value: 11.25 } } },
  },
} as const;
const incident = 'production-50.1.rollback';

const partialRollback: Happened = [
  ['2025-04-09T14:00:00.000Z', admitted],
  ['2025-05-25T07:00:00.000Z', { type: 'phase.opened', ...inPhase }],
  ['2025-05-25T07:00:30.000Z', { type: 'exposure.changed', ...inPhase, from: 10, to: 50 }],
  ['2025-05-25T07:01:00.000Z', { type: 'observation.started', ...inPhase, hours: 72 }],
  ['2025-05-25T08:00:00.000Z', { type: 'message.sending', message: 'extension', campaign: 'c1' }],
  [
    '2025-05-25T08:04:00.000Z',
    { type: 'message.sent', message: 'extension', campaign: 'c1', sent: 526, failed: 2, declined: 0 },
  ],
  [
    '2025-05-25T17:10:00.000Z',
    {
      type: 'observation.breached',
      ...inPhase,
      check: 'ocr-error-rate',
      value: 11.25,
      reset: true,
      blame: 'release',
    },
  ],
  [
    '2025-05-25T17:10:00.000Z',
    { type: 'observation.concluded', ...inPhase, verdict: 'unhealthy', reason, healthyMinutes: 594 },
  ],
  ['2025-05-25T17:10:01.000Z', { type: 'phase.closed', ...inPhase, outcome: 'roll-back', reason }],
  [
    '2025-05-25T17:10:02.000Z',
    { type: 'rollback.chosen', ...inPhase, level: 'partial', component: 'ocr', reason },
  ],
  [
    '2025-05-25T17:10:02.000Z',
    {
      type: 'incident.opened',
      ...inPhase,
      incident,
      severity: 'technical',
      title: { code: 'phase-failed', params: { cause: reason.cause } },
    },
  ],
  ['2025-05-25T17:10:03.000Z', { type: 'incident.called', incident, level: 2, role: 'technical-lead' }],
  ['2025-05-25T17:10:04.000Z', { type: 'component.switched', component: 'ocr', state: 'off' }],
  ['2025-05-25T17:15:02.000Z', { type: 'incident.acknowledged', incident, by: 'technical-lead-1' }],
  [
    '2025-05-25T17:16:00.000Z',
    { type: 'script.started', ...inPhase, script: 'deploy-production', command: 'x1', installs: true },
  ],
  [
    '2025-05-25T17:48:00.000Z',
    {
      type: 'script.finished',
      ...inPhase,
      script: 'deploy-production',
      command: 'x1',
      status: 'succeeded',
      exitCode: 0,
      summary: quoted(''),
    },
  ],
  [
    '2025-05-25T17:48:00.000Z',
    {
      type: 'task.opened',
      task: 't',
      title: { code: 'step', params: { text: 'Correctifs en urgence' } },
      owner: 'technical-lead',
    },
  ],
  ['2025-05-25T19:10:02.000Z', { type: 'incident.resolved', incident, by: 'technical-lead-1' }],
];

const printed = async (happened: Happened, language: 'fr' | 'en' = 'fr') =>
  timeline(told(happened), { language, texts: await textsOf(language), paint: plain });

/** Without the breaks that wrapping put in: a line of its own begins with a date, a time or a mark. */
const flat = (lines: readonly string[]) =>
  lines.join('\n').replaceAll(/\n {20,}(?!\d\d:\d\d|[✓✗!·…] )/g, ' ');

describe('timeline', () => {
  it('tells a partial rollback in French', async () => {
    expect((await printed(partialRollback)).slice(1)).toEqual([
      'Démarrage',
      '  mer. 09/04/2025 16:00  · Déploiement démarré par project-lead-1, plan du lun. 07/04/2025',
      '',
      'Production 50 % (section 6.2)',
      '  prévu du 25/05 au 31/05, réel : le 25/05',
      '  dim. 25/05/2025 09:00  · Phase ouverte',
      '                  09:00  » Accès ouvert : de 10 % à 50 % des utilisateurs',
      '                  09:01  · Observation commencée : 72 h de santé continue à prouver',
      '                  10:00  → J+7, 50% utilisateurs : « Technicia vous est ouvert : bien démarrer »,',
      '                           destinataires : 526 (2 envois échoués)',
      "                  19:10  ✗ Seuil dépassé : Taux d'erreur OCR 11,25 % (objectif < 5 %)",
      '                  19:10  ✗ Observation interrompue, la phase est malade (9,9 h de santé continue)',
      '                  19:10  ✗ Phase quittée pour retour arrière',
      '',
      'Rollback partiel (niveau élevé) après Production 50 %',
      "  dim. 25/05/2025 19:10  ✗ Rollback partiel choisi : Taux d'erreur OCR : 11,25 %",
      "                  19:10  ✗ Incident technique : Taux d'erreur OCR : 11,25 %, appel du niveau 2 (Responsable",
      '                           technique)',
      '                  19:10  » OCR : désactivé',
      '                  19:15  · Incident pris en charge par technical-lead-1, 5 min après son ouverture',
      '                  19:48  ✓ deploy_production.ps1 : réussi en 32 min',
      '                           Restauration de la version précédente du composant',
      '                  19:48  · Tâche ouverte pour Responsable technique : Correctifs en urgence',
      '                  21:10  ✓ Incident résolu par technical-lead-1, 2 h après son ouverture',
    ]);
  });

  it('tells the same in English', async () => {
    const lines = await printed(partialRollback, 'en');
    expect(lines).toContain('  Sun 2025-05-25 09:00  · Phase opened');
    expect(lines).toContain("                 19:10  ✗ Breach: Taux d'erreur OCR 11.25 % (objective < 5 %)");
    expect(lines).toContain('                 19:10  » OCR: switched off');
    expect(lines).toContain(
      '                 21:10  ✓ Incident resolved by technical-lead-1, 2 h after it opened',
    );
  });

  it('never exceeds 110 columns', async () => {
    for (const line of await printed(partialRollback)) expect(line.length).toBeLessThanOrEqual(110);
  });

  it('shows a gate with its criteria, its approvals and the value behind each verdict', async () => {
    const lines = await printed([
      ['2025-04-09T14:00:00.000Z', admitted],
      ['2025-05-25T07:00:00.000Z', { type: 'phase.opened', ...inPhase }],
      ['2025-05-28T07:00:00.000Z', { type: 'gate.opened', ...inPhase }],
      [
        '2025-05-31T13:00:00.000Z',
        {
          type: 'gate.approved',
          ...inPhase,
          role: 'project-lead',
          by: 'alice',
          comment: quoted('Vu avec le support'),
        },
      ],
      [
        '2025-05-31T16:00:00.000Z',
        {
          type: 'gate.decided',
          ...inPhase,
          outcome: 'hold',
          reason: { cause: { code: 'criterion', params: { criterion: '6.2.3', value: 12 } } },
          readings: [
            { criterion: '6.2.1', verdict: 'healthy', value: 99.9004 },
            { criterion: '6.2.2', verdict: 'unknown' },
            { criterion: '6.2.3', verdict: 'unhealthy', value: 12 },
          ],
        },
      ],
    ]);
    const text = flat(lines).replaceAll(/\n +/g, ' ');
    expect(text).toContain('pas de décision avant le sam. 31/05/2025 18:00');
    expect(text).toContain('✓ Approuvé par Chef de projet (alice) « Vu avec le support »');
    expect(text).toContain('! Porte fermée : suspension');
    // Two digits would read "99,9 > 99,9".
    expect(text).toContain('Disponibilité système 99,9004 % (objectif > 99,9 %)');
    expect(text).toContain('! 6.2.2 Utilisation des ressources conforme aux prévisions : sans mesure');
    expect(text).toContain("✗ 6.2.3 Taux d'adoption conforme aux objectifs : Progression de l'adoption 12 %");
  });
});

describe('timeline of what goes slowly', () => {
  const preparation = { phase: 'preparation', attempt: 1 } as const;
  const ticked = (item: string, by = 'devops-1') =>
    ({
      type: 'item.ticked',
      ...preparation,
      item,
      by,
      system: false,
      evidence: { code: 'words', params: { words: quoted('') } },
    }) as const;

  it('sums a checklist up and names what is late', async () => {
    const text = flat(
      await printed([
        ['2025-04-09T14:00:00.000Z', admitted],
        ['2025-04-10T07:00:00.000Z', { type: 'phase.opened', ...preparation }],
        ['2025-04-11T07:00:00.000Z', ticked('2.1.1')],
        ['2025-04-17T16:00:00.000Z', { type: 'phase.late', ...preparation, open: 23 }],
        ['2025-04-18T07:00:00.000Z', ticked('2.1.2')],
      ]),
    );
    expect(text).toContain('! En retard : 23 éléments encore ouverts au dernier jour');
    expect(text).toContain(
      '2.1.2 Vérification de la conformité aux exigences de sécurité (Responsable sécurité)',
    );
    expect(text).toContain('… et 18 autres');
    expect(text.match(/Checklist : 2 éléments faits sur 24/g)).toHaveLength(1);
  });

  it('says why a message is held, in the language of the reader', async () => {
    const held: Happened = [
      ['2025-04-09T14:00:00.000Z', admitted],
      [
        '2025-05-25T08:00:00.000Z',
        {
          type: 'message.held',
          message: 'extension',
          reason: { code: 'exposure', params: { exposure: 10, exposureMin: 50 } },
        },
      ],
    ];
    expect(flat(await printed(held))).toContain("(l'accès est à 10 %, pas encore à 50 %)");
    expect(flat(await printed(held, 'en'))).toContain('(exposure is 10 %, not yet 50 %)');
  });

  it('tells repeated breaches at the first and at the last', async () => {
    const breach = {
      type: 'observation.breached',
      ...inPhase,
      check: 'availability',
      value: 98,
      reset: true,
      blame: 'release',
    } as const;
    const lines = await printed([
      ['2025-05-25T07:00:00.000Z', admitted, { type: 'phase.opened', ...inPhase }],
      ['2025-05-25T08:00:00.000Z', breach],
      ['2025-05-25T09:00:00.000Z', breach],
      ['2025-05-25T10:00:00.000Z', breach],
    ]);
    expect(lines.filter((line) => line.includes('!'))).toHaveLength(2);
  });
});

describe('colour', () => {
  it('is for a terminal whose reader has not refused it', () => {
    expect(paintFor({ isTTY: true }, {}).mark('good')).toContain('\u001b[');
    expect(paintFor({ isTTY: true }, { NO_COLOR: '1' }).mark('good')).toBe('✓');
    expect(paintFor({}, {}).mark('good')).toBe('✓');
  });
});
