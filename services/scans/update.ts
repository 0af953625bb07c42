// What a person says of files in the tray; what follows from it is worked out anew.
import type { Done } from '../../contract/shared.ts';
import { SCANNED } from '../../domain/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { scan } from '../../domain/scans/entities.ts';
import type { Patch, RowOf } from '../../domain/dictionary/entity.ts';
import type { KnownEnterprise } from '../../domain/scans/whose.ts';
import type { Reader } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { knownEnterprises, readName, titleFor } from './propose.ts';
import { rowFor, type RowChosen } from './row.ts';

/** What may be said. */
export type Said = {
  readonly [K in 'enterpriseId' | 'paper' | 'recordId' | 'title' | 'number' | 'documentDate']?:
    string | null | undefined;
};

type Row = RowOf<typeof scan>;

const BY_HAND = '人工指定';

/** The row that a person chose among those that may be meant. @throws REFUSED for another one */
async function rowNamed(read: Reader, row: Row, recordId: string | null): Promise<RowChosen> {
  if (recordId === null) return { id: null, kind: null, doubt: null };
  const of = row.paper === null ? undefined : SCANNED.get(row.paper)?.of;
  const record = of ? ((await read.get(of, recordId)) as Record<string, unknown> | null) : null;
  if (!of?.parent || record?.[of.parent] !== row.enterpriseId) throw refused('这条记录不是这家企业的，请重新选择');
  return { id: recordId, kind: of.name, doubt: null };
}

const openOf = (row: Row): string | null =>
  row.enterpriseId === null ? '还没有选企业' : row.paper === null ? '还没有选资料种类' : null;

/** What changes in a row by what was said of it. */
async function patchFor(
  read: Reader,
  row: Row,
  said: Said,
  known: readonly KnownEnterprise[],
): Promise<Patch<typeof scan>> {
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Said;
  const next: Row = { ...row, ...given };
  const moved = 'enterpriseId' in given || 'paper' in given || 'number' in given;
  const chosen =
    given.recordId !== undefined ? await rowNamed(read, next, given.recordId) : moved ? await rowFor(read, next) : null;
  const title =
    'paper' in given && !('title' in given) && next.paper ? titleFor(next.paper, readName(row.name, known).read) : null;
  return {
    ...given,
    ...(given.enterpriseId && { reason: BY_HAND }),
    ...(given.enterpriseId === null && { reason: null }),
    ...(title && { title }),
    ...(chosen && { recordId: chosen.id, recordKind: chosen.kind, doubt: openOf(next) ?? chosen.doubt }),
  } as Patch<typeof scan>;
}

/** Says of files whose they are and what. @throws NOT_FOUND, REFUSED */
export async function updateScans(ctx: Context, ids: readonly string[], said: Said): Promise<Done> {
  if (said.paper && !SCANNED.has(said.paper)) throw refused('没有这一种资料，请重新选择');
  const known = said.paper === undefined ? [] : await knownEnterprises(ctx.store.read);
  return await act(ctx, ids.length > 1 ? `修改 ${ids.length} 份待归档文件` : '修改待归档文件', 'form', async (tx) => {
    const owner = said.enterpriseId ? await tx.read.get(enterprise, said.enterpriseId) : null;
    if (said.enterpriseId && (!owner || owner.deletedAt)) throw notFound(enterprise.label);
    for (const id of ids) {
      const row = await tx.read.get(scan, id);
      if (!row || row.deletedAt) throw notFound(scan.label);
      await tx.update(scan, id, await patchFor(tx.read, row, said, known));
    }
  });
}
