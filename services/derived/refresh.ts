// What an earlier version derived by another rule: derived anew after an upgrade, a portion at a time.
import { createHash } from 'node:crypto';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ADVISED_FIELDS } from '../../domain/enterprises/completeness.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { tableOf, type SqlReader, type Store, type Touched, type Writer } from '../../db/index.ts';
import { readSetting, setSetting, type SettingKey } from '../settings.ts';
import { FILE_COLUMNS, settleCompleteness } from './completeness.ts';
import { repeatDays, settleRepeatsOfEnterprises } from './repeats.ts';
import { settleSearch } from './search.ts';

/** Something that is derived from rows by a rule, and kept. */
interface Derived {
  /** Under which its progress is kept. */
  readonly key: SettingKey;
  /** Stands for the rule: another one makes what is stored stale. */
  readonly rule: string;
  /** What the workspace says of the rule. */
  readonly set?: (read: SqlReader) => Promise<unknown>;
  /** The kinds from whose rows it follows. */
  readonly kinds: readonly EntityDefinition[];
  readonly settle: (tx: Writer, touched: Touched) => Promise<void>;
}

const markOf = (rule: unknown): string => createHash('sha256').update(JSON.stringify(rule)).digest('hex').slice(0, 16);

const SEARCHED: readonly EntityDefinition[] = ENTITIES.filter((entity) => entity.facets.search !== null);

/** Numbers are raised where a rule changes in what its definitions do not say. */
const ALL: readonly Derived[] = [
  {
    key: 'completeness',
    rule: markOf([
      3,
      FILE_COLUMNS,
      ADVISED_FIELDS.map(({ entity, field, meta, objectKinds }) => [entity.name, field, meta.advised, objectKinds]),
    ]),
    kinds: [enterprise],
    settle: settleCompleteness,
  },
  {
    key: 'search',
    rule: markOf([1, SEARCHED.map(({ name, facets }) => [name, facets.search])]),
    kinds: SEARCHED,
    settle: settleSearch,
  },
  { key: 'repeats', rule: markOf([1]), set: repeatDays, kinds: [enterprise], settle: settleRepeatsOfEnterprises },
];

/** How far it is: rows of `kind` up to `after` are done, and the kinds before; null where all are. */
interface Progress {
  readonly rule: string;
  readonly at: { readonly kind: string; readonly after: string } | null;
}

/** Rows in one turn of the write lane: others write in between. */
const PORTION = 100;

const ruleOf = async (read: SqlReader, { rule, set }: Derived): Promise<string> =>
  set ? markOf([rule, await set(read)]) : rule;

async function progressOf(store: Store, one: Derived): Promise<Progress | null> {
  const text = await readSetting(store.read, one.key);
  const kept = text === null ? null : (JSON.parse(text) as Progress);
  return kept?.rule === (await ruleOf(store.read, one)) ? kept : null;
}

const keep = async (tx: Writer, one: Derived, at: Progress['at']): Promise<void> => {
  await setSetting(tx, one.key, JSON.stringify({ rule: await ruleOf(tx.read, one), at } satisfies Progress));
};

/** Notes that what is stored follows the rules of today: of a workspace that is being made. */
export async function derivedIsFresh(tx: Writer): Promise<void> {
  for (const one of ALL) await keep(tx, one, null);
}

/** Derives one thing anew where its rule has changed; how many rows that were. */
async function refresh(store: Store, one: Derived, isEnded: () => boolean): Promise<number> {
  const known = await progressOf(store, one);
  if (known?.at === null) return 0;
  let done = 0;
  let { kind, after } = known?.at ?? { kind: one.kinds[0]?.name ?? '', after: '' };
  for (const [at, entity] of one.kinds.entries()) {
    if (at < one.kinds.findIndex(({ name }) => name === kind)) continue;
    if (entity.name !== kind) after = '';
    for (let rows = PORTION; rows === PORTION; done += rows) {
      if (isEnded()) return done;
      const ids = await store.read.sql<{ id: string }>(
        `SELECT id FROM "${tableOf(entity)}" WHERE id > ? ORDER BY id LIMIT ?`,
        [after, PORTION],
      );
      rows = ids.length;
      after = ids.at(-1)?.id ?? after;
      kind = entity.name;
      const isLast = rows < PORTION && at === one.kinds.length - 1;
      await store.withoutCapture(async (tx) => {
        await one.settle(tx, new Map([[entity.name, new Set(ids.map(({ id }) => id))]]));
        await keep(tx, one, isLast ? null : { kind, after });
      });
    }
  }
  return done;
}

/**
 * Derives anew what follows another rule by now: how whole files are, what the search knows; goes on where an earlier start
 * was ended.
 * @param isEnded asked before each portion
 * @returns rows that were looked at
 */
export async function refreshDerived(store: Store, isEnded: () => boolean = () => false): Promise<number> {
  if (store.readOnlyReason !== null) return 0;
  let done = 0;
  for (const one of ALL) done += await refresh(store, one, isEnded);
  return done;
}
