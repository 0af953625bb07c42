// Made-up permits as pictures: every code is right or marked doubtful, and nothing is stored before a person confirms it.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listAttachments } from '../../services/attachments/index.ts';
import { undoAction } from '../../services/history/index.ts';
import { createRecord, getRecord, listRecords } from '../../services/records/index.ts';
import { addScans, canRead, confirmScan, listTray, readScan } from '../../services/scans/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { hasChineseFont } from '../support/browser.ts';
import { quiet, makeCode, openDesk, type TestDesk } from '../support/register-import.ts';
import { pdfOfPicture, pdfOfText, permitLines, scannedPage, scannedPaper, type Scanning } from '../support/scans.ts';
import { makeEnterprises } from '../support/town.ts';

const ready = canRead() && hasChineseFont();
if (!ready) console.log('Skipped, reading of scans: the runtime of the models or a Chinese font is not here.');

const METAL = '上海川岚金属制品有限公司';
const made = (code: string, holder = METAL) => ({ code, holder, from: '2024-03-05', to: '2029-03-04' });
const HOLDERS = [
  METAL,
  '上海绿屏塑料制品有限公司',
  '青溪恒泰印务有限公司',
  '上海海明涂装厂',
  '上海瑞达电子科技有限公司',
  '上海宏泰食品有限公司',
];
/** Codes with all kinds of signs in them, all right. */
const CODES = ['MA1K8B0D5', '7030168XW', 'MABQG6UL2', '05519823Y', 'MA7HNT9E4', '66781B8R1'].map(makeCode);
const WAYS: readonly Scanning[] = [
  {},
  { font: 'Noto Serif CJK SC', degrees: 1.4 },
  { font: 'Noto Sans Mono CJK SC', degrees: -2, quality: 45 },
  { grain: 0.25, quality: 60 },
  { font: 'Noto Serif CJK SC', grain: 0.35, degrees: 0.8, quality: 40 },
  { width: 700, quality: 50 },
];

describe.skipIf(!ready)('reading', () => {
  let t: TestDesk;
  let metal = '';
  beforeEach(async () => {
    t = await openDesk();
    const held = Object.fromEntries(HOLDERS.map((name, n) => [name, { creditCode: CODES[n] }]));
    metal = (await makeEnterprises(t.ctx, held))[METAL] ?? '';
  });
  afterEach(async () => {
    await t.close();
  });
  beforeAll(closeWorkers);
  afterAll(closeWorkers);

  /** Takes files in and reads the first page of each. */
  async function read(...files: { name: string; bytes: Uint8Array }[]) {
    await addScans(t.ctx, files);
    const { rows } = await listTray(t.ctx, 'all', { offset: 0, limit: 100 });
    const says = [];
    for (const row of rows) says.push(await readScan(t.ctx, { id: row.id, page: 1, paper: row.paper }, quiet));
    return { rows, says };
  }
  const said = (says: Awaited<ReturnType<typeof read>>['says'][number], label: string) =>
    says.fields.find((one) => one.label === label);

  test('[BY-16] of scanned permits, straight and askew, clear and poor, every code is right or marked doubtful', async () => {
    const permits = CODES.map((code, n) => ({ ...made(code, HOLDERS[n]), how: WAYS[n] ?? {} }));
    const files = [];
    for (const [n, permit] of permits.entries())
      files.push({ name: `IMG_000${n}.jpg`, bytes: await scannedPaper('排污许可证', permitLines(permit), permit.how) });
    const { says } = await read(...files);
    const wrong: string[] = [];
    let right = 0;
    for (const [n, { code }] of permits.entries())
      for (const [label, truth] of [
        ['统一社会信用代码', code],
        ['证书/登记编号', `${code}001U`],
      ] as const) {
        const field = says[n] && said(says[n], label);
        if (field?.value === truth && field.doubt === null) right += 1;
        else if (field && field.doubt === null) wrong.push(`${n} ${label}: ${field.value ?? ''} for ${truth}`);
      }
    expect(wrong).toEqual([]);
    // Doubting everything would be no reading: most of them are read.
    expect(right).toBeGreaterThanOrEqual(8);
    const [first] = says;
    expect(first?.paper).toBe('discharge_permit');
    expect(first?.fields.map(({ label, value }) => [label, value])).toEqual(
      expect.arrayContaining([
        ['单位名称', METAL],
        ['有效期自', '2024-03-05'],
        ['有效期至', '2029-03-04'],
        ['核发部门', '上海市青溪区生态环境局'],
        ['核发日期', '2024-03-05'],
      ]),
    );
    for (const field of first?.fields ?? []) expect(field.crop).toMatch(/^data:image\/webp;base64,.{80}/);
    expect(first?.enterprise).toEqual({ id: metal, name: METAL, by: '名称和信用代码' });
    // Nothing was filled without a person.
    expect(
      (
        await listRecords(t.ctx, {
          entity: 'permit',
          parentId: metal,
          text: '',
          page: { offset: 0, limit: 9 },
        } as never)
      ).total,
    ).toBe(0);
    expect((await listTray(t.ctx, 'all', { offset: 0, limit: 100 })).rows.map((row) => row.enterpriseId)).toEqual(
      CODES.map(() => null),
    );
  });

  test('a code that is printed wrong is doubtful, with what it may be', async () => {
    const code = CODES[0] ?? '';
    const bad = `${code.slice(0, 10)}${code[10] === '8' ? 'B' : '8'}${code.slice(11)}`;
    const { says } = await read({ name: 'IMG_1.jpg', bytes: await scannedPaper('排污许可证', permitLines(made(bad))) });
    const field = says[0] && said(says[0], '统一社会信用代码');
    expect(field?.doubt).toContain('校验不符');
    expect(field?.value).toBe(bad);
    // The name on the page leads to the code on file, which differs in that one sign.
    expect(field?.proposals[0]).toBe(code);
  });

  test('what is confirmed is stored with the scan in one action: a new row, or the row on file; taken back as one', async () => {
    const permit = made(CODES[0] ?? '');
    const jpeg = await scannedPaper('排污许可证', permitLines(permit));
    const { rows, says } = await read({ name: '许可.pdf', bytes: pdfOfPicture(jpeg, 1240, 1754) });
    const [row, page] = [rows[0]!, says[0]!];
    expect([page.by, page.paper]).toEqual(['print', 'discharge_permit']);
    const held = (await createRecord(t.ctx, 'permit', { enterpriseId: metal, managementClass: 'simplified' })).id;
    const values = Object.fromEntries(page.fields.filter((one) => one.field).map((one) => [one.field!, one.value]));
    const asked = { id: row.id, enterpriseId: metal, paper: 'discharge_permit', recordId: held, values };
    await expect(confirmScan(t.ctx, { ...asked, values: { ...values, validTo: '2020-01-01' } })).rejects.toThrow(
      '早于有效期自',
    );
    const { actionId } = await confirmScan(t.ctx, asked);
    expect((await getRecord(t.ctx, 'permit', held)).values).toMatchObject({
      number: `${permit.code}001U`,
      validTo: '2029-03-04',
      managementClass: 'simplified',
    });
    expect((await listAttachments(t.ctx, held)).map(({ title }) => title)).toEqual([`排污许可证 ${permit.code}001U`]);
    await undoAction(t.ctx, actionId);
    expect((await getRecord(t.ctx, 'permit', held)).values.number).toBeNull();
    expect((await listTray(t.ctx, 'all', { offset: 0, limit: 9 })).total).toBe(1);
    const { recordId } = await confirmScan(t.ctx, { ...asked, recordId: null });
    expect(recordId).not.toBe(held);
  });

  test('an approval is read by its number, its addressee and its day, a registration by the labels of its receipt', async () => {
    const approval = [
      '沪青环保许评〔2021〕12号',
      `${METAL}：`,
      '你单位报来的环境影响报告表收悉。经研究，批复如下：',
      '2021年5月6日',
    ];
    const code = CODES[0] ?? '';
    const receipt = [
      `登记编号：${code}001W`,
      `排污单位名称：${METAL}`,
      `统一社会信用代码：${code}`,
      '登记日期：2020年06月18日',
      '有效期：2020年06月18日至2025年06月17日',
    ];
    const { says } = await read(
      { name: 'IMG_1.jpg', bytes: await scannedPaper('关于新建项目环境影响报告表的批复', approval) },
      { name: 'IMG_2.jpg', bytes: await scannedPaper('固定污染源排污登记回执', receipt) },
    );
    const [first, second] = says;
    expect(first?.paper).toBe('eia_approval');
    const valuesOf = (one: typeof first) =>
      Object.fromEntries(one?.fields.map(({ label, value }) => [label, value]) ?? []);
    expect(valuesOf(first)).toMatchObject({
      批复文号: '沪青环保许评〔2021〕12号',
      单位名称: METAL,
      批复日期: '2021-05-06',
    });
    expect(second?.paper).toBe('discharge_registration');
    expect(valuesOf(second)).toMatchObject({ '证书/登记编号': `${code}001W`, 单位名称: METAL, 有效期至: '2025-06-17' });
  });

  test('a file that holds text is read as text, labels in one column and values in another', async () => {
    const { code, from } = made(CODES[0] ?? '');
    const [day] = from.split('T');
    const rows = [
      ['排污许可证', ''],
      ['证书编号', `${code}001U`],
      ['单位名称', METAL],
      ['统一社会信用代码', code],
      ['有效期限', '2024年03月05日至2029年03月04日'],
      ['发证日期', '2024年03月05日'],
    ] as const;
    const pieces = rows.flatMap(([label, value], n) => [
      [90, 740 - n * 40, label] as const,
      ...(value ? [[260, 740 - n * 40, value] as const] : []),
    ]);
    const { says } = await read({ name: '许可.pdf', bytes: pdfOfText(pieces) });
    const [page] = says;
    expect([page?.by, page?.paper]).toEqual(['text', 'discharge_permit']);
    expect(page?.fields.map(({ field, value, doubt }) => [field, value, doubt])).toEqual([
      [null, METAL, null],
      [null, code, null],
      ['number', `${code}001U`, null],
      ['issueDate', day, null],
      ['validFrom', day, null],
      ['validTo', '2029-03-04', null],
    ]);
  });

  test('a page without print says nothing, a damaged file says why; a stopped reading ends', async () => {
    await addScans(t.ctx, [
      { name: 'a.png', bytes: await scannedPage('a.png', '') },
      { name: 'b.pdf', bytes: new TextEncoder().encode('%PDF-1.4 cut off') },
    ]);
    const [blank, damaged] = (await listTray(t.ctx, 'all', { offset: 0, limit: 9 })).rows.map(({ id }) => id);
    const page = { page: 1, paper: null };
    expect((await readScan(t.ctx, { id: blank ?? '', ...page }, quiet)).fields).toEqual([]);
    await expect(readScan(t.ctx, { id: damaged ?? '', ...page }, quiet)).rejects.toThrow('不完整或已损坏');
    const stop = new AbortController();
    const under = readScan(t.ctx, { id: blank ?? '', ...page }, { ...quiet, signal: stop.signal });
    stop.abort();
    await expect(under).rejects.toThrow();
  });
});
