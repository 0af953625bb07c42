// What a person confirmed of a page is written, and the scan is filed with it: one action.
import type { ScanConfirmed } from '../../contract/scans.ts';
import type { Values } from '../../contract/shared.ts';
import { isWritable } from '../../contract/records.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ATTACHED_AS, type ScannedPaper } from '../../domain/dictionary/scanned.ts';
import { SCANNED } from '../../domain/entities.ts';
import { scan } from '../../domain/scans/entities.ts';
import { wholeCharacters } from '../../domain/values/text.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { checkedValues } from '../records/index.ts';
import { fileOne } from './file.ts';
import { placeOnFile } from './on-file.ts';

/** What was confirmed. */
export interface Confirmed {
  readonly id: string;
  readonly enterpriseId: string;
  readonly paper: string;
  /** The row that takes the values; null for a new one. */
  readonly recordId: string | null;
  readonly values: Values;
}

/** The kind that a paper's values go to. @throws REFUSED where its papers have no fields of their own */
function kindOf(id: string): { of: EntityDefinition; paper: ScannedPaper; parent: string } {
  const known = SCANNED.get(id);
  if (!known?.of.parent || !isWritable(known.of.name)) throw refused('这种资料没有要填的字段，请直接归档');
  return { ...known, parent: known.of.parent };
}

/** The row on file, of this enterprise. @throws NOT_FOUND */
async function rowBefore(ctx: Context, of: EntityDefinition, parent: string, given: Confirmed) {
  if (given.recordId === null) return null;
  const row = (await ctx.store.read.get(of, given.recordId)) as Record<string, unknown> | null;
  if (!row || row.deletedAt || row[parent] !== given.enterpriseId) throw notFound(of.label);
  return row;
}

/** Writes the values and files the scan with their row. @throws NOT_FOUND, REFUSED, INVALID */
export async function confirmScan(ctx: Context, given: Confirmed): Promise<ScanConfirmed> {
  const { of, paper, parent } = kindOf(given.paper);
  const row = await ctx.store.read.get(scan, given.id);
  if (!row || row.deletedAt) throw notFound(scan.label);
  const before = await rowBefore(ctx, of, parent, given);
  const start: Values = before ? {} : { [parent]: given.enterpriseId, ...(paper.of as Values) };
  const { clean, problems } = await checkedValues(ctx, of, before, { ...start, ...given.values });
  const number = paper.number ? given.values[paper.number] : null;
  const title = wholeCharacters(
    [paper.label, typeof number === 'string' ? number : row.number].filter(Boolean).join(' '),
    200,
  );
  const { value, actionId } = await act(ctx, `按扫描件填写${of.label}并归档`, 'form', async (tx) => {
    const onFile = await placeOnFile(tx.read, row.sha256, row.id);
    if (onFile) throw refused(onFile);
    const record = before
      ? await tx.update(of, String(before.id), clean as never)
      : await tx.insert(of, clean as never);
    const ownerId = (record as { id: string }).id;
    await fileOne(tx, { ...row, title: row.title ?? title }, { ownerEntity: of.name, ownerId, kind: ATTACHED_AS });
    return ownerId;
  });
  return { actionId, recordId: value, problems };
}
