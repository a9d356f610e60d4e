/** Waits, and what bakes remember while they wait. */
import type { Wait } from '#domain/rules/wait.ts';
import { bakeKey, lookKey, waitKey } from '#functions/adapters/dynamodb/table-keys.ts';
import { callMs, evidenceKeptMonths, itemOverheadBytes, tokenBytes } from '../assumptions.ts';
import { itemBytes, writeUnits } from '../capacity.ts';
import { type Rules, sum } from '../rules.ts';
import { read, Sizes, transacted, write } from './calls.ts';

/** The row is in the index of open waits with all it has. */
export function waitRules(): Rules<'waits'>['waits'] {
  const rows = new Sizes();
  const open = new Sizes();
  const rowOf = (wait: Pick<Wait, 'releaseId' | 'waitId'>) => ({
    ...waitKey(wait.releaseId, wait.waitId),
    ...wait,
    token: '',
    openWait: wait.waitId,
  });
  const bytesOf = (wait: Wait) => itemBytes(rowOf(wait)) + tokenBytes;
  return {
    // The one write that is no transaction.
    arm: ([wait], armed) => {
      const row = rowOf(armed ?? wait);
      return write(writeUnits(rows.over(row, tokenBytes)) + writeUnits(open.over(row, tokenBytes)), 'waits');
    },
    get: (_given, wait) => read(wait ? bytesOf(wait) : 0, 'waits'),
    open: (_given, waits) => ({ ...read(sum((waits ?? []).map(bytesOf)), 'waits'), ms: callMs.query }),
    settle: ([wait], settled) => {
      const key = waitKey(wait.releaseId, wait.waitId);
      if (!settled?.won) return write(transacted(rows.of(key)), 'waits');
      const row = rowOf(settled.wait ?? wait);
      return write(transacted(rows.over(row, tokenBytes)) + writeUnits(open.over(row, tokenBytes)), 'waits');
    },
    close: ([wait]) => {
      const key = waitKey(wait.releaseId, wait.waitId);
      const index = open.of(key);
      open.remove(key);
      return write(transacted(rows.of(key)) + (index === 0 ? 0 : writeUnits(index)), 'waits');
    },
  };
}

export function bakeRules(): Rules<'bakes'>['bakes'] {
  const memories = new Sizes();
  return {
    get: (_given, state) => read(state ? itemBytes({ state }) : 0),
    put: ([{ releaseId, waitId, epoch, phase, attempt }, , state, evidence]) => {
      const look = itemBytes({ ...lookKey(releaseId, phase, attempt, 1e12), evidence, expiresAt: 1e9 });
      const memory = { ...bakeKey(releaseId, waitId), epoch, state, lastTickMs: 1e12, expiresAt: 1e9 };
      return write(transacted(memories.over(memory)) + transacted(look), 'releases', {
        storedGbMonth: ((look + itemOverheadBytes) / 1e9) * evidenceKeptMonths,
      });
    },
  };
}
