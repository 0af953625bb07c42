// Photos that are damaged or gone: they are named and left out, and stop neither a hand-off nor a backup.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { reportRequest } from '../../contract/reports.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { backupState, createBackup, verifyBackup } from '../../services/backup/index.ts';
import type { Context } from '../../services/context.ts';
import { handoffState } from '../../services/handoff/index.ts';
import { listPage } from '../../services/lists/index.ts';
import { issueReport } from '../../services/reports/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { addDocuments, control, Desks, take } from '../support/handoff-desks.ts';

let desks: Desks;
let a: Context;
let b: Context;
/** Paths of three files of one finding, the largest last. */
let files: string[];
beforeEach(async () => {
  desks = new Desks();
  const pair = await desks.pair();
  [a, b] = [pair.a, pair.b];
  await addDocuments(a, pair.id, [600, 700, 800]);
  const rows = await a.store.read.sql<{ sha256: string }>('SELECT sha256 FROM attachment ORDER BY size');
  files = rows.map((row) => a.store.blobs.path(row.sha256));
});
afterEach(async () => {
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

const order = { folder: null, attachments: true, passphrase: null, appVersion: 'test' };
const named = (file: string) =>
  expect.stringMatching(new RegExp(`^上海海明科技有限公司 · 问题 HC\\S+ 危废贮存场所标签缺失 · ${file}`)) as string;

test('an emptied photo, a changed one and one that is gone are left out of a package, named, and the rest arrives', async () => {
  writeFileSync(files[0] as string, '');
  const bytes = readFileSync(files[1] as string);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  writeFileSync(files[1] as string, bytes);
  const made = await desks.send(a, b);
  expect(made).toMatchObject({
    attachments: 1,
    leftOut: [named('资料0.pdf（文件已损坏）'), named('资料1.pdf（文件已损坏）')],
  });
  rmSync(files[0] as string);
  const again = await desks.send(a, b, { full: true });
  expect(again).toMatchObject({ attachments: 1, leftOut: [named('资料0.pdf（文件不在本机）'), named('资料1.pdf')] });
  expect((await take(b, again.folder)).attachments.stored).toBe(1);
  // It stays with the package, in the list of those that were sent.
  const [sent] = (await handoffState(a)).exports;
  expect(sent?.leftOut).toEqual(again.leftOut);
  const rows = (
    await listPage(a, { kind: 'sentPackage', filter: [], sort: null, columns: null, page: { offset: 0, limit: 9 } })
  ).rows;
  expect(JSON.stringify(rows[0])).toContain('资料0.pdf（文件不在本机）');
});

test('a small picture of a damaged photo is not made either, and what another office never sent is no loss', async () => {
  const made = await desks.send(a, b, { attachments: 'none' });
  expect(made.leftOut).toEqual([]);
  await take(b, made.folder);
  expect((await desks.send(b, a, { full: true })).leftOut).toEqual([]);
  expect((await createBackup(b, order, control)).warnings).toEqual([]);
});

test('the other office sends a damaged photo back: it is asked for, and takes the place of what is there', async () => {
  await take(b, (await desks.send(a, b)).folder);
  const whole = readFileSync(files[0] as string);
  writeFileSync(files[0] as string, '');
  await take(b, (await desks.send(a, b)).folder);
  const back = await desks.send(b, a);
  expect((await take(a, back.folder)).attachments).toMatchObject({ stored: 1, missing: 0 });
  expect(readFileSync(files[0] as string).equals(whole)).toBe(true);
});

test('adding a photo again mends the damaged file that was kept of it', async () => {
  const whole = readFileSync(files[0] as string);
  writeFileSync(files[0] as string, Buffer.alloc(whole.length));
  const [{ owner } = { owner: '' }] = await a.store.read.sql<{ owner: string }>(
    'SELECT owner_id AS owner FROM attachment',
  );
  await addAttachment(a, { ownerEntity: 'finding', ownerId: owner, bytes: whole, name: '再次.pdf', kind: 'document' });
  expect(readFileSync(files[0] as string).equals(whole)).toBe(true);
});

test.each([true, false])(
  'a backup (photos in it: %s) names what is gone or damaged, and goes on saying so',
  async (attachments) => {
    writeFileSync(files[0] as string, '');
    rmSync(files[1] as string);
    const made = await createBackup(a, { ...order, attachments }, control);
    expect(made.attachments).toBe(attachments ? 2 : 0);
    expect(made.warnings.join()).toContain('2 个照片或文件已不在或已损坏');
    for (const file of ['资料0.pdf', '资料1.pdf']) expect(made.warnings.join()).toContain(file);
    const state = await backupState(a);
    expect(state.record?.lost).toMatchObject({
      count: 2,
      named: expect.arrayContaining([named('资料0.pdf')]) as string[],
    });
    expect(state.notices).toContainEqual(expect.objectContaining({ id: 'lost', tone: 'amber' }));
    expect(existsSync(made.path)).toBe(true);
  },
);

test('a backup names an archived paper whose file is gone, too', async () => {
  const days = { from: '2026-10-01', to: '2026-10-31', asOf: '2026-10-31' };
  const { documentId } = await issueReport(a, reportRequest.parse({ kind: 'monthly_report', ...days }));
  const [row] = await a.store.read.sql<{ sha256: string; title: string }>(
    'SELECT sha256, title FROM generated_document WHERE id = ?',
    [documentId],
  );
  rmSync(a.store.blobs.path(row?.sha256 ?? ''));
  const { warnings } = await createBackup(a, order, control);
  expect(warnings.join()).toContain(`1 个照片或文件已不在或已损坏：报告存档 ${row?.title ?? ''}`);
});

test('a backup proves itself: a photo that is missing in the file and a flipped byte of one are found and named', async () => {
  const made = await createBackup(a, order, control);
  const bytes = readFileSync(made.path);
  const verify = async (content: Buffer) => {
    const file = join(desks.root, 'changed.sdbackup');
    writeFileSync(file, content);
    return await verifyBackup({ file, passphrase: null, near: null }, control);
  };
  expect(await verify(bytes)).toMatchObject({ ok: true, problems: [], attachments: { checked: 3 } });
  const sha = (files[2] as string).slice(-64);
  const entry = bytes.indexOf(`a/${sha}`);
  // An entry is a header of 512 bytes and the content, filled up to 512.
  const flipped = Buffer.from(bytes);
  flipped[entry + 512 + 40] = (flipped[entry + 512 + 40] ?? 0) ^ 1;
  expect((await verify(flipped)).problems.join()).toContain('资料2.pdf');
  const length = 512 + Math.ceil(readFileSync(files[2] as string).length / 512) * 512;
  const without = Buffer.concat([bytes.subarray(0, entry), bytes.subarray(entry + length)]);
  const found = await verify(without);
  expect(found.ok).toBe(false);
  expect(found.problems.join()).toMatch(/1 个附件不在备份里：.*资料2\.pdf/);
});
