// The record of an inspection and the file of an enterprise, written from a workspace with something in it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { permit } from '../../domain/formalities/entities.ts';
import { outlet } from '../../domain/production/entities.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { dossierFile } from '../../services/enterprises/index.ts';
import {
  answerItem,
  getVisit,
  recordFile,
  setVisitMembers,
  startVisit,
  updateVisit,
} from '../../services/visits/index.ts';
import { issueNotice, updateFinding } from '../../services/findings/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { finishVisit, signVisit } from '../support/events.ts';
import { canRender, misplacedChildren, openDocx, paragraphs, renderPages, tables, textOf } from '../support/docx.ts';
import { testPhoto } from '../support/photos.ts';
import { bring, makeCode, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const CODE = makeCode('MA1A');
const HEAD = [
  '企业名称',
  '统一社会信用代码',
  '对象类型',
  '村居',
  '地址',
  '联系人',
  '联系电话',
  '职工人数',
  '法定代表人',
] as const;

/** An enterprise with a visit: one item conforms, one gave a finding with a photo that was issued. */
async function inspected(): Promise<{ enterpriseId: string; visitId: string; no: string }> {
  await bring(t.ctx, [
    sheet([
      HEAD,
      ['上海绿屏汽车修理有限公司', CODE, '汽修', '许浦村', '繁兴路1号', '王建国', '13800000001', 12, '周大明'],
    ]),
  ]);
  const enterpriseId = String((await onFile(t.ctx))[0]?.id);
  await t.ctx.store.withAction({ name: '证', actor: '甲', source: 'form' }, async (tx) => {
    await tx.insert(permit, {
      enterpriseId,
      managementClass: 'registration',
      number: `${CODE}001X`,
      validTo: '2028-03-15',
    });
  });
  const { id: visitId } = await startVisit(t.ctx, { enterpriseId, roundTargetId: null, purposes: ['routine'] });
  await setVisitMembers(t.ctx, visitId, 'purposes', ['routine', 'verification']);
  await updateVisit(t.ctx, visitId, {
    accompanyingName: '李敏',
    guidance: '讲解了标签填写',
    timeFrom: '09:20',
    timeTo: '11:05',
  });
  const [first, second] = (await getVisit(t.ctx, visitId)).items;
  if (!first || !second) throw new Error('no items');
  await answerItem(t.ctx, visitId, first.id, 'conforming', null);
  const { findingId } = await answerItem(t.ctx, visitId, second.id, 'nonconforming', '现场有三只桶');
  await updateFinding(
    t.ctx,
    findingId ?? '',
    { description: '废漆桶露天堆放', responsiblePerson: '王建国', location: '后院' },
    undefined,
  );
  const bytes = await testPhoto(800, 600, { text: '现场' });
  await addAttachment(t.ctx, {
    ownerEntity: 'finding',
    ownerId: findingId ?? '',
    bytes,
    name: '废漆桶.jpg',
    kind: 'photo_before',
    caption: '后院',
    originalId: null,
  });
  await issueNotice(t.ctx, { enterpriseId, visitId, findingIds: [findingId ?? ''], kind: 'advice', replyDate: null });
  return { enterpriseId, visitId, no: (await getVisit(t.ctx, visitId)).findings[0]?.no ?? '' };
}

test('the record of an inspection holds what was entered on its screen, and what was signed stays as it was printed', async () => {
  const { visitId, no } = await inspected();
  const docx = await openDocx((await recordFile(t.ctx, visitId)).bytes);
  const text = textOf(docx.body);
  expect(paragraphs(docx.body)[0]).toBe('环保管家服务巡查记录');
  for (const words of [
    '上海绿屏汽车修理有限公司',
    CODE,
    '繁兴路1号',
    '登记管理',
    '2028年3月15日',
    '09:20-11:05',
    '李敏',
    '☑例行',
    '☑复核',
    '□信访',
    '讲解了标签填写',
    '陈思远',
  ])
    expect(text).toContain(words);
  const rows = tables(docx.body).flat();
  expect(rows.find((row) => row[3] === '现场有三只桶')?.[2]).toBe('不符合');
  expect(rows.filter((row) => row[2] === '符合')).toHaveLength(1);
  expect(rows.find((row) => row[2] === '废漆桶露天堆放')?.[1]).toBe(no);
  expect(docx.paths.filter((path) => path.startsWith('word/media/'))).toHaveLength(1);
  expect(text).not.toContain('照片缺失');
  expect(misplacedChildren(docx.body)).toEqual([]);

  await finishVisit(t.ctx, visitId, 'completed');
  await signVisit(t.ctx, visitId, { signerName: '王建国', signerPost: '环保专员', refused: false, refusedReason: '' });
  const signed = await recordFile(t.ctx, visitId);
  expect(textOf((await openDocx(signed.bytes)).body)).toContain('王建国');
  expect(signed.fileName).toBe('服务巡查记录_上海绿屏汽车修理有限公司_2026-11-18.docx');
  expect(Buffer.from((await recordFile(t.ctx, visitId)).bytes).equals(Buffer.from(signed.bytes))).toBe(true);
  expect(await t.ctx.store.read.sql("SELECT version FROM generated_document WHERE kind = 'inspection_record'")).toEqual(
    [{ version: 1 }],
  );
});

test(
  'the file of an enterprise holds basic data, papers, contacts, visits and findings with their state; ' +
    'persons are masked unless asked for',
  async () => {
    const { enterpriseId, no } = await inspected();
    const docx = await openDocx((await dossierFile(t.ctx, enterpriseId, 'masked')).bytes);
    const text = textOf(docx.body);
    const headings = [
      '一、基本信息',
      '二、环保手续',
      '三、生产情况',
      '四、污染物产生与治理',
      '五、监测情况',
      '六、应急管理',
      '七、行政处罚与信用评价',
      '八、历次检查与问题整改',
      '九、风险分级与标签',
      '十、培训咨询与信访',
      '十一、附件清单',
      '十二、更新记录',
    ];
    expect(paragraphs(docx.body).filter((line) => headings.includes(line))).toEqual(expect.arrayContaining(headings));
    const rows = tables(docx.body).flat();
    expect(rows.find((row) => row[0] === '二、环保手续')?.[1]).toContain('排污许可 1');
    expect(rows.find((row) => row.includes(`${CODE}001X`))).toEqual(expect.arrayContaining(['登记管理', '2028-03-15']));
    const found = rows.find((row) => row[0] === no);
    expect(found?.[2]).toBe('废漆桶露天堆放');
    expect(found?.[5]).toBe('待整改');
    expect(rows.find((row) => row[0] === '2026-11-18' && row[4] === '1')).toBeDefined();
    expect(text).toContain('职工人数12 人');
    expect(text).toContain('待补充：');
    expect(text).toContain('未收集（待补充）。');
    expect(text).toContain('138****0001');
    for (const hidden of ['13800000001', '王建国', '周大明']) expect(text).not.toContain(hidden);
    expect(misplacedChildren(docx.body)).toEqual([]);

    const shown = await dossierFile(t.ctx, enterpriseId, 'shown');
    const open = textOf((await openDocx(shown.bytes)).body);
    for (const person of ['13800000001', '王建国', '周大明']) expect(open).toContain(person);
    expect(shown.fileName).toBe('一企一档_上海绿屏汽车修理有限公司_2026-11-18.docx');
  },
);

test('photos of an outlet and of the enterprise stand in the file, their papers in the list with what they belong to', async () => {
  const { enterpriseId } = await inspected();
  const { value } = await t.ctx.store.withAction({ name: '排口', actor: '甲', source: 'form' }, async (tx) => {
    return await tx.insert(outlet, { enterpriseId, code: 'DA001', medium: 'air', name: '喷漆排气筒' });
  });
  const bytes = await testPhoto(800, 600, { text: '排口' });
  const given = { bytes, kind: 'photo', originalId: null } as const;
  await addAttachment(t.ctx, {
    ...given,
    ownerEntity: 'outlet',
    ownerId: value.id,
    name: '排气筒.jpg',
    caption: '采样平台',
  });
  await addAttachment(t.ctx, {
    ...given,
    ownerEntity: 'enterprise',
    ownerId: enterpriseId,
    name: '门口.jpg',
    caption: '大门',
  });
  const docx = await openDocx((await dossierFile(t.ctx, enterpriseId, 'masked')).bytes);
  const text = textOf(docx.body);
  expect(docx.paths.filter((path) => path.startsWith('word/media/'))).toHaveLength(1);
  const [outlets, files] = [text.indexOf('DA001：采样平台'), text.lastIndexOf('大门')];
  expect(outlets).toBeGreaterThan(text.lastIndexOf('四、污染物产生与治理'));
  expect(outlets).toBeLessThan(text.lastIndexOf('五、监测情况'));
  expect(files).toBeGreaterThan(text.lastIndexOf('十一、附件清单'));
  const rows = tables(docx.body).flat();
  expect(rows.find((row) => row[0] === '排气筒.jpg')?.[1]).toBe('DA001');
  expect(rows.find((row) => row[0] === '门口.jpg')?.[1]).toBe('企业');
});

test.runIf(canRender())(
  'an office program shows a cover, then the contents with the page where each section is',
  async () => {
    const { enterpriseId } = await inspected();
    const pages = await renderPages((await dossierFile(t.ctx, enterpriseId, 'masked')).bytes);
    expect(pages[0]).toMatch(/一企一档[\s\S]+上海绿屏汽车修理有限公司[\s\S]+编制日期/);
    expect(pages[0]).not.toContain('基本信息');
    expect(pages[1]).toMatch(/目\s*录/);
    const contents = pages.slice(1).find((page) => page.includes('十二、更新记录')) ?? '';
    for (const title of ['一、基本信息', '五、监测情况', '十二、更新记录']) {
      const told = Number(new RegExp(`${title}[ .…\\s]*(\\d+)`).exec(contents)?.[1]);
      const found = pages.findLastIndex((page) => page.includes(title)) + 1;
      // Pages are estimated when the file is written; an office program counts them anew when it opens it.
      expect(Math.abs(told - found), `${title} on page ${found}, told as ${told}`).toBeLessThanOrEqual(1);
    }
  },
);
