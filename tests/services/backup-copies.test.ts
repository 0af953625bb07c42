// Restored copies: each asks before it uses a folder outside itself, and none deletes what another wrote.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../services/context.ts';
import {
  backupState,
  createBackup,
  isBackupDue,
  listBackups,
  restoreBackup,
  setSecondFolder,
} from '../../services/backup/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { BackupPlace, control, order } from '../support/backups.ts';

let place: BackupPlace;
let stick: string;
beforeEach(async () => {
  place = await BackupPlace.open();
  stick = join(place.root, 'stick');
  mkdirSync(stick);
  await setSecondFolder(place.ctx, stick);
});
afterEach(async () => {
  await place.close();
});
afterAll(async () => {
  await closeWorkers();
});

const automatic = async (ctx: Context) =>
  await createBackup(ctx, order({ automatic: true, attachments: false }), control());

/** A backup file with the day it was made changed: what it says of itself counts, not the file. */
function agedTo(day: string, file: string): Buffer {
  const bytes = readFileSync(file);
  const said = /"madeAt": "[^"]+"/.exec(bytes.toString('latin1'))?.[0] ?? '';
  bytes.write(said.replace(/\d{4}-\d{2}-\d{2}/, day), bytes.indexOf(said));
  return bytes;
}

test('a restored copy asks before it uses the second folder that its backup names, and writes there once somebody agreed', async () => {
  const made = await automatic(place.ctx);
  const there = readdirSync(stick);
  await place.restore(made.path, join(place.root, 'copy'));
  const desk = place.newDesk('elsewhere');
  const copy = await desk.open(join(place.root, 'copy'));
  expect(await isBackupDue(copy)).toBe(true);
  await automatic(copy);
  expect(readdirSync(stick)).toEqual(there);
  const state = await backupState(copy);
  expect(state.second).toMatchObject({ folder: stick, confirmed: false, at: null });
  expect(state.notices).toContainEqual(
    expect.objectContaining({ id: 'second', tone: 'amber', text: expect.stringContaining(stick) as string }),
  );
  // Not even looked at.
  expect((await listBackups(copy)).every((b) => b.folder !== stick)).toBe(true);
  await setSecondFolder(copy, stick);
  await automatic(copy);
  expect(readdirSync(stick).length).toBe(there.length + 1);
  expect((await backupState(copy)).second).toMatchObject({ folder: stick, confirmed: true, ok: true });
  await desk.close();
});

test('two restored copies in one second folder leave each other’s backups, and those of the first, alone', async () => {
  const made = await automatic(place.ctx);
  const desks = ['a', 'b'].map((name) => place.newDesk(`config-${name}`));
  const copies: Context[] = [];
  for (const [n, desk] of desks.entries()) {
    const folder = join(place.root, `copy-${n}`);
    await restoreBackup({ file: made.path, folder, passphrase: null, replaceDamaged: false }, control());
    const copy = await desk.open(folder);
    await setSecondFolder(copy, stick);
    copies.push(copy);
  }
  // One backup of each made long ago: each removes its own when it makes the next, and no other.
  const writers = [place.ctx, ...copies];
  const names: string[] = [];
  for (const [n, ctx] of writers.entries()) {
    const { path } = await automatic(ctx);
    const name = `steward-20200105-10000${n}-auto.sdbackup`;
    writeFileSync(join(stick, name), agedTo('2020-01-05', path));
    names.push(name);
  }
  for (const [n, ctx] of writers.entries()) {
    const made = await automatic(ctx);
    const left = readdirSync(stick);
    expect(left).toContain(made.name);
    expect(names.filter((name) => left.includes(name))).toEqual(names.slice(n + 1));
  }
  for (const desk of desks) await desk.close();
});

test('what another copy is writing into the second folder is left alone, however old; what this one left behind is removed', async () => {
  const tag = place.ctx.store.deviceTag;
  const gone = 2 ** 22 - 7;
  const others = `steward-20200101-100000-auto.sdbackup.AAAAAAAAAA.${gone}.partial`;
  const own = `steward-20200101-100000-auto.sdbackup.${tag}.${gone}.partial`;
  for (const name of [others, own]) writeFileSync(join(stick, name), 'x');
  await automatic(place.ctx);
  const left = readdirSync(stick);
  expect(left).toContain(others);
  expect(left).not.toContain(own);
});
