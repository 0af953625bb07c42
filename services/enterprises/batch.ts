// Papers of many enterprises in one zip: one after the other, with progress and cancel; what was left out is named, with the reason.
import { enterprise } from '../../domain/enterprises/entities.ts';
import { dossierPaper } from '../../domain/enterprises/paper.ts';
import { preVisitPaper } from '../../domain/enterprises/pre-visit-paper.ts';
import { blankSheetPaper, enterpriseSheetPaper } from '../../domain/enterprises/sheet-paper.ts';
import type { BatchPaper, BatchLeft } from '../../contract/enterprises.ts';
import type { Context } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { paperFile } from '../papers/index.ts';
import { dossierFile } from './dossier.ts';
import { preVisitFile } from './pre-visit.ts';
import { ZipFile } from './zip-file.ts';

/** How the caller follows and stops the work. */
export interface BatchControl {
  progress(done: number, total: number, step?: string): void;
  check(): void;
}

type Contacts = 'masked' | 'shown';
type Made = { readonly bytes: Uint8Array; readonly fileName: string };

const LABELS: Readonly<Record<BatchPaper, string>> = {
  dossier: dossierPaper.label,
  enterprise_sheet: enterpriseSheetPaper.label,
  enterprise_sheet_blank: blankSheetPaper.label,
  pre_visit: preVisitPaper.label,
};

async function one(ctx: Context, paper: BatchPaper, id: string, contacts: Contacts): Promise<Made> {
  if (paper === 'dossier') return await dossierFile(ctx, id, contacts);
  if (paper === 'pre_visit') return await preVisitFile(ctx, id, contacts);
  return await paperFile(ctx, paper, id, { contacts });
}

/** A cell of a list that spreadsheets open. */
const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Why a paper was not made, in words. */
const reasonOf = (error: unknown): string =>
  error instanceof ServiceError ? error.message : '没有写成，请单独出具一次看提示';

/**
 * Writes a paper of each enterprise into a zip at `path`, with a list of them all. An enterprise that is in the bin, or whose
 * paper can't be made, is left out and named; a stop leaves no file that could be taken for a whole one (the caller removes it).
 * @throws what `control.check` throws
 */
export async function writeBatch(
  ctx: Context,
  asked: { paper: BatchPaper; ids: readonly string[]; contacts: Contacts },
  path: string,
  control: BatchControl,
): Promise<{ fileName: string; size: number; made: number; left: BatchLeft[] }> {
  const label = LABELS[asked.paper];
  const zip = new ZipFile(path);
  const left: BatchLeft[] = [];
  const lines: string[] = [];
  try {
    for (const [at, id] of asked.ids.entries()) {
      control.check();
      const row = await ctx.store.read.get(enterprise, id);
      const name = row?.name ?? id;
      control.progress(at, asked.ids.length, name);
      const leave = (why: string): void => {
        left.push({ id, name, why });
        lines.push([row?.internalCode ?? '', name, '', why].map(cell).join(','));
      };
      if (!row || row.deletedAt !== null) {
        leave('在回收站里或已不在');
        continue;
      }
      try {
        const { bytes, fileName } = await one(ctx, asked.paper, id, asked.contacts);
        lines.push([row.internalCode, name, zip.add(fileName, bytes), ''].map(cell).join(','));
      } catch (error) {
        leave(reasonOf(error));
      }
    }
    const head = ['内部编号', '单位名称', '文件', '没有出具的原因'].map(cell).join(',');
    zip.add('清单.csv', Buffer.from(`\uFEFF${[head, ...lines].join('\r\n')}\r\n`));
    control.progress(asked.ids.length, asked.ids.length, '');
    const size = await zip.finish();
    return {
      fileName: `${label}_${ctx.today()}_${asked.ids.length}家.zip`,
      size,
      made: asked.ids.length - left.length,
      left,
    };
  } catch (error) {
    await zip.abandon();
    throw error;
  }
}
