// Papers of the file beside the dossier: before a visit, with what is missing; and of many enterprises in one zip.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eiaProject, permit } from '../../domain/formalities/entities.ts';
import { wasteTransfer } from '../../domain/waste/transfers.ts';
import { binEnterprises, preVisitFile, writeBatch } from '../../services/enterprises/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { openDocx, paragraphs, tables, textOf } from '../support/docx.ts';
import { bring, makeCode, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
let ids: string[];
let path: string;
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [
    sheet([
      ['企业名称', '统一社会信用代码', '对象类型', '村居', '地址', '联系人', '联系电话'],
      ...['甲', '乙', '丙'].map((name, at) => [
        `上海${name}汽车修理有限公司`,
        makeCode(`MA1${at}`),
        '汽修',
        '许浦村',
        `繁兴路${at}号`,
        '王建国',
        `1380000000${at}`,
      ]),
    ]),
  ]);
  ids = (await onFile(t.ctx)).map((row) => String(row.id));
  path = join(t.ctx.store.folder, '..', 'papers.zip');
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const control = { progress: () => undefined, check: () => undefined };

test('what is read before a visit has its five parts, says which are missing, and what is usual in the trade', async () => {
  const [id = ''] = ids;
  await t.ctx.store.withAction({ name: '证', actor: '甲', source: 'form' }, async (tx) => {
    await tx.insert(permit, {
      enterpriseId: id,
      managementClass: 'registration',
      number: 'P-77',
      validTo: '2028-03-15',
    });
  });
  const { bytes, fileName } = await preVisitFile(t.ctx, id, 'shown');
  expect(fileName).toBe('拜访前资料_上海甲汽车修理有限公司_2026-11-18.docx');
  const { body } = await openDocx(bytes);
  const said = paragraphs(body);
  for (const title of ['一、环评', '二、竣工验收', '三、排污许可', '四、监测数据', '五、台账'])
    expect(said).toContain(title);
  expect(tables(body).flat().flat()).toContain('P-77');
  expect(said.filter((line) => line.startsWith('缺：')).map((line) => line.slice(0, 12))).toEqual([
    '缺：档案里没有环评资料，',
    '缺：档案里没有验收资料，',
    '缺：档案里没有监测结果，',
    '缺：档案没有说是否产生危',
  ]);
  const text = textOf(body);
  // Of registration management no yearly report is missed.
  expect(text).toContain('不是排污许可证管理，不需要执行报告');
  expect(text).toContain('汽车维修常见产污环节');
  expect(text).toMatch(/环保手续：.*环评情况/);
  expect(text).toContain('13800000000');
  expect(text).toContain('没有到访记录');
});

test('where the project is only registered no acceptance is missed, and what was moved is told with its unit', async () => {
  const [id = ''] = ids;
  const project = {
    enterpriseId: id,
    projectName: '汽修店',
    documentKind: 'registration_form',
    filingNo: 'B-1',
  } as const;
  const moved = { enterpriseId: id, manifestNo: 'L-1', date: '2026-11-03', name: '废机油' } as const;
  await t.ctx.store.withAction({ name: '环评', actor: '甲', source: 'form' }, async (tx) => {
    await tx.insert(eiaProject, project);
    await tx.insert(wasteTransfer, { ...moved, amount: '860', unit: 'kg' });
  });
  const before = await openDocx((await preVisitFile(t.ctx, id, 'shown')).bytes);
  expect(textOf(before.body)).toContain('环评是登记表，不需要竣工环保验收。');
  expect(tables(before.body).flat().flat()).toContain('860 kg');
  await t.ctx.store.withAction({ name: '环评', actor: '甲', source: 'form' }, async (tx) => {
    await tx.insert(eiaProject, {
      ...project,
      projectName: '喷漆',
      documentKind: 'report_form',
      approvalNo: '闵环〔2020〕1号',
    });
  });
  const after = await openDocx((await preVisitFile(t.ctx, id, 'shown')).bytes);
  expect(textOf(after.body)).toContain('缺：档案里没有验收资料');
});

test('papers of many are one zip with a list; one in the bin is left out by name, and two of one name are told apart', async () => {
  await binEnterprises(t.ctx, [ids[2] ?? ''], true);
  const first = ids[0] ?? '';
  const asked = { paper: 'enterprise_sheet_blank', ids: [...ids, first], contacts: 'masked' } as const;
  const steps: string[] = [];
  const done = await writeBatch(t.ctx, asked, path, {
    ...control,
    progress: (at, all, step) => steps.push(`${at}/${all} ${step ?? ''}`),
  });
  expect(done).toMatchObject({
    made: 3,
    left: [{ name: '上海丙汽车修理有限公司', why: '在回收站里或已不在' }],
  });
  expect(steps).toContain('2/4 上海乙汽车修理有限公司');
  const zip = await JSZip.loadAsync(await readFile(path), { checkCRC32: true });
  expect(Object.keys(zip.files)).toEqual([
    '一企一表_空表_上海甲汽车修理有限公司.docx',
    '一企一表_空表_上海乙汽车修理有限公司.docx',
    '一企一表_空表_上海甲汽车修理有限公司（2）.docx',
    '清单.csv',
  ]);
  const list = (await zip.file('清单.csv')?.async('string')) ?? '';
  expect(list).toContain('"上海丙汽车修理有限公司","","在回收站里或已不在"');
  const inside = await zip.file('一企一表_空表_上海乙汽车修理有限公司.docx')?.async('uint8array');
  expect(textOf((await openDocx(inside ?? new Uint8Array())).body)).toContain('上海乙汽车修理有限公司');
});

test('a batch that is stopped begins no further paper', async () => {
  let papers = 0;
  const stop = new Error('stopped');
  const stopping = {
    ...control,
    check: () => {
      papers += 1;
      if (papers > 1) throw stop;
    },
  };
  const asked = { paper: 'dossier', ids, contacts: 'masked' } as const;
  await expect(writeBatch(t.ctx, asked, path, stopping)).rejects.toBe(stop);
  // Two are in the making at once.
  expect(await t.ctx.store.read.sql("SELECT title FROM generated_document WHERE kind = 'dossier'")).toHaveLength(2);
  await rm(path);
});
