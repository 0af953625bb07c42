// What waits in the tray.
import type { ScanRow, TrayCounts } from '../../contract/scans.ts';
import type { Done, Page } from '../../contract/shared.ts';
import { scan } from '../../domain/scans/entities.ts';
import { act, type Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { namesOf } from '../records/index.ts';

/** Nothing is open: whose it is, what it is, where it goes. */
export const SURE = 'enterprise_id IS NOT NULL AND paper IS NOT NULL AND doubt IS NULL';
const SHOWN = { all: '', sure: ` AND ${SURE}`, doubt: ` AND NOT (${SURE})` } as const;

type Stored = Omit<ScanRow, 'enterpriseName' | 'recordName'>;

/** A page of the tray, as it came in. */
export async function listTray(
  ctx: Context,
  show: keyof typeof SHOWN,
  page: { offset: number; limit: number },
): Promise<Page<ScanRow>> {
  const { read } = ctx.store;
  const from = `FROM scan WHERE deleted_at IS NULL${SHOWN[show]}`;
  const counted = await read.sqlOne<{ n: number }>(`SELECT count(*) AS n ${from}`);
  const rows = await read.sql<Stored>(
    `SELECT id, name, enterprise_id AS "enterpriseId", paper, record_id AS "recordId", title, number,
       document_date AS "documentDate", reason, doubt, mime, size ${from} ORDER BY id LIMIT ? OFFSET ?`,
    [page.limit, page.offset],
  );
  const names = await namesOf(
    read,
    rows.flatMap((row) => [row.enterpriseId, row.recordId]).filter((id): id is string => id !== null),
  );
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null));
  return {
    rows: rows.map((row) => ({
      ...row,
      enterpriseName: nameOf(row.enterpriseId),
      recordName: nameOf(row.recordId),
    })),
    total: counted?.n ?? 0,
  };
}

/** How many files wait, and of how many nothing is open. */
export async function trayCounts(ctx: Context): Promise<TrayCounts> {
  const counted = await ctx.store.read.sqlOne<TrayCounts>(
    `SELECT count(*) AS "all", count(CASE WHEN ${SURE} THEN 1 END) AS sure FROM scan WHERE deleted_at IS NULL`,
  );
  return counted ?? { all: 0, sure: 0 };
}

/** Puts files out of the tray, without filing them. @throws NOT_FOUND */
export async function removeScans(ctx: Context, ids: readonly string[]): Promise<Done> {
  return await act(ctx, `移出 ${ids.length} 份待归档文件`, 'form', async (tx) => {
    for (const id of ids) {
      const row = await tx.read.get(scan, id);
      if (!row || row.deletedAt) throw notFound(scan.label);
      await tx.remove(scan, id);
    }
  });
}
