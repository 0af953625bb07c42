// How the state of the backups is said: when the last one was made, that it is overdue, that it failed and why.
import { addDays, daysBetween, type Day } from '../values/day.ts';
import type { PlaceWarning } from './place.ts';

/** The last attempt: `at` is an instant, `day` its local day. `lastOk` is the last one that succeeded, also when a later one failed. */
export interface BackupRecord {
  at: string; ok: boolean; file: string;
  /** Why it failed. */
  sentence?: string;
  lastOk: { at: string; file: string } | null;
}

/** The copy in the second folder: the last attempt. */
export interface SecondCopy { folder: string; at: string | null; ok: boolean; sentence: string | null }

/** The last check of the database. `problems` are SQLite's own words. */
export interface IntegrityRecord { at: string; full: boolean; ok: boolean; problems: readonly string[] }

/** One line about the backups. */
export interface BackupNotice { id: 'backup' | 'second' | 'place' | 'integrity'; tone: 'green' | 'amber' | 'red'; title: string; text: string }

/** Days without a backup from which it is called overdue. */
export const OVERDUE_DAYS = 2;

export interface NoticeFacts {
  record: BackupRecord | null; second: SecondCopy | null; place: PlaceWarning | null; integrity: IntegrityRecord | null;
  today: Day;
  /** Local day and clock time of an instant. */
  localDay(at: string): Day; localTime(at: string): string;
  /** The demonstration town and an empty workspace need no backup. */
  needed: boolean;
}

function dayWord(day: Day, today: Day): string {
  if (day === today) return '今天';
  return day === addDays(today, -1) ? '昨天' : day;
}

function backupNotice({ record, today, localDay, localTime, needed }: NoticeFacts): BackupNotice | null {
  const moment = (at: string): string => `${dayWord(localDay(at), today)} ${localTime(at)}`;
  if (record && !record.ok) {
    return { id: 'backup', tone: 'red', title: '上次备份没有完成', text: `${moment(record.at)}：${record.sentence ?? '原因不明'}${record.lastOk ? `。最近一份完好的是 ${moment(record.lastOk.at)}` : ''}` };
  }
  if (!record?.lastOk) return needed ? { id: 'backup', tone: 'amber', title: '还没有备份', text: '请现在备份一次' } : null;
  const days = daysBetween(localDay(record.lastOk.at), today);
  if (days >= OVERDUE_DAYS && needed) return { id: 'backup', tone: 'amber', title: `已 ${days} 天没有备份`, text: `上次 ${moment(record.lastOk.at)}` };
  return { id: 'backup', tone: 'green', title: '已备份', text: moment(record.lastOk.at) };
}

/** What is to be said of the backups, the most urgent first. */
export function backupNotices(facts: NoticeFacts): BackupNotice[] {
  const { integrity, place, second } = facts;
  const found: (BackupNotice | null)[] = [
    integrity && !integrity.ok ? { id: 'integrity', tone: 'red', title: '数据库检查没有通过', text: '资料可能已损坏，目前只能查看。请从最近完好的备份恢复' } : null,
    backupNotice(facts),
    second && !second.ok && second.sentence ? { id: 'second', tone: 'amber', title: '没有复制到第二个位置', text: second.sentence } : null,
    place ? { id: 'place', tone: 'amber', title: '资料位置不合适', text: place.sentence } : null,
  ];
  return found.filter((n) => n !== null);
}
