// The tray: what comes in once, where it goes, what stays open, and that all of it can be taken back.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAttachment, filesOfParts, listAttachments, pagePicture } from '../../services/attachments/index.ts';
import { undoAction } from '../../services/history/index.ts';
import { createRecord } from '../../services/records/index.ts';
import {
  addScans,
  fileScans,
  listTray,
  removeScans,
  scanTargets,
  trayCounts,
  updateScans,
} from '../../services/scans/index.ts';
import { searchAll } from '../../services/search/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { addRow, removeRow, setRow } from '../../services/writing/index.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scannedPage } from '../support/scans.ts';
import { makeCode, openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

const [METAL, PLASTIC] = ['上海川岚金属制品有限公司', '上海绿屏塑料制品有限公司'];
let t: TestDesk;
let ids: Record<string, string>;
beforeEach(async () => {
  t = await openDesk();
  ids = await makeEnterprises(t.ctx, { [METAL]: { creditCode: makeCode('1') }, [PLASTIC]: {} });
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const file = async (name: string, words = name) => ({ name, bytes: await scannedPage(name, words) });
const tray = async () => (await listTray(t.ctx, 'all', { offset: 0, limit: 100 })).rows;
const metal = (): string => ids[METAL] ?? '';

test('what is on file or in the tray already, byte by byte, is named and left out', async () => {
  const paper = await file('批复.pdf');
  await addAttachment(t.ctx, {
    ownerEntity: 'enterprise',
    ownerId: metal(),
    name: '旧.pdf',
    kind: 'document',
    ...{ bytes: paper.bytes },
  });
  const other = await file('验收.pdf');
  const done = await addScans(t.ctx, [
    paper,
    other,
    { ...other, name: '验收(1).pdf' },
    { name: 'a/Thumbs.db', bytes: other.bytes },
  ]);
  expect(done.added).toBe(1);
  expect(done.left).toEqual([
    { name: '批复.pdf', sentence: `一模一样的文件已在档案里：${METAL} · 旧.pdf` },
    { name: '验收(1).pdf', sentence: '这一批里有一份一模一样的，只收一份' },
    { name: 'a/Thumbs.db', sentence: '是系统自己的文件，没有收进来' },
  ]);
  const again = await addScans(t.ctx, [other, { name: '空.pdf', bytes: new Uint8Array() }]);
  expect([again.actionId, again.left.map((one) => one.sentence)]).toEqual([
    null,
    ['一模一样的文件已在待归档里：验收.pdf', '文件是空的，没有收进来'],
  ]);
});

test('a paper goes to the row of its number, to the only row, or to the enterprise; several rows are a question', async () => {
  const no = '沪浦环保许评〔2021〕12号';
  const project = async (approvalNo: string) =>
    (await createRecord(t.ctx, 'eiaProject', { enterpriseId: metal(), projectName: approvalNo, approvalNo })).id;
  const first = await project(no);
  await project('沪浦环保许评〔2022〕7号');
  const permit = (await createRecord(t.ctx, 'permit', { enterpriseId: metal(), managementClass: 'simplified' })).id;
  await addScans(t.ctx, [
    await file(`${METAL}_环评批复_${no}.pdf`),
    await file(`${METAL}_环评报告表.pdf`),
    await file(`${METAL}_排污许可证.jpg`),
    await file(`${METAL}_营业执照.png`),
  ]);
  const rows = await tray();
  expect(rows.map((row) => [row.paper, row.recordId, row.doubt])).toEqual([
    ['eia_approval', first, null],
    ['eia_report', null, '档案里有 2 条环评项目，请选归到哪一条'],
    ['discharge_permit', permit, null],
    ['business_licence', null, null],
  ]);
  expect(await trayCounts(t.ctx)).toEqual({ all: 4, sure: 3 });
  const { actionId, filed } = await fileScans(t.ctx, null);
  expect(filed).toBe(3);
  expect((await listAttachments(t.ctx, first)).map((one) => [one.title, one.name])).toEqual([
    [`环评批复 ${no}`, `${METAL}_环评批复_${no}.pdf`],
  ]);
  expect((await filesOfParts(t.ctx, metal())).map((one) => one.of.kind)).toEqual(['eiaProject', 'permit']);
  expect((await searchAll(t.ctx, '浦环保许评〔2021〕', 20)).hits.map((hit) => hit.title)).toContain(`环评批复 ${no}`);
  // One action, taken back as one.
  await undoAction(t.ctx, actionId);
  expect(await trayCounts(t.ctx)).toEqual({ all: 4, sure: 3 });
  expect(await listAttachments(t.ctx, first)).toEqual([]);
});

test('what a person says goes for all that are marked; a row that they chose is not asked again', async () => {
  await createRecord(t.ctx, 'eiaProject', { enterpriseId: metal(), projectName: '一期' });
  const second = (await createRecord(t.ctx, 'eiaProject', { enterpriseId: metal(), projectName: '二期' })).id;
  await addScans(t.ctx, [await file('IMG_0001.jpg'), await file('IMG_0002.jpg')]);
  const both = (await tray()).map((row) => row.id);
  expect((await tray()).map((row) => row.doubt)).toEqual(['文件名里没有认出企业', '文件名里没有认出企业']);
  await updateScans(t.ctx, both, { enterpriseId: metal() });
  await updateScans(t.ctx, both, { paper: 'eia_report' });
  expect((await tray()).map((row) => [row.title, row.doubt])).toEqual(
    Array.from({ length: 2 }, () => ['环评报告', '档案里有 2 条环评项目，请选归到哪一条']),
  );
  const [one, other] = both as [string, string];
  expect((await scanTargets(t.ctx, one)).map(({ name }) => name)).toEqual(['一期', '二期']);
  await updateScans(t.ctx, [one], { recordId: second });
  await updateScans(t.ctx, [other], { recordId: null });
  expect((await tray()).map((row) => row.doubt)).toEqual([null, null]);
  await expect(updateScans(t.ctx, [other], { recordId: metal() })).rejects.toThrow('不是这家企业的');
  await fileScans(t.ctx, both);
  expect([(await listAttachments(t.ctx, second)).length, (await listAttachments(t.ctx, metal())).length]).toEqual([
    1, 1,
  ]);
  expect(await tray()).toEqual([]);
});

test('what can not be filed stays and is named; bytes that came on file meanwhile are not filed twice', async () => {
  const scan = await file(`${PLASTIC}_营业执照.jpg`);
  await addScans(t.ctx, [scan, await file('IMG_0003.jpg')]);
  const [sure, open] = (await tray()).map((row) => row.id) as [string, string];
  await expect(fileScans(t.ctx, [open])).rejects.toThrow('还没有选企业');
  await addAttachment(t.ctx, {
    ownerEntity: 'enterprise',
    ownerId: metal(),
    name: '执照.jpg',
    kind: 'document',
    bytes: scan.bytes,
  });
  await expect(fileScans(t.ctx, [sure])).rejects.toThrow('已在档案里');
  await removeScans(t.ctx, [sure]);
  expect((await tray()).map((row) => row.id)).toEqual([open]);
});

test('a drawing that is a PDF is kept as a document, a picture as a layout picture', async () => {
  await addScans(t.ctx, [await file(`${METAL}_平面布置图.pdf`), await file(`${METAL}_平面布置图.png`)]);
  await fileScans(t.ctx, null);
  expect((await listAttachments(t.ctx, metal())).map((one) => one.kind)).toEqual(['document', 'layout']);
});

/** Where the platform has no canvas, PDF files are filed without being seen. */
const canvas = await import('@napi-rs/canvas').catch(() => null);
if (!canvas) console.log('Skipped, pages of PDF files: there is no canvas for this platform.');

test.skipIf(!canvas)(
  'pages of the tray are drawn: of a PDF by number, of a picture; what has none, or is damaged, says so',
  async () => {
    const bytes = new TextEncoder().encode('%PDF-1.4 nothing more');
    await addScans(t.ctx, [
      await file('a.pdf'),
      await file('b.png'),
      { name: 'c.pdf', bytes },
      { name: 'd.docx', bytes: bytes.slice(1) },
    ]);
    const [pdf, png, damaged, word] = (await tray()).map((row) => row.id) as [string, string, string, string];
    expect(await pagePicture(t.ctx, pdf, 1)).toMatchObject({ mime: 'image/webp', pages: 1 });
    expect(await pagePicture(t.ctx, png, 1)).toMatchObject({ pages: 1 });
    await expect(pagePicture(t.ctx, pdf, 2)).rejects.toThrow('没有这一页');
    await expect(pagePicture(t.ctx, damaged, 1)).rejects.toThrow('不完整或已损坏');
    await expect(pagePicture(t.ctx, word, 1)).rejects.toThrow('没有页面可看');
  },
);

test('the command line adds, sets and removes files of the tray like rows of any kind', async () => {
  const path = join(t.ctx.store.folder, '一份.jpg');
  writeFileSync(path, await scannedPage('x.jpg', '一份'));
  const { id } = await addRow(t.ctx, 'scan', { file: path, name: `${METAL}_环保台账.jpg` });
  await setRow(t.ctx, 'scan', id ?? '', { title: '台账封面' });
  expect((await tray())[0]).toMatchObject({ title: '台账封面', enterpriseId: metal(), paper: 'ledger', doubt: null });
  await removeRow(t.ctx, 'scan', id ?? '');
  expect(await tray()).toEqual([]);
});
