// Keeps derived columns and the search index true: runs inside every action, just before it commits.
import { nameKey } from '../../domain/values/name-key.ts';
import { renewDueDate, reviewDueDate } from '../../domain/formalities/entities.ts';
import type { Derivations, Touched, Writer } from '../../db/index.ts';
import { settleCompleteness } from './completeness.ts';
import { settleFindings } from './findings.ts';
import { settleSearch } from './search.ts';
import { pinyinOf } from './spelling.ts';

export { completenessOf } from './completeness.ts';
export { stepsOf } from './findings.ts';
export { initialsOf, pinyinOf } from './spelling.ts';

async function settle(tx: Writer, touched: Touched): Promise<void> {
  await settleFindings(tx, touched);
  await settleCompleteness(tx, touched);
  await settleSearch(tx, touched);
}

/** The derivations of this product, given to the store when it opens. */
export const DERIVATIONS: Derivations = {
  own: {
    enterprise: (row) => ({ nameKey: nameKey(String(row.name)).slice(0, 200), pinyin: pinyinOf(String(row.name)).slice(0, 2000) }),
    permit: (row) => ({ renewDueDate: renewDueDate(row as never) }),
    emergencyPlan: (row) => ({ reviewDueDate: reviewDueDate(row as never) }),
  },
  settle,
};
