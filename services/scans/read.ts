// A page of a file in the tray is read: one page at a time on the whole computer, and nothing is stored.
import type { ScanRead } from '../../contract/scans.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { differsInOne } from '../../domain/scans/read-code.ts';
import { HOLDER, HOLDER_CODE } from '../../domain/scans/read-paper.ts';
import { scan } from '../../domain/scans/entities.ts';
import { nameKey } from '../../domain/values/name-key.ts';
import type { Reader } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';
import { inWorker, type WorkerTasks } from '../workers/index.ts';

/** What the reading is watched and stopped by. */
export interface ReadControl {
  progress(done: number, total: number, step?: string): void;
  readonly signal: AbortSignal;
}

type Says = Exclude<Awaited<ReturnType<WorkerTasks['readScan']>>, { refusal: unknown }>;

let last: Promise<unknown> = Promise.resolve();

/** One after the other: reading takes a processor and some hundred megabytes. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work);
  last = mine.catch(() => undefined);
  return mine;
}

/** The one enterprise on file that a page names: by its code, else by its name. */
async function holderOf(read: Reader, fields: Says['fields']): Promise<ScanRead['enterprise']> {
  const field = (key: string) => fields.find((one) => one.key === key);
  const code = field(HOLDER_CODE);
  const name = field(HOLDER)?.value ?? null;
  const byCode = code?.value && !code.doubt ? await read.find(enterprise, { creditCode: code.value }) : [];
  const byName = name ? await read.find(enterprise, { nameKey: nameKey(name) } as never) : [];
  const both = byCode.filter((one) => byName.some(({ id }) => id === one.id));
  const [found, by] =
    both.length === 1 ? [both, '名称和信用代码'] : byCode.length > 0 ? [byCode, '信用代码'] : [byName, '名称'];
  const [first, second] = found;
  return first && !second ? { id: first.id, name: first.name, by } : null;
}

/** A code that was read is held against the one on file: where a sign is doubtful, that is what it may be. */
async function heldAgainst(read: Reader, field: Says['fields'][number], holderId: string | null) {
  const holder = holderId === null ? null : await read.get(enterprise, holderId);
  const [code, own] = [field.value?.slice(0, 18) ?? '', holder?.creditCode ?? null];
  const isCode = field.key === HOLDER_CODE || /^[0-9A-Z]{22}$/.test(field.value ?? '');
  if (!isCode || own === null || code === own) return field;
  const proposal = differsInOne(code, own) ? [`${own}${field.value?.slice(18) ?? ''}`] : [];
  return {
    ...field,
    doubt: field.doubt ?? `与企业档案里的代码 ${own} 不同，请对照图`,
    proposals: [...new Set([...proposal, ...field.proposals])],
  };
}

const toUrl = (bytes: Uint8Array): string => `data:image/webp;base64,${Buffer.from(bytes).toString('base64')}`;

/** Reads a page. @throws NOT_FOUND; UNREADABLE_FILE with the reason */
export async function readScan(
  ctx: Context,
  { id, page, paper }: { id: string; page: number; paper: string | null },
  control: ReadControl,
): Promise<ScanRead> {
  const row = await ctx.store.read.get(scan, id);
  if (!row || row.deletedAt) throw notFound(scan.label);
  control.progress(0, 1, '读取页面');
  const says = await inTurn(async () => {
    control.signal.throwIfAborted();
    const bytes = await ctx.store.blobs.read(row.sha256);
    return await inWorker('readScan', { bytes, mime: row.mime, number: page, paper }, control.signal);
  });
  if ('refusal' in says) throw new ServiceError('UNREADABLE_FILE', says.refusal.sentence, { code: says.refusal.code });
  control.progress(1, 1, '读取完成');
  const { read } = ctx.store;
  const holder = await holderOf(read, says.fields);
  const holderId = row.enterpriseId ?? holder?.id ?? null;
  const fields = await Promise.all(says.fields.map(async (field) => await heldAgainst(read, field, holderId)));
  return {
    ...{ by: says.by, pages: says.pages, paper: says.paper },
    enterprise: holder,
    fields: fields.map(({ key, label, value, text, doubt, proposals, crop }) => ({
      field: key === HOLDER || key === HOLDER_CODE ? null : key,
      ...{ label, value, text, doubt, proposals: [...proposals], crop: toUrl(crop) },
    })),
  };
}
