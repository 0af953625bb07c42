// Reads what an import needs of the workspace: areas, enterprises that rows may be, and their records. Never row by row.
import { enterprise } from '../../domain/enterprises/entities.ts';
import { emptyState, rowsOf, type EnterpriseState } from '../../domain/registers/enterprise-state.ts';
import { REGISTER_KINDS, registerKind, type RegisterKind } from '../../domain/registers/kinds.ts';
import { addressKey, type Candidate } from '../../domain/registers/matching.ts';
import type { KnownArea } from '../../domain/registers/area-resolver.ts';
import { checkCreditCode } from '../../domain/values/credit-code.ts';
import { nameComparisonKey } from '../../domain/values/name-key.ts';
import { snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { inJson, inList, isTakenBack, columnsOf, tableOf, type Reader } from '../../db/index.ts';

/** Lets others run between batches. */
export type Pause = () => Promise<void>;

const BATCH = 500;

/** Runs a query for batches of a list, given as JSON in its only parameter. */
export async function inBatches<T>(read: Reader, list: readonly string[], query: string, pause: Pause): Promise<T[]> {
  const all: T[] = [];
  for (let at = 0; at < list.length; at += BATCH) {
    all.push(...(await read.sql<T>(query, [JSON.stringify(list.slice(at, at + BATCH))])));
    await pause();
  }
  return all;
}

/** All areas with their aliases. */
export async function loadAreas(read: Reader): Promise<KnownArea[]> {
  const areas = await read.sql<Omit<KnownArea, 'aliases'>>(
    'SELECT id, level, name, parent_id AS "parentId" FROM area WHERE deleted_at IS NULL ORDER BY id',
  );
  const aliases = await read.sql<{ areaId: string; name: string }>(
    'SELECT area_id AS "areaId", name FROM area_alias WHERE deleted_at IS NULL ORDER BY id',
  );
  const byArea = new Map<string, string[]>();
  for (const a of aliases) byArea.set(a.areaId, [...(byArea.get(a.areaId) ?? []), a.name]);
  return areas.map((a) => ({ ...a, aliases: byArea.get(a.id) ?? [] }));
}

interface KeyRecord {
  id: string;
  name: string;
  creditCode: string | null;
  isConfirmed: number;
  siteNo: string;
  address: string | null;
  townId: string;
  internalCode: string;
}

/** Enterprises that share a code or a name with a row, or that rows imported before became. */
export async function loadCandidates(
  read: Reader,
  keys: { codes: readonly string[]; names: readonly string[]; ids: readonly string[]; numbers: readonly string[] },
  pause: Pause,
): Promise<Candidate[]> {
  const select =
    'SELECT e.id, e.name, e.credit_code AS "creditCode", e.credit_code_confirmed_from IS NOT NULL AS "isConfirmed", e.site_no AS "siteNo", e.address, e.town_id AS "townId", e.internal_code AS "internalCode" FROM enterprise e WHERE e.deleted_at IS NULL AND';
  // The stored key keeps a leading 上海; the one compared by does not.
  const nameKeys = keys.names.flatMap((n) => [n, `上海${n}`, `上海市${n}`]);
  const records = new Map<string, KeyRecord>();
  for (const [values, condition] of [
    [keys.codes, inList('e.credit_code')],
    [nameKeys, inList('e.name_key')],
    [keys.ids, inList('e.id')],
    [keys.numbers, inList('e.internal_code')],
    [
      nameKeys,
      `e.id IN (SELECT f.enterprise_id FROM former_name f WHERE f.deleted_at IS NULL AND ${inList('f.name')})`,
    ],
  ] as const) {
    for (const r of await inBatches<KeyRecord>(read, [...new Set(values)], `${select} ${condition}`, pause))
      records.set(r.id, r);
  }
  const former = new Map<string, string[]>();
  for (const f of await inBatches<{ id: string; name: string }>(
    read,
    [...records.keys()],
    `SELECT enterprise_id AS id, name FROM former_name WHERE deleted_at IS NULL AND ${inList('enterprise_id')}`,
    pause,
  )) {
    former.set(f.id, [...(former.get(f.id) ?? []), f.name]);
  }
  // Time-ordered ids: the order in which the enterprises were made.
  return [...records.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((r, order): Candidate => ({
      id: r.id,
      name: r.name,
      order,
      siteNo: r.siteNo,
      address: addressKey(r.address ?? ''),
      townId: r.townId,
      ownNumber: r.internalCode,
      code: r.creditCode && (checkCreditCode(r.creditCode).ok || r.isConfirmed === 1) ? r.creditCode : null,
      isNameless: r.name === r.creditCode,
      names: [r.name, ...(former.get(r.id) ?? [])].map(nameComparisonKey),
    }));
}

/** Rows imported before. */
export interface PriorRows {
  /** What they became, by fingerprint, in their order. */
  readonly byFingerprint: ReadonlyMap<string, readonly string[]>;
  /**
   * Did the last import that spoke of this enterprise through these columns say just this? Then whatever differs on
   * file was decided or edited here since.
   */
  saidLast(enterpriseId: string, signature: string, fingerprint: string): boolean;
}

/** Earlier imports of these rows that still hold: the enterprise is there and the import was not undone. */
export async function loadPriorRows(read: Reader, fingerprints: readonly string[], pause: Pause): Promise<PriorRows> {
  const byFingerprint = new Map<string, string[]>();
  const runs = await activeRuns(read);
  if (runs.size === 0) return { byFingerprint, saidLast: () => false };
  const rows = await inBatches<{ fingerprint: string; enterpriseId: string; runId: string }>(
    read,
    [...new Set(fingerprints)],
    `SELECT r.fingerprint, r.enterprise_id AS "enterpriseId", r.run_id AS "runId" FROM import_row r JOIN enterprise e ON e.id = r.enterprise_id
     WHERE r.deleted_at IS NULL AND e.deleted_at IS NULL AND ${inList('r.fingerprint')} ORDER BY r.id`,
    pause,
  );
  for (const row of rows) {
    if (!runs.has(row.runId)) continue;
    const ids = byFingerprint.get(row.fingerprint) ?? [];
    if (!ids.includes(row.enterpriseId)) ids.push(row.enterpriseId);
    byFingerprint.set(row.fingerprint, ids);
  }
  const last = await lastSaid(read, [...new Set([...byFingerprint.values()].flat())], runs, pause);
  return {
    byFingerprint,
    saidLast: (enterpriseId, signature, fingerprint) =>
      last.get(`${enterpriseId} ${signature}`)?.fingerprints.has(fingerprint) === true,
  };
}

/** By enterprise and signature of the columns: the rows that the last import of such columns had about it; a file may have several. */
async function lastSaid(
  read: Reader,
  ids: readonly string[],
  runs: ReadonlyMap<string, Record<string, string>>,
  pause: Pause,
): Promise<Map<string, { runId: string; fingerprints: Set<string> }>> {
  const last = new Map<string, { runId: string; fingerprints: Set<string> }>();
  const rows = await inBatches<{ fingerprint: string; enterpriseId: string; runId: string; sheet: string }>(
    read,
    ids,
    `SELECT fingerprint, enterprise_id AS "enterpriseId", run_id AS "runId", sheet FROM import_row
     WHERE deleted_at IS NULL AND ${inList('enterprise_id')} ORDER BY id`,
    pause,
  );
  for (const row of rows) {
    const run = runs.get(row.runId);
    if (!run) continue;
    // Sheets of several files may be called alike: their rows are told by name only.
    for (const signature of (run[row.sheet] ?? '').split(' ')) {
      const key = `${row.enterpriseId} ${signature}`;
      const known = last.get(key);
      if (known?.runId === row.runId) known.fingerprints.add(row.fingerprint);
      else last.set(key, { runId: row.runId, fingerprints: new Set([row.fingerprint]) });
    }
  }
  return last;
}

/** Runs that were not taken back, with the signature of each of their sheets. */
async function activeRuns(read: Reader): Promise<Map<string, Record<string, string>>> {
  const runs = await read.sql<{ id: string; signatures: string | null }>(
    `SELECT n.id, ${inJson('n.report_json', 'signatures')} AS signatures FROM import_run n
     WHERE n.deleted_at IS NULL AND NOT ${isTakenBack('n.action_id')}`,
  );
  return new Map(runs.map((r) => [r.id, r.signatures ? (JSON.parse(r.signatures) as Record<string, string>) : {}]));
}

/** The columns of a kind, and a row of them with its flags as such. */
export function decoder(entity: EntityDefinition): {
  select: string;
  decode: (record: Record<string, unknown>) => Record<string, unknown>;
} {
  const columns = columnsOf(entity);
  const flags = columns.filter((c) => c.flag).map((c) => c.field);
  return {
    select: columns.map((c) => `t."${c.column}" AS "${c.field}"`).join(', '),
    decode: (record) => {
      for (const f of flags) record[f] = record[f] === 1;
      return record;
    },
  };
}

/** Where the records of a kind stand, and which column says whose they are: their own, or that of the record between. */
function fromOf({ entity, parent, within }: RegisterKind): { from: string; owner: string } {
  const table = `"${tableOf(entity)}" t`;
  const between = within === null ? null : registerKind(within);
  if (between === null) return { from: table, owner: `t.${snake(parent)}` };
  const join = `JOIN "${tableOf(between.entity)}" p ON p.id = t.${snake(parent)} AND p.deleted_at IS NULL`;
  return { from: `${table} ${join}`, owner: `p.${snake(between.parent)}` };
}

/** Enterprises with all the records that an import may change. */
export async function loadStates(
  read: Reader,
  ids: readonly string[],
  pause: Pause,
  kinds: readonly RegisterKind[] = REGISTER_KINDS,
): Promise<Map<string, EnterpriseState>> {
  const states = new Map<string, EnterpriseState>();
  const own = decoder(enterprise);
  for (const r of await inBatches<Record<string, unknown>>(
    read,
    ids,
    `SELECT ${own.select} FROM enterprise t WHERE ${inList('t.id')}`,
    pause,
  )) {
    states.set(r.id as string, emptyState(own.decode(r), r.id as string));
  }
  for (const kind of kinds) {
    const { entity } = kind;
    const child = decoder(entity);
    const { from, owner } = fromOf(kind);
    const rows = await inBatches<Record<string, unknown>>(
      read,
      ids,
      `SELECT ${child.select}, ${owner} AS "_of" FROM ${from} WHERE t.deleted_at IS NULL AND ${inList(owner)} ORDER BY t.id`,
      pause,
    );
    for (const { _of, ...r } of rows) {
      const state = states.get(_of as string);
      if (state) rowsOf(state, entity.name).push({ id: r.id as string, values: child.decode(r) });
    }
  }
  return states;
}
