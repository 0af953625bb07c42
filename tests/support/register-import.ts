// A workspace in a temporary folder, spreadsheets made from rows, and imports in one call.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import { importOptions, type ImportOptions, type ImportPreview, type PreviewRow } from '../../contract/registers.ts';
import { creditCodeCheckCharacter } from '../../domain/values/credit-code.ts';
import {
  applyImport,
  previewImport,
  previewRows,
  type ImportControl,
  type ImportDone,
} from '../../services/registers/index.ts';
import type { Context } from '../../services/context.ts';
import { Desk } from '../../services/workspace/index.ts';
import { copyShared, deskOptions } from './shared.ts';

/** A desk with a workspace of its own in which nothing was done yet. */
export interface TestDesk {
  desk: Desk;
  ctx: Context;
  close: () => Promise<void>;
}

/** Opens one. `today` is fixed so that dates can be asserted. */
export async function openDesk(): Promise<TestDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-register-'));
  await copyShared('desk', { workspace: join(folder, 'workspace'), config: join(folder, 'config') });
  const desk = new Desk(deskOptions(folder));
  const ctx = await desk.open(join(folder, 'workspace'));
  return {
    desk,
    ctx,
    close: async () => {
      await desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A job that nobody watches or stops. */
export const quiet: ImportControl = {
  progress: () => undefined,
  check: () => undefined,
  signal: new AbortController().signal,
};

export type Cell = string | number | boolean | null;
export interface SheetSpec {
  name: string;
  rows: readonly (readonly Cell[])[];
  merges?: readonly string[];
  hidden?: readonly number[];
  book?: 'date1904';
}

/** An xlsx (or xls) file from rows. */
export function workbook(sheets: readonly SheetSpec[], type: 'xlsx' | 'biff8' = 'xlsx'): Uint8Array {
  const book = XLSX.utils.book_new();
  for (const spec of sheets) {
    const sheet = XLSX.utils.aoa_to_sheet(spec.rows.map((row) => [...row]));
    if (spec.merges) sheet['!merges'] = spec.merges.map((m) => XLSX.utils.decode_range(m));
    if (spec.hidden) {
      sheet['!rows'] = [];
      for (const r of spec.hidden) sheet['!rows'][r - 1] = { hidden: true };
    }
    XLSX.utils.book_append_sheet(book, sheet, spec.name);
  }
  return new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: type }) as Buffer);
}

/** One sheet `企业` with these rows. */
export const sheet = (rows: readonly (readonly Cell[])[], name = '企业'): { name: string; bytes: Uint8Array } => ({
  name: '名册.xlsx',
  bytes: workbook([{ name, rows }]),
});

/** A preview of files. */
export async function look(
  ctx: Context,
  files: { name: string; bytes: Uint8Array }[],
  options: ImportOptions = {},
): Promise<ImportPreview> {
  return await previewImport(ctx, files, importOptions.parse(options), quiet);
}

/** Reads and writes files in one go. */
export async function bring(
  ctx: Context,
  files: { name: string; bytes: Uint8Array }[],
  options: ImportOptions = {},
): Promise<{ preview: ImportPreview; done: ImportDone; rows: PreviewRow[] }> {
  const preview = await look(ctx, files, options);
  const { rows } = previewRows(ctx, {
    previewId: preview.previewId,
    show: 'all',
    sheet: null,
    page: { offset: 0, limit: 500 },
  });
  return { preview, rows, done: await applyImport(ctx, preview.previewId, quiet) };
}

/** A valid credit code from up to nine characters. */
export function makeCode(seed: string): string {
  const first = `91310112${seed.padStart(9, '0')}`;
  return first + creditCodeCheckCharacter(first);
}

/** Enterprises on file with the columns a test looks at, oldest first. */
export async function onFile(ctx: Context): Promise<Record<string, string | number | null>[]> {
  return await ctx.store.read.sql(
    `SELECT e.*, v.name AS village, t.name AS town FROM enterprise e LEFT JOIN area v ON v.id = e.village_id LEFT JOIN area t ON t.id = e.town_id
     WHERE e.deleted_at IS NULL ORDER BY e.id`,
  );
}
