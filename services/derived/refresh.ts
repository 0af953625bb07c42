// Completeness of files that were judged by an earlier rule: judged anew after an upgrade, a portion at a time.
import { createHash } from 'node:crypto';
import { ADVISED_FIELDS } from '../../domain/enterprises/completeness.ts';
import type { Store } from '../../db/index.ts';
import { readSetting, setSetting } from '../settings.ts';
import type { Writer } from '../../db/index.ts';
import { FILE_COLUMNS, settleCompleteness } from './completeness.ts';

/** Raised where the rule changes in what its fields do not say. */
const RULE = 3;

/** Stands for the rule: another one makes what is stored stale. */
const MARK = createHash('sha256')
  .update(
    JSON.stringify([
      RULE,
      FILE_COLUMNS,
      ADVISED_FIELDS.map(({ entity, field, meta, objectKinds }) => [entity.name, field, meta.advised, objectKinds]),
    ]),
  )
  .digest('hex')
  .slice(0, 16);

/** How far the files are: `after` is the last one judged, null where all are. */
interface Progress {
  readonly mark: string;
  readonly after: string | null;
}

/** Files judged in one turn of the write lane: others write in between. */
const PORTION = 100;

const progressOf = async (store: Store): Promise<Progress | null> => {
  const text = await readSetting(store.read, 'completeness');
  return text === null ? null : (JSON.parse(text) as Progress);
};

const keep = (tx: Writer, after: string | null): Promise<void> =>
  setSetting(tx, 'completeness', JSON.stringify({ mark: MARK, after } satisfies Progress));

/** Notes that what is stored follows the rule of today: of a workspace that is being made. */
export const completenessIsFresh = (tx: Writer): Promise<void> => keep(tx, null);

/**
 * Judges all files again where the rule has changed since; goes on where an earlier start was ended.
 * @param isEnded asked before each portion
 * @returns files judged
 */
export async function refreshCompleteness(store: Store, isEnded: () => boolean = () => false): Promise<number> {
  if (store.readOnlyReason !== null) return 0;
  const known = await progressOf(store);
  if (known?.mark === MARK && known.after === null) return 0;
  let after = known?.mark === MARK ? (known.after ?? '') : '';
  for (let judged = 0; ;) {
    if (isEnded()) return judged;
    const ids = await store.read.sql<{ id: string }>('SELECT id FROM enterprise WHERE id > ? ORDER BY id LIMIT ?', [
      after,
      PORTION,
    ]);
    after = ids.at(-1)?.id ?? after;
    await store.withoutCapture(async (tx) => {
      await settleCompleteness(tx, new Map([['enterprise', new Set(ids.map(({ id }) => id))]]));
      await keep(tx, ids.length < PORTION ? null : after);
    });
    judged += ids.length;
    if (ids.length < PORTION) return judged;
  }
}
