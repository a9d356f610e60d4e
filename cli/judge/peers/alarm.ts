/**
 * A CloudWatch alarm on the error rate, with which CodeDeploy, ECS and AppConfig roll back: in ALARM when `datapointsToAlarm`
 * of the last `evaluationPeriods` data points are above the threshold. Periods without requests have no data point; by
 * `treatMissingData` they are looked past (`missing`, the default: the alarm takes older points), bad, or good.
 */
import { type Peer, shareOf, windowsOf } from './peer.ts';

export interface MetricAlarm {
  readonly periodMinutes: number;
  readonly datapointsToAlarm: number;
  readonly evaluationPeriods: number;
  /** Of the share of errors (`GreaterThanThreshold`). */
  readonly badShareMax: number;
  readonly treatMissingData: 'missing' | 'breaching' | 'notBreaching';
}

const alarmDefaults: MetricAlarm = {
  periodMinutes: 1,
  datapointsToAlarm: 5,
  evaluationPeriods: 5,
  badShareMax: 0.01,
  treatMissingData: 'missing',
};

export function alarm(changes: Partial<MetricAlarm> = {}): Peer {
  const parameters = { ...alarmDefaults, ...changes };
  const { periodMinutes, datapointsToAlarm, evaluationPeriods, badShareMax, treatMissingData } = parameters;
  return {
    name: `CloudWatch alarm ${datapointsToAlarm} of ${evaluationPeriods} x ${periodMinutes} min, errors > ${+(badShareMax * 100).toFixed(2)} %`,
    parameters: { ...parameters },
    decide: (blocks) => {
      const breaching: boolean[] = [];
      for (const [index, seen] of windowsOf(blocks, periodMinutes).entries()) {
        const badShare = shareOf(seen);
        if (badShare !== undefined) breaching.push(badShare > badShareMax);
        else if (treatMissingData !== 'missing') breaching.push(treatMissingData === 'breaching');
        const recent = breaching.slice(-evaluationPeriods);
        if (recent.filter(Boolean).length >= datapointsToAlarm) return (index + 1) * periodMinutes;
      }
      return undefined;
    },
  };
}
