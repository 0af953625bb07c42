// Databases that are copied, put back or lose their keys, and go on exchanging packages [F12].
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { renameWithRetry } from '../../db/index.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { createBackup, restoreBackup } from '../../services/backup/index.ts';
import { act, type Context } from '../../services/context.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { control, Desks, dumpAt, lookedAt, take } from '../support/handoff-desks.ts';
import { dumpOf } from '../support/store.ts';

let desks: Desks;
let a: Context;
let b: Context;
let id: string;

beforeEach(async () => {
  desks = new Desks();
  ({ a, b, id } = await desks.pair());
  await take(b, (await desks.send(a, b)).folder);
});
afterEach(async () => {
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

const edit = async (at: Context, values: Record<string, unknown>): Promise<void> => {
  await act(at, '改', 'form', async (tx) => await tx.update(enterprise, id, values as never));
};
const agree = async (one: Context, other: Context): Promise<void> => {
  await take(one, (await desks.send(other, one)).folder);
  await take(other, (await desks.send(one, other)).folder);
  expect(await dumpAt(one.store)).toBe(await dumpAt(other.store));
};
/** The second office's files, beside it. */
function copy(withKeys: boolean): void {
  cpSync(desks.folder('XH'), desks.folder('XH2'), { recursive: true });
  if (withKeys) cpSync(desks.config('XH'), desks.config('XH2'), { recursive: true });
}

test(
  '[F12][I15] a database copied to a second laptop: the copy writes as another device and, without the ' +
    "office's key, may not hand over; with it both go on",
  async () => {
    await desks.desk('XH').close();
    copy(false);
    b = await desks.open('XH');
    const second = await desks.open('XH2');
    expect(second.store.deviceTag).not.toBe(b.store.deviceTag);
    await edit(b, { address: '第一台' });
    await edit(second, { remark: '第二台' });
    await expect(desks.send(second, a)).rejects.toMatchObject({ code: 'REFUSED' });
    await desks.desk('XH2').close();
    for (const key of readdirSync(join(desks.config('XH'), 'keys')).filter((n) => n.startsWith('office-')))
      cpSync(join(desks.config('XH'), 'keys', key), join(desks.config('XH2'), 'keys', key));
    const certified = await desks.open('XH2');
    expect(certified.store.deviceTag).toBe(second.store.deviceTag);
    await edit(certified, { shortName: '第三' });
    await agree(a, b);
    await agree(a, certified);
    await agree(a, b);
    expect(await a.store.read.get(enterprise, id)).toMatchObject({
      address: '第一台',
      remark: '第二台',
      shortName: '第三',
    });
  },
);

test(
  '[F12] keys copied along with the database: the second that writes under one tag is found out, and its ' +
    'package changes nothing',
  async () => {
    await desks.desk('XH').close();
    copy(true);
    b = await desks.open('XH');
    const twin = await desks.open('XH2');
    expect(twin.store.deviceTag).toBe(b.store.deviceTag);
    await edit(b, { address: '第一台' });
    await edit(twin, { address: '第二台' });
    await take(a, (await desks.send(b, a)).folder);
    const before = dumpOf(a.store.file);
    expect(await lookedAt(a, (await desks.send(twin, a)).folder)).toBe('FORKED_DEVICE');
    expect(dumpOf(a.store.file)).toBe(before);
    // The first one goes on as if nothing had been.
    await edit(b, { address: '第一台又改' });
    await agree(a, b);
    expect((await a.store.read.get(enterprise, id))?.address).toBe('第一台又改');
  },
);

test('[F12][I15] a backup is restored and work goes on: a new device, no number twice, what was handed over since comes back', async () => {
  const made = await createBackup(
    b,
    { folder: null, attachments: true, passphrase: null, appVersion: 'test' },
    control,
  );
  await edit(b, { address: '备份之后' });
  const tag = b.store.deviceTag;
  await take(a, (await desks.send(b, a)).folder);
  await edit(a, { remark: '甲' });
  // Made for the device as it was before the backup was put back.
  const onItsWay = (await desks.send(a, b)).folder;
  await desks.desk('XH').close();
  const folder = join(desks.root, 'restored');
  await restoreBackup({ file: made.path, folder, passphrase: null, replaceDamaged: false }, control);
  b = await desks.open('XH', folder);
  expect(b.store.deviceTag).not.toBe(tag);
  expect((await b.store.read.get(enterprise, id))?.address).toBe('联友路1号');
  await edit(b, { shortName: '恢复之后' });
  await take(b, onItsWay);
  expect(await b.store.read.get(enterprise, id)).toMatchObject({ remark: '甲', shortName: '恢复之后' });
  await agree(a, b);
  await agree(b, a);
  expect(await b.store.read.get(enterprise, id)).toMatchObject({
    address: '备份之后',
    remark: '甲',
    shortName: '恢复之后',
  });
  const twice = await a.store.read.sql(
    'SELECT stream_no, device_no, n FROM sync_op GROUP BY 1, 2, 3 HAVING count(*) > 1',
  );
  expect(twice).toEqual([]);
});

test(
  '[F12][I5] what was written before a backup and never handed over goes out after it was restored (bug: ' +
    'nobody could seal it any more)',
  async () => {
    await edit(b, { address: '从未交出' });
    const made = await createBackup(
      b,
      { folder: null, attachments: true, passphrase: null, appVersion: 'test' },
      control,
    );
    await desks.desk('XH').close();
    const folder = join(desks.root, 'restored');
    await restoreBackup({ file: made.path, folder, passphrase: null, replaceDamaged: false }, control);
    b = await desks.open('XH', folder);
    await agree(a, b);
    expect((await a.store.read.get(enterprise, id))?.address).toBe('从未交出');
  },
);

test(
  '[F12] keys lost: the workspace opens as a new device, says that it can not hand over, and can still be ' +
    'read and written',
  async () => {
    await desks.desk('XH').close();
    rmSync(join(desks.config('XH'), 'keys'), { recursive: true });
    b = await desks.open('XH');
    await edit(b, { address: '没有密钥' });
    expect((await b.store.read.get(enterprise, id))?.address).toBe('没有密钥');
    await expect(desks.send(b, a)).rejects.toMatchObject({
      code: 'REFUSED',
      data: { sentence: expect.stringContaining('证书') as string },
    });
    // Made for the keys that are gone.
    expect(await lookedAt(b, (await desks.send(a, b)).folder)).toBe('WRONG_CODE');
    // With a spoken code it still takes in.
    const spoken = await desks.send(a, b, { withCode: true, full: true });
    await edit(a, { shortName: '口令' });
    expect((await take(b, spoken.folder, spoken.code)).operations).toBe(0);
  },
);

test('[F15] a file that a virus scanner holds is renamed when it lets go; any other fault is told at once', async () => {
  const { rename } = fs;
  const faults: string[] = [];
  let tries = 0;
  (fs as { rename: typeof rename }).rename = async (from, to) => {
    tries += 1;
    const code = faults.shift();
    if (code) throw Object.assign(new Error(code), { code });
    await rename(from, to);
  };
  syncBuiltinESMExports();
  const [from, to] = [join(desks.root, 'from'), join(desks.root, 'to')];
  try {
    await fs.writeFile(from, 'x');
    faults.push('EPERM', 'EBUSY', 'EACCES');
    await renameWithRetry(from, to);
    expect([tries, existsSync(to)]).toEqual([4, true]);
    faults.push('ENOSPC');
    await expect(renameWithRetry(to, from)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(tries).toBe(5);
    faults.push(...Array.from({ length: 9 }, () => 'EBUSY'));
    await expect(renameWithRetry(to, from)).rejects.toMatchObject({ code: 'EBUSY' });
  } finally {
    (fs as { rename: typeof rename }).rename = rename;
    syncBuiltinESMExports();
  }
});
