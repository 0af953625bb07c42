// How the state of the backups is said: when the last one was made, that it is overdue, that it failed and why.
import { addDays, daysBetween, type Day } from '../values/day.ts';
import type { PlaceWarning } from './place.ts';

/** The last attempt: `at` is an instant, `day` its local day. `lastOk` is the last one that succeeded, also when a later one failed. */
export interface BackupRecord {
  at: string;
  ok: boolean;
  file: string;
  /** Why it failed. */
  sentence?: string;
  /** The last one that succeeded; `folder` is null for one that lies elsewhere than in the workspace. */
  lastOk: { at: string; file: string; folder?: string | null } | null;
  /** Photos and files that were gone or damaged then: how many, and some of their names. */
  lost?: { count: number; named: readonly string[] };
  /** Whether the last one that succeeded lies in the workspace no more. */
  vanished?: boolean;
}

/** The copy in the second folder: the last attempt. */
export interface SecondCopy {
  folder: string;
  /** Whether somebody agreed to it for this incarnation of the workspace; a restored copy only knows its name. */
  confirmed: boolean;
  at: string | null;
  ok: boolean;
  sentence: string | null;
}

/** The last check of the database. `problems` are SQLite's own words. */
export interface IntegrityRecord {
  at: string;
  full: boolean;
  ok: boolean;
  problems: readonly string[];
}

/** One line about the backups. */
export interface BackupNotice {
  id: 'backup' | 'second' | 'place' | 'integrity' | 'lost';
  tone: 'green' | 'amber' | 'red';
  title: string;
  text: string;
}

/** Days without a backup from which it is called overdue. */
export const OVERDUE_DAYS = 2;

export interface NoticeFacts {
  record: BackupRecord | null;
  second: SecondCopy | null;
  place: PlaceWarning | null;
  integrity: IntegrityRecord | null;
  today: Day;
  /** Local day and clock time of an instant. */
  localDay(at: string): Day;
  localTime(at: string): string;
  /** An empty workspace needs no backup. */
  needed: boolean;
}

function dayWord(day: Day, today: Day): string {
  if (day === today) return '今天';
  return day === addDays(today, -1) ? '昨天' : day;
}

function backupNotice({ record, today, localDay, localTime, needed }: NoticeFacts): BackupNotice | null {
  const moment = (at: string): string => `${dayWord(localDay(at), today)} ${localTime(at)}`;
  if (record && !record.ok) {
    return {
      id: 'backup',
      tone: 'red',
      title: '上次备份没有完成',
      text: `${moment(record.at)}：${record.sentence ?? '原因不明'}${record.lastOk ? `。最近一份完好的是 ${moment(record.lastOk.at)}` : ''}`,
    };
  }
  if (!record?.lastOk)
    return needed ? { id: 'backup', tone: 'amber', title: '还没有备份', text: '请现在备份一次' } : null;
  if (record.vanished) {
    const text = `${moment(record.lastOk.at)}的一份已不在备份文件夹里，稍后自动再备份一次`;
    return { id: 'backup', tone: 'amber', title: '上次的备份已不在', text };
  }
  const days = daysBetween(localDay(record.lastOk.at), today);
  if (days >= OVERDUE_DAYS && needed)
    return { id: 'backup', tone: 'amber', title: `已 ${days} 天没有备份`, text: `上次 ${moment(record.lastOk.at)}` };
  return { id: 'backup', tone: 'green', title: '已备份', text: moment(record.lastOk.at) };
}

function lostNotice(record: BackupRecord | null): BackupNotice | null {
  if (!record?.lost || record.lost.count === 0) return null;
  const { count, named } = record.lost;
  const more = count > named.length ? `；等共 ${count} 个` : '';
  const text = `${named.join('；')}${more}。请从原件或较早的备份找回，在原处重新添加`;
  return { id: 'lost', tone: 'amber', title: `${count} 个照片或文件不见了或已损坏`, text };
}

/** What is to be said of the backups, the most urgent first. */
export function backupNotices(facts: NoticeFacts): BackupNotice[] {
  const { integrity, place, second } = facts;
  const found: (BackupNotice | null)[] = [
    integrity && !integrity.ok
      ? {
          id: 'integrity',
          tone: 'red',
          title: '数据库检查没有通过',
          text: '资料可能已损坏，目前只能查看。请从最近完好的备份恢复',
        }
      : null,
    backupNotice(facts),
    lostNotice(facts.record),
    second && !second.confirmed
      ? {
          id: 'second',
          tone: 'amber',
          title: '第二个备份位置待确认',
          text: `这份资料是恢复或复制来的，原来还备份到 ${second.folder}。确认前不会读写那里`,
        }
      : null,
    second?.confirmed && !second.ok && second.sentence
      ? { id: 'second', tone: 'amber', title: '没有复制到第二个位置', text: second.sentence }
      : null,
    place ? { id: 'place', tone: 'amber', title: '资料位置不合适', text: place.sentence } : null,
  ];
  return found.filter((n) => n !== null);
}
