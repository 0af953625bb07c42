// Papers of many enterprises in one zip: one after the other, with progress and cancel; what was left out is named, with the reason.
import { enterprise } from '../../domain/enterprises/entities.ts';
import { dossierPaper } from '../../domain/enterprises/paper.ts';
import { preVisitPaper } from '../../domain/enterprises/pre-visit-paper.ts';
import { sixPartsPaper } from '../../domain/enterprises/six-paper.ts';
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
interface Asked {
  readonly paper: BatchPaper;
  readonly ids: readonly string[];
  readonly contacts: Contacts;
}
type Made = { readonly bytes: Uint8Array; readonly fileName: string };

const LABELS: Readonly<Record<BatchPaper, string>> = {
  dossier: dossierPaper.label,
  enterprise_sheet: enterpriseSheetPaper.label,
  enterprise_sheet_blank: blankSheetPaper.label,
  pre_visit: preVisitPaper.label,
  six_parts: sixPartsPaper.label,
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

/** Papers in the making at once: the rows of one are read while a thread writes the other. */
const AT_ONCE = 2;

/** What became of one enterprise: its paper, or why there is none. */
interface Outcome {
  readonly id: string;
  readonly name: string;
  readonly internalCode: string;
  readonly made: Made | null;
  readonly why: string;
}

/** Never rejects: the fault of one enterprise is told beside the papers of the others. */
async function outcomeOf(ctx: Context, asked: Asked, id: string): Promise<Outcome> {
  const row = await ctx.store.read.get(enterprise, id);
  const told = { id, name: row?.name ?? id, internalCode: row?.internalCode ?? '', made: null, why: '' };
  if (!row || row.deletedAt !== null) return { ...told, why: '在回收站里或已不在' };
  try {
    return { ...told, made: await one(ctx, asked.paper, id, asked.contacts) };
  } catch (error) {
    return { ...told, why: reasonOf(error) };
  }
}

/** The outcomes in the order of the ids, each a little ahead of its turn; a stop waits for those that were begun. */
async function* outcomesOf(ctx: Context, asked: Asked): AsyncGenerator<Outcome> {
  const begun: Promise<Outcome>[] = [];
  let next = 0;
  try {
    for (;;) {
      while (begun.length < AT_ONCE && next < asked.ids.length)
        begun.push(outcomeOf(ctx, asked, asked.ids[next++] as string));
      const first = begun.shift();
      if (!first) return;
      yield await first;
    }
  } finally {
    await Promise.allSettled(begun);
  }
}

/**
 * Writes a paper of each enterprise into a zip at `path`, with a list of them all. An enterprise that is in the bin, or whose
 * paper can't be made, is left out and named; a stop leaves no file that could be taken for a whole one (the caller removes it).
 * @throws what `control.check` throws
 */
export async function writeBatch(
  ctx: Context,
  asked: Asked,
  path: string,
  control: BatchControl,
): Promise<{ fileName: string; size: number; made: number; left: BatchLeft[] }> {
  const label = LABELS[asked.paper];
  const zip = new ZipFile(path);
  const left: BatchLeft[] = [];
  const lines: string[] = [];
  try {
    let done = 0;
    control.check();
    for await (const { id, name, internalCode, made, why } of outcomesOf(ctx, asked)) {
      const file = made ? zip.add(made.fileName, made.bytes) : '';
      if (!made) left.push({ id, name, why });
      lines.push([internalCode, name, file, why].map(cell).join(','));
      done += 1;
      control.progress(done, asked.ids.length, name);
      control.check();
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
