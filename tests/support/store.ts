// A store on a real file with the production migrations, and what tests ask of it.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import {
  canonicalDump,
  columnsOf,
  openStore,
  tableOf,
  writeFacts,
  type Derivations,
  type Store,
  type Writer,
} from '../../db/index.ts';
import { Reader } from '../../db/reader.ts';
import {
  capturedFields,
  laterInitials,
  snake,
  type EntityDefinition,
  type RowOf,
} from '../../domain/dictionary/entity.ts';
import { dependantsOf, ENTITIES } from '../../domain/entities.ts';
import { area } from '../../domain/areas/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { DERIVATIONS } from '../../services/derived/index.ts';

/** Tag of the device that test stores write as. */
export const TAG = 'A1B2C3D4E5';

export interface TestStore {
  store: Store;
  folder: string;
  root: string;
  reopen(): Promise<Store>;
  close(): Promise<void>;
}

/** A new workspace folder in a temporary place, without a database yet. */
export async function newFolder(): Promise<{ root: string; folder: string }> {
  const root = mkdtempSync(join(tmpdir(), 'steward-store-'));
  const folder = join(root, '工作区 1');
  await writeFacts(folder, {
    format: 1,
    id: v7(),
    office: '测试驻点',
    createdAt: '2026-01-01T00:00:00.000Z',
    demo: false,
  });
  return { root, folder };
}

/** An open store with an enrolled device. */
export async function openTestStore(derivations: Derivations = DERIVATIONS): Promise<TestStore> {
  const { root, folder } = await newFolder();
  const t: TestStore = {
    root,
    folder,
    store: await openStore(folder, derivations),
    reopen: async () => {
      await t.store.close();
      t.store = await openStore(folder, derivations);
      t.store.useOfficeCode('HZ');
      return t.store;
    },
    close: async () => {
      await t.store.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
  await t.store.enrolDevice(TAG);
  t.store.useOfficeCode('HZ');
  return t;
}

/** Runs an action in a test's name. */
export async function act<T>(
  store: Store,
  work: (tx: Writer) => Promise<T>,
  name = '测试',
): Promise<{ value: T; actionId: string }> {
  return await store.withAction({ name, actor: '甲', source: 'form' }, work);
}

/** A town and an enterprise in it. */
export async function seedEnterprise(
  store: Store,
  values: Record<string, unknown> = {},
): Promise<RowOf<typeof enterprise>> {
  return (
    await act(store, async (tx) => {
      const town = await tx.insert(area, { level: 'town', name: '华漕镇' } as never);
      return await tx.insert(enterprise, {
        name: '上海海明科技有限公司',
        internalCode: 'HZA1B-26-00001',
        siteNo: '001',
        townId: town.id,
        ...values,
      } as never);
    })
  ).value as RowOf<typeof enterprise>;
}

/** Another enterprise of the same town, inside an action. */
export async function addEnterprise(
  tx: Writer,
  townId: string,
  values: Record<string, unknown> = {},
): Promise<RowOf<typeof enterprise>> {
  return (await tx.insert(enterprise, {
    name: '上海瑞崧五金制品厂',
    internalCode: 'X',
    siteNo: '001',
    townId,
    ...values,
  } as never)) as RowOf<typeof enterprise>;
}

/** An operation of the log, with its stream and device by name. */
export interface Operation {
  seq: number;
  stream: string;
  tag: string;
  n: number;
  hlc: string;
  tbl: string;
  rowId: string;
  kind: string;
  body: Record<string, unknown>;
  actor: string | null;
  batch: string | null;
  src: string | null;
}

/** The log in order, of one row when given. */
export async function logOf(store: Store, rowId?: string): Promise<Operation[]> {
  const rows = await store.read.sql<Omit<Operation, 'body'> & { body: string }>(
    `SELECT o.local_seq AS seq, s.id AS stream, d.tag, o.n, o.hlc, o.tbl, o.row_id AS rowId, o.kind, o.body, o.actor, o.batch, o.src
     FROM sync_op o JOIN sync_stream s ON s.no = o.stream_no JOIN sync_device d ON d.no = o.device_no
     ${rowId ? 'WHERE o.row_id = ?' : ''} ORDER BY o.local_seq`,
    rowId ? [rowId] : [],
  );
  return rows.map((r) => ({ ...r, body: JSON.parse(r.body) as Record<string, unknown> }));
}

type Cell = string | number | null;
type Tables = Map<string, Map<string, Record<string, Cell>>>;

/** Captured tables as they are: by entity and row, the captured fields. */
export async function tablesOf(store: Store): Promise<Tables> {
  const tables: Tables = new Map();
  for (const entity of ENTITIES.filter((e) => e.scope !== 'local')) {
    const fields = capturedFields(entity);
    const rows = await store.read.sql<Record<string, Cell>>(
      `SELECT id, ${fields.map((f) => `"${snake(f)}" AS "${f}"`).join(', ')} FROM "${tableOf(entity)}"`,
    );
    if (rows.length > 0) tables.set(entity.name, new Map(rows.map(({ id, ...row }) => [String(id), row])));
  }
  return tables;
}

/** A row of which nothing was said: what came later than its kind begins with its initial value. */
function emptyRow(entity: EntityDefinition): Record<string, Cell> {
  const later = laterInitials(entity);
  return Object.fromEntries(capturedFields(entity).map((field) => [field, later.get(field) ?? null]));
}

/** The log of one device replayed on nothing, in clock order. A deletion counts when it saw all that is there of the row and its parts. */
export async function replayed(store: Store): Promise<Tables> {
  const tables: Tables = new Map();
  const heads = new Map<string, { stream: string; birth: string; byField: Map<string, string>; seen: Set<string> }>();
  const operations = (await logOf(store)).sort((a, b) =>
    a.hlc < b.hlc ? -1 : a.hlc > b.hlc ? 1 : a.tag < b.tag ? -1 : 1,
  );
  for (const op of operations) {
    let rows = tables.get(op.tbl);
    if (!rows) tables.set(op.tbl, (rows = new Map()));
    let row = rows.get(op.rowId);
    if (!row) rows.set(op.rowId, (row = emptyRow(named(op.tbl))));
    const dot = `${op.tag}:${op.n}@${op.stream}`;
    const known = heads.get(op.rowId) ?? {
      stream: op.stream,
      birth: dot,
      byField: new Map<string, string>(),
      seen: new Set<string>(),
    };
    heads.set(op.rowId, known);
    if (op.kind === 'd')
      known.seen = new Set((op.body._seen as string[]).map((d) => (d.includes('@') ? d : `${d}@${op.stream}`)));
    for (const [field, value] of Object.entries(op.body)) {
      if (field.startsWith('_')) continue;
      row[field] = (op.kind === 'c' ? value : (value as [Cell])[0]) as Cell;
      if (field !== 'deletedAt') known.byField.set(field, dot);
    }
  }
  // Parts before what they belong to: whether they are there decides whether it is.
  for (const entity of [...ENTITIES].reverse()) {
    for (const [id, row] of tables.get(entity.name) ?? []) {
      const known = heads.get(id);
      const parts = dependantsOf(entity).flatMap((d) =>
        [...(tables.get(d.entity.name) ?? [])]
          .filter(([, r]) => r[d.field] === id && r.deletedAt === null)
          .map(([part]) => heads.get(part)?.birth ?? ''),
      );
      if (known && row.deletedAt !== null && [...known.byField.values(), ...parts].some((dot) => !known.seen.has(dot)))
        row.deletedAt = null;
    }
  }
  return tables;
}

const named = (name: string): EntityDefinition => ENTITIES.find((e) => e.name === name) as EntityDefinition;

/** Places where n of a stream and device is not 1, 2, 3 … or the counter is not the last one. */
export async function holes(store: Store): Promise<unknown[]> {
  return await store.read.sql(
    `SELECT o.stream_no, o.device_no, count(*) AS ops, min(o.n) AS low, max(o.n) AS high, (SELECT h.upto FROM sync_have h WHERE h.stream_no = o.stream_no AND h.device_no = o.device_no) AS upto
     FROM sync_op o GROUP BY o.stream_no, o.device_no HAVING low <> 1 OR high <> ops OR upto IS NOT high
     UNION ALL SELECT h.stream_no, h.device_no, 0, 0, 0, h.upto FROM sync_have h WHERE NOT EXISTS (SELECT 1 FROM sync_op o WHERE o.stream_no = h.stream_no AND o.device_no = h.device_no)`,
  );
}

/** A number of rows of the database. */
export async function countOf(store: Store, table: string, where = '1 = 1'): Promise<number> {
  return (await store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM "${table}" WHERE ${where}`))?.n ?? -1;
}

/** Every table of a database file, rows in order: equal exactly when nothing changed. */
export function dumpOf(file: string): string {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const hash = createHash('sha256');
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
      )
      .pluck()
      .all() as string[];
    for (const table of tables)
      hash.update(
        `${table}\0${(db.prepare(`SELECT * FROM "${table}"`).raw().all() as unknown[][])
          .map((r) => JSON.stringify(r))
          .sort()
          .join('\n')}\0`,
      );
    return hash.digest('hex');
  } finally {
    db.close();
  }
}

/** The canonical dump of a database that may be open elsewhere: what offices with the same data have alike, byte for byte. */
export async function canonicalDumpOf(file: string): Promise<string> {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const source = {
      query: (sql: string, parameters: unknown[] = []) => Promise.resolve(db.prepare(sql).all(...parameters)),
    };
    return `${(await canonicalDump(new Reader(source as never))).join('\n')}\n`;
  } finally {
    db.close();
  }
}

/** SHA-256 of a file's bytes. */
export const fileHash = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Changes a closed database behind the back of the application. */
export function tamper(file: string, sql: string): void {
  const db = new Database(file);
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}

/** Column names of an entity's table. */
export const columnNames = (entity: EntityDefinition): string[] => columnsOf(entity).map((c) => c.column);
