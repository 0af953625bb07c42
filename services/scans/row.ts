// The row of an enterprise's file that a paper goes to: told by its number, or the only one there is.
import type { ScanTarget } from '../../contract/scans.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { ScannedPaper } from '../../domain/dictionary/scanned.ts';
import { SCANNED } from '../../domain/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { scan } from '../../domain/scans/entities.ts';
import { foldText } from '../../domain/values/text.ts';
import type { Reader } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { namesOf } from '../records/index.ts';

/** A row, or none: then the paper goes to the enterprise itself. */
export interface RowChosen {
  readonly id: string | null;
  readonly kind: string | null;
  readonly doubt: string | null;
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

const ENTERPRISE: RowChosen = { id: null, kind: null, doubt: null };

/** Rows of an enterprise that carry papers of this kind. */
async function rowsOf(
  read: Reader,
  of: EntityDefinition,
  paper: ScannedPaper,
  enterpriseId: string,
): Promise<readonly Row[]> {
  if (of.name === enterprise.name || of.parent === null) return [];
  return (await read.find(of, { [of.parent]: enterpriseId, ...paper.of } as never, {
    order: { createdAt: 'ASC' } as never,
  })) as unknown as Row[];
}

const textOf = (row: Row, field: string): string => {
  const value = row[field];
  return typeof value === 'string' ? foldText(value) : '';
};

/** The row that a paper goes to. Several rows, or one of another number, are a question to a person. */
export async function rowFor(
  read: Reader,
  said: { enterpriseId: string | null; paper: string | null; number: string | null },
): Promise<RowChosen> {
  const known = said.paper === null ? undefined : SCANNED.get(said.paper);
  if (!known || said.enterpriseId === null) return ENTERPRISE;
  const { of, paper } = known;
  const rows = await rowsOf(read, of, paper, said.enterpriseId);
  const [first, ...others] = rows;
  if (!first) return ENTERPRISE;
  const numberOf = (row: Row): string => (paper.number ? textOf(row, paper.number) : '');
  const number = said.number && paper.number ? foldText(said.number) : '';
  const same = number === '' ? undefined : rows.find((row) => numberOf(row) === number);
  if (same) return { id: same.id, kind: of.name, doubt: null };
  if (paper.byNumber) return ENTERPRISE;
  if (others.length > 0) return { ...ENTERPRISE, doubt: `档案里有 ${rows.length} 条${of.label}，请选归到哪一条` };
  if (number !== '' && numberOf(first) !== '')
    return { ...ENTERPRISE, doubt: `档案里的${of.label}是另一个编号，请确认归到哪里` };
  return { id: first.id, kind: of.name, doubt: null };
}

/** Rows that a file in the tray may go to. @throws NOT_FOUND */
export async function scanTargets(ctx: Context, id: string): Promise<ScanTarget[]> {
  const { read } = ctx.store;
  const row = await read.get(scan, id);
  if (!row) throw notFound(scan.label);
  const known = row.paper === null ? undefined : SCANNED.get(row.paper);
  if (!known || row.enterpriseId === null) return [];
  const rows = await rowsOf(read, known.of, known.paper, row.enterpriseId);
  const names = await namesOf(
    read,
    rows.map((one) => one.id),
  );
  return rows.map((one) => ({ id: one.id, kind: known.of.name, name: names.get(one.id) || known.of.label }));
}
