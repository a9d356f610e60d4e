import { quoted } from '#domain/quoted.ts';
import type { RefusalsOf } from '#domain/refusals/refusals.ts';
import type { RefusalExamples } from './example.ts';

const release = 'technicia-2025-05-18';

export const releases: {
  readonly [N in
    | 'ReleaseNotFound'
    | 'ReleaseExists'
    | 'ProductBusy'
    | 'VersionMarkedBad'
    | 'LaunchDayPast'
    | 'LaunchDayImpossible'
    | 'LedgerConflict']: RefusalExamples<RefusalsOf[N]>;
} = {
  ReleaseNotFound: {
    'no-such-release': { when: 'anything names a release that does not exist', params: { release } },
    'release-starting': {
      when: 'somebody asks for a release that was just started',
      params: { release, by: 'ada', at: '2025-04-09T14:00:00.000Z' },
    },
    'release-not-started': {
      when: 'somebody asks for a release whose start was refused by the machine, or ended before it was admitted',
      params: {
        release,
        by: 'ada',
        at: '2025-04-09T14:00:00.000Z',
        because: { code: 'product-busy', params: { product: 'technicia', release: 'technicia-2025-04-01' } },
      },
    },
  },
  ReleaseExists: {
    'release-exists': {
      when: 'a release is started under the id of one that was admitted',
      params: { release, status: 'completed' },
    },
    'release-started-otherwise': {
      when: 'a release that is under way is started again, and differently',
      params: { release, differs: ['version', 'startedBy'] },
    },
    'release-starting-otherwise': {
      when: 'two people start a release under one id at the same time',
      params: { release },
    },
    'release-start-refused': {
      when: 'every execution under this id was refused by its first state',
      params: { release, times: 5 },
    },
    'release-of-another-execution': {
      when: 'an execution was started by hand for a release that has one',
      params: { release, execution: 'arn:aws:states:eu-west-3:123456789012:execution:jalon:technicia' },
    },
  },
  ProductBusy: {
    'product-busy': {
      when: 'a release is started while another one of the product is under way',
      params: { product: 'technicia', release },
    },
  },
  VersionMarkedBad: {
    'version-marked-bad': {
      when: 'a version that somebody marked as bad is started, or put in the place of another',
      params: { version: '2.0.0', release, reason: quoted('perd des brouillons') },
    },
  },
  LaunchDayPast: {
    'launch-day-past': {
      when: 'a release is started, or its launch day moved, to a day before today',
      params: { launchDay: '2025-05-18', today: '2025-05-19' },
    },
  },
  LaunchDayImpossible: {
    'launch-day-impossible': {
      when: 'a release is started for a day, or its launch day moved to one, that it cannot keep',
      params: { launchDay: '2099-05-18', first: '2025-05-20', last: '2026-01-30' },
    },
  },
  LedgerConflict: {
    'ledger-moved-on': {
      when: 'somebody else wrote to the release between reading and writing, twenty times',
      params: { release, seq: 42 },
    },
  },
};
