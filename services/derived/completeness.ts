// Completeness and establishment of enterprise files, recomputed when the file or its children change.
import { judgeCompleteness, type Completeness } from '../../domain/enterprises/completeness.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { fieldsOf, snake } from '../../domain/dictionary/entity.ts';
import { localDay } from '../../domain/values/clock.ts';
import type { Reader, Touched, Writer } from '../../db/index.ts';
import { entityNamed } from '../../domain/entities.ts';
import { currentPermit } from '../conditions/index.ts';
import { addOwners, portionsOf } from './portions.ts';

const CHILDREN = ['contact', 'eiaProject', 'permit', 'sectionCheck'] as const;
const COLUMNS = fieldsOf(enterprise).filter((f) => f.meta.required === 'A' || ['scale', 'objectKind', 'parkId', 'operatingStatus', 'creditCodeMissingReason'].includes(f.name)).map((f) => f.name);

interface FileRecord extends Record<string, unknown> {
  id: string; contacts: number; managers: number; eiaKind: string | null; permitClass: string | null; established: string | null; updated: string | null; completeness: number | null; lastCheck: string | null;
}

async function recordsOf(read: Reader, ids: readonly string[]): Promise<FileRecord[]> {
  return await read.sql<FileRecord>(
    `SELECT e.id, ${COLUMNS.map((f) => `e."${snake(f)}" AS "${f}"`).join(', ')}, e.file_established_date AS established, e.file_updated_date AS updated, e.completeness AS completeness,
       (SELECT count(*) FROM contact c WHERE c.enterprise_id = e.id AND c.deleted_at IS NULL) AS contacts,
       (SELECT count(*) FROM contact c WHERE c.enterprise_id = e.id AND c.deleted_at IS NULL AND c.post = 'env_manager') AS managers,
       (SELECT p.document_kind FROM eia_project p WHERE p.enterprise_id = e.id AND p.deleted_at IS NULL ORDER BY p.id DESC LIMIT 1) AS eiaKind,
       ${currentPermit('management_class')} AS permitClass,
       (SELECT max(s.date) FROM section_check s WHERE s.enterprise_id = e.id AND s.deleted_at IS NULL) AS lastCheck
     FROM enterprise e WHERE e.id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)]);
}

const judge = (r: FileRecord): Completeness =>
  judgeCompleteness({ row: r, contacts: r.contacts, environmentManagers: r.managers, eiaKind: r.eiaKind, permitClass: r.permitClass });

/** Completeness of one file with what is missing; null when there is no such enterprise. */
export async function completenessOf(read: Reader, id: string): Promise<Completeness | null> {
  const [record] = await recordsOf(read, [id]);
  return record ? judge(record) : null;
}

/** Recomputes the files that an action touched. The day on which a file was first complete is kept for good. */
export async function settleCompleteness(tx: Writer, touched: Touched): Promise<void> {
  const ids = new Set(touched.get('enterprise') ?? []);
  for (const child of CHILDREN) await addOwners(tx, ids, entityNamed(child), 'enterpriseId', touched.get(child) ?? []);
  for await (const part of portionsOf(tx, ids)) {
    for (const r of await recordsOf(tx.read, part)) {
      const { percent, missing } = judge(r);
      const established = r.established ?? (missing.length === 0 ? localDay(tx.now) : null);
      if (percent === r.completeness && established === r.established && r.lastCheck === r.updated) continue;
      await tx.derive(enterprise, r.id, { completeness: percent, fileEstablishedDate: established, fileUpdatedDate: r.lastCheck });
    }
  }
}
