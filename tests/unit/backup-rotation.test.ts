// Which automatic backups stay, where a workspace should not lie, how the state is said: pure rules.
import { describe, expect, test } from 'vitest';
import {
  backupNotices,
  parseMacMounts,
  parseProcMounts,
  placeWarning,
  toRemove,
  type PlaceFacts,
} from '../../domain/backup/index.ts';
import { addDays } from '../../domain/values/day.ts';

const of = (day: string, time = '08:00') => ({ id: `${day} ${time}`, day, at: `${day}T${time}:00.000Z` });
const kept = (backups: ReturnType<typeof of>[], today: string): string[] => {
  const gone = new Set(toRemove(backups, today));
  return backups.map((b) => b.id).filter((id) => !gone.has(id));
};

test('of one backup a day for two years stay 7 days, 5 weeks and 12 months, and nothing more', () => {
  const today = '2026-11-24';
  const days = Array.from({ length: 730 }, (_, i) => of(addDays(today, -i)));
  const stay = kept(days, today).map((id) => id.slice(0, 10));
  expect(stay).toEqual([
    '2026-11-24',
    '2026-11-23',
    '2026-11-22',
    '2026-11-21',
    '2026-11-20',
    '2026-11-19',
    '2026-11-18',
    '2026-11-15',
    '2026-11-08',
    '2026-11-01',
    '2026-10-31',
    '2026-09-30',
    '2026-08-31',
    '2026-07-31',
    '2026-06-30',
    '2026-05-31',
    '2026-04-30',
    '2026-03-31',
    '2026-02-28',
    '2026-01-31',
    '2025-12-31',
  ]);
});

test('pruned every day for a year, a month is still represented eleven months later', () => {
  let there: ReturnType<typeof of>[] = [];
  for (let i = 400; i >= 0; i -= 1) {
    const today = addDays('2026-11-24', -i);
    there.push(of(today));
    const gone = new Set(toRemove(there, today));
    there = there.filter((b) => !gone.has(b.id));
  }
  expect(new Set(there.map((b) => b.day.slice(0, 7))).size).toBe(12);
  expect(there.length).toBeLessThanOrEqual(7 + 5 + 12);
});

test('of several on one day the newest stays; the newest of all stays however old; one from the future stays', () => {
  expect(kept([of('2026-11-24', '08:00'), of('2026-11-24', '17:00')], '2026-11-24')).toEqual(['2026-11-24 17:00']);
  expect(kept([of('2020-01-01'), of('2019-01-01')], '2026-11-24')).toEqual(['2020-01-01 08:00']);
  expect(kept([of('2026-11-24'), of('2035-01-01')], '2026-11-24')).toHaveLength(2);
});

describe('the place of a workspace', () => {
  const at = (folder: string, over: Partial<PlaceFacts> = {}) =>
    placeWarning({ folder, platform: 'win32', mounts: [], drive: 'fixed', ...over })?.kind ?? null;

  test.each([
    ['C:\\Users\\a\\OneDrive\\工作区', 'synchronised'],
    ['C:\\Users\\a\\OneDrive - 某公司\\w', 'synchronised'],
    ['D:\\我的坚果云\\w', 'synchronised'],
    ['D:\\Nutstore Files\\w', 'synchronised'],
    ['D:\\Dropbox\\w', 'synchronised'],
    ['D:\\BaiduSyncdisk\\w', 'synchronised'],
    ['D:\\WPS云盘\\w', 'synchronised'],
    ['D:\\微云同步助手\\w', 'synchronised'],
    ['\\\\server\\share\\w', 'network'],
    ['C:\\Users\\a\\Documents\\环保管家\\工作区', null],
    ['D:\\OneDriveBackupTool\\w', null],
    ['D:\\资料\\百度推广\\w', null],
  ])('%s: %s', (folder, kind) => {
    expect(at(folder)).toBe(kind);
  });

  test('Windows drives by their kind, macOS and Linux by their mounts', () => {
    expect(at('E:\\w', { drive: 'removable' })).toBe('removable');
    expect(at('Z:\\w', { drive: 'network' })).toBe('network');
    const proc = parseProcMounts(
      '/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/a/My\\040Stick vfat rw 0 0\n' +
        '//nas/x /mnt/nas cifs rw 0 0\ns /home/a/net fuse.sshfs rw 0 0\n',
      (d) => d === '/dev/sdb1',
    );
    const linux = { platform: 'linux', mounts: proc, drive: null } as const;
    expect(at('/media/a/My Stick/w', linux)).toBe('removable');
    expect(at('/mnt/nas/w', linux)).toBe('network');
    expect(at('/home/a/net/w', linux)).toBe('network');
    expect(at('/home/a/network/w', linux)).toBeNull();
    const mac = {
      platform: 'darwin',
      mounts: parseMacMounts(
        '/dev/disk1s1 on / (apfs, local)\n//a@nas/x on /Volumes/x (smbfs, nodev)\n/dev/disk4s1 on /Volumes/STICK (exfat, local)\n',
      ),
      drive: null,
    } as const;
    expect(at('/Volumes/x/w', mac)).toBe('network');
    expect(at('/Volumes/STICK/w', mac)).toBe('removable');
    expect(at('/Users/a/Library/Mobile Documents/com~apple~CloudDocs/w', mac)).toBe('synchronised');
    expect(at('/Users/a/w', mac)).toBeNull();
  });
});

test('the state says made, overdue, failed with the reason and the last good one; damage comes first', () => {
  const facts = {
    second: null,
    place: null,
    integrity: null,
    today: '2026-11-24',
    localDay: (at: string) => at.slice(0, 10),
    localTime: (at: string) => at.slice(11, 16),
    needed: true,
  };
  const ok = (at: string) => ({ at, ok: true, file: 'f', lastOk: { at, file: 'f' } });
  expect(backupNotices({ ...facts, record: ok('2026-11-24T08:30:00Z') })).toEqual([
    { id: 'backup', tone: 'green', title: '已备份', text: '今天 08:30' },
  ]);
  expect(backupNotices({ ...facts, record: ok('2026-11-20T08:30:00Z') })[0]).toMatchObject({
    tone: 'amber',
    title: '已 4 天没有备份',
  });
  expect(
    backupNotices({
      ...facts,
      record: {
        at: '2026-11-24T09:00:00Z',
        ok: false,
        file: '',
        sentence: '磁盘空间不足',
        lastOk: { at: '2026-11-23T08:00:00Z', file: 'f' },
      },
    })[0],
  ).toMatchObject({ tone: 'red', text: '今天 09:00：磁盘空间不足。最近一份完好的是 昨天 08:00' });
  expect(backupNotices({ ...facts, record: null })[0]).toMatchObject({ tone: 'amber', title: '还没有备份' });
  expect(backupNotices({ ...facts, record: null, needed: false })).toEqual([]);
  expect(
    backupNotices({
      ...facts,
      record: ok('2026-11-24T08:30:00Z'),
      integrity: { at: '', full: false, ok: false, problems: ['x'] },
    })[0],
  ).toMatchObject({ id: 'integrity', tone: 'red' });
});
