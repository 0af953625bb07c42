// The check of the database: a quick one at each opening, a thorough one every week, without holding anybody up.
import type { IntegrityRecord } from '../../domain/backup/index.ts';
import type { Context } from '../context.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { inBackground } from '../workers/index.ts';
import type { BackupControl } from './make.ts';
import { backupRefused } from './sentences.ts';

const A_WEEK = 7 * 24 * 3_600_000;
/** A damaged database is not written to any more, so the finding stays here. */
const damaged = new Map<string, IntegrityRecord>();

const SENTENCE =
  '数据库检查没有通过，资料可能已损坏，目前只能查看。请到“交换与备份”从最近完好的备份恢复；恢复前可在各清单导出还能读的内容';

/** The last check; null before the first one. */
export async function lastIntegrity(ctx: Context): Promise<IntegrityRecord | null> {
  const found = damaged.get(ctx.store.folder);
  if (found) return found;
  const text = await readSetting(ctx.store.read, 'integrity').catch(() => null);
  return text ? (JSON.parse(text) as IntegrityRecord) : null;
}

/** Whether the weekly thorough check is due. */
export async function isThoroughDue(ctx: Context, now = Date.now()): Promise<boolean> {
  const text = await readSetting(ctx.store.read, 'integrity').catch(() => null);
  const record = text ? (JSON.parse(text) as IntegrityRecord & { fullAt?: string | null }) : null;
  return !record?.fullAt || now - Date.parse(record.fullAt) >= A_WEEK;
}

/** Checks the open database in a thread. When it fails, nothing more is written to it. @throws ServiceError after a cancel */
export async function checkIntegrity(
  ctx: Context,
  thorough: boolean,
  control: BackupControl,
): Promise<IntegrityRecord> {
  const { store } = ctx;
  const outcome = await inBackground(
    'examine',
    { file: store.file, thorough },
    control.progress.bind(control),
    control.signal,
  );
  if (control.signal.aborted) throw backupRefused('CANCELLED');
  const problems = outcome.ok ? outcome.value : [outcome.detail || outcome.code];
  const record: IntegrityRecord = { at: new Date().toISOString(), full: thorough, ok: problems.length === 0, problems };
  if (!record.ok) {
    damaged.set(store.folder, record);
    store.readOnlyReason ??= SENTENCE;
    return record;
  }
  damaged.delete(store.folder);
  const before = JSON.parse((await readSetting(store.read, 'integrity')) ?? 'null') as {
    fullAt?: string | null;
  } | null;
  await writeSetting(
    store,
    'integrity',
    JSON.stringify({ ...record, fullAt: thorough ? record.at : (before?.fullAt ?? null) }),
  ).catch(() => undefined);
  return record;
}
