// Completeness and establishment of enterprise files, recomputed when the file or its children change.
import { ADVISED_PARTS, judgeCompleteness, type Completeness } from '../../domain/enterprises/completeness.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { fieldsOf, snake } from '../../domain/dictionary/entity.ts';
import { localDay } from '../../domain/values/clock.ts';
import { inList, listParameter, tableOf, type Reader, type Touched, type Writer } from '../../db/index.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { contactCount, currentPermit } from '../conditions/index.ts';
import { addOwners, portionsOf } from './portions.ts';

/** Parts of the file: what is written of them may make it more complete. */
const PARTS = ENTITIES.filter((e) => e.parent === 'enterpriseId' && (e.shape === 'child' || e.shape === 'extension'));
/** Fields of the enterprise that are judged, or say what is judged. */
export const FILE_COLUMNS = fieldsOf(enterprise)
  .filter(
    (f) =>
      f.meta.required === 'A' ||
      f.meta.advised !== undefined ||
      ['scale', 'objectKind', 'parkId', 'operatingStatus', 'creditCodeMissingReason'].includes(f.name),
  )
  .map((f) => f.name);

interface FileRecord extends Record<string, unknown> {
  id: string;
  contacts: number;
  managers: number;
  eiaKind: string | null;
  permitClass: string | null;
  established: string | null;
  updated: string | null;
  completeness: number | null;
  lastCheck: string | null;
}

async function recordsOf(read: Reader, ids: readonly string[]): Promise<FileRecord[]> {
  return await read.sql<FileRecord>(
    `SELECT e.id, ${FILE_COLUMNS.map((f) => `e."${snake(f)}" AS "${f}"`).join(', ')}, e.file_established_date AS established, e.file_updated_date AS updated, e.completeness AS completeness,
       ${contactCount()} AS contacts,
       ${contactCount("c.post = 'env_manager'")} AS managers,
       (SELECT p.document_kind FROM eia_project p WHERE p.enterprise_id = e.id AND p.deleted_at IS NULL ORDER BY p.id DESC LIMIT 1) AS "eiaKind",
       ${currentPermit('management_class')} AS "permitClass",
       (SELECT max(s.date) FROM section_check s WHERE s.enterprise_id = e.id AND s.deleted_at IS NULL) AS "lastCheck"
     FROM enterprise e WHERE ${inList('e.id')}`,
    [listParameter(ids)],
  );
}

type Rows = Record<string, unknown>[];
type Parts = Map<string, Map<string, Rows>>;

/** Rows of the parts with advised fields, by enterprise and kind. */
async function partsOf(read: Reader, ids: readonly string[]): Promise<Parts> {
  const parts: Parts = new Map();
  for (const [entity, fields] of ADVISED_PARTS) {
    const columns = fields.map((field) => `"${snake(field)}" AS "${field}"`);
    const owner = `"${snake(entity.parent ?? '')}"`;
    const seen = entity.unseen === null ? '' : ` AND "${snake(entity.unseen)}" = 0`;
    const rows = await read.sql<{ owner: string } & Record<string, unknown>>(
      `SELECT ${owner} AS owner, ${columns.join(', ')} FROM "${tableOf(entity)}" WHERE deleted_at IS NULL${seen} AND ${inList(owner)}`,
      [listParameter(ids)],
    );
    for (const row of rows) {
      const own = parts.get(row.owner) ?? new Map<string, Rows>();
      parts.set(row.owner, own.set(entity.name, [...(own.get(entity.name) ?? []), row]));
    }
  }
  return parts;
}

const judge = (r: FileRecord, parts: Parts): Completeness =>
  judgeCompleteness({
    row: r,
    contacts: r.contacts,
    environmentManagers: r.managers,
    eiaKind: r.eiaKind,
    permitClass: r.permitClass,
    parts: parts.get(r.id) ?? new Map(),
  });

/** Completeness of one file with what is missing; null when there is no such enterprise. */
export async function completenessOf(read: Reader, id: string): Promise<Completeness | null> {
  const [record] = await recordsOf(read, [id]);
  return record ? judge(record, await partsOf(read, [id])) : null;
}

/** Recomputes the files that an action touched. The day on which a file was first complete is kept for good. */
export async function settleCompleteness(tx: Writer, touched: Touched): Promise<void> {
  const ids = new Set(touched.get('enterprise') ?? []);
  for (const part of PARTS) await addOwners(tx, ids, part, 'enterpriseId', touched.get(part.name) ?? []);
  for await (const part of portionsOf(tx, ids)) {
    const parts = await partsOf(tx.read, part);
    for (const r of await recordsOf(tx.read, part)) {
      const { percent, missing } = judge(r, parts);
      const established = r.established ?? (missing.length === 0 ? localDay(tx.now) : null);
      if (percent === r.completeness && established === r.established && r.lastCheck === r.updated) continue;
      await tx.derive(enterprise, r.id, {
        completeness: percent,
        fileEstablishedDate: established,
        fileUpdatedDate: r.lastCheck,
      });
    }
  }
}
