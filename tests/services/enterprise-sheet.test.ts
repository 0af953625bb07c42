// 一企一表: one page for every kind of object, blank with help at each field, or with what the file says.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fieldsOf } from '../../domain/dictionary/entity.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { BLOCK_ENTITIES } from '../../domain/enterprises/blocks.ts';
import { equipment, outlet, process } from '../../domain/production/entities.ts';
import { wasteStream } from '../../domain/waste/entities.ts';
import { dossierFile, updateEnterprise } from '../../services/enterprises/index.ts';
import { paperFile } from '../../services/papers/index.ts';
import { createRecord } from '../../services/records/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { canRender, openDocx, renderPages, tables } from '../support/docx.ts';
import { bring, makeCode, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
const ids = new Map<string, string>();
beforeAll(async () => {
  t = await openDesk();
  await bring(t.ctx, [
    sheet([
      ['企业名称', '统一社会信用代码', '对象类型', '村居', '地址', '联系人', '联系电话', '职工人数'],
      ['上海海明金属制品有限公司', makeCode('MA1A'), '工业企业', '许浦村', '繁兴路1号', '王建国', '13800000001', 12],
      ['上海阿二小吃有限公司', makeCode('MA1B'), '餐饮', '许浦村', '繁兴路2号', '李敏', '13800000002', 5],
      ['上海腾达商务楼有限公司', makeCode('MA1C'), '楼宇', '许浦村', '繁兴路3号', '周大明', '13800000003', 9],
    ]),
  ]);
  for (const row of await onFile(t.ctx)) ids.set(String(row.object_kind), String(row.id));
});
afterAll(async () => {
  await t.close();
  await closeWorkers();
});

const rowsOf = async (paper: string, kind: string) => {
  const { bytes, fileName } = await paperFile(t.ctx, paper, ids.get(kind) ?? '');
  return { fileName, bytes, rows: tables((await openDocx(bytes)).body).flat() };
};
const cell = (rows: string[][], label: string): string | undefined =>
  rows.map((row) => row[row.indexOf(label) + 1]).find((_, at) => rows[at]?.includes(label));

test('a day that is known to the month or year is printed so, and no first of the month is made of it', async () => {
  const id = ids.get('industrial') ?? '';
  await updateEnterprise(t.ctx, id, { startedDate: '2016-05-01', startedDatePrecision: 'month' });
  await createRecord(t.ctx, 'eiaProject', {
    enterpriseId: id,
    projectName: '镀锌线',
    approvalDate: '2015-01-01',
    approvalDatePrecision: 'year',
  });
  const { rows } = await rowsOf('enterprise_sheet', 'industrial');
  expect(cell(rows, '投产日期')).toBe('2016年5月');
  const dossier = await dossierFile(t.ctx, id, 'shown');
  const printed = tables((await openDocx(dossier.bytes)).body).flat();
  expect(cell(printed, '投产日期')).toBe('2016年5月');
  expect(printed.flat().filter((text) => text.includes('2015'))).toEqual(['2015']);
});

test('why there is no code stands in its place, a registered project tells its number, duties without a day come last', async () => {
  const id = ids.get('catering') ?? '';
  await updateEnterprise(t.ctx, id, { creditCode: null, creditCodeMissingReason: 'in_registration' });
  await createRecord(t.ctx, 'eiaProject', { enterpriseId: id, projectName: '小吃店', filingNo: '20203101120000876' });
  await createRecord(t.ctx, 'otherLicence', { enterpriseId: id, kind: 'drainage', validTo: '2027-02-28' });
  const { rows } = await rowsOf('enterprise_sheet', 'catering');
  expect(cell(rows, '统一社会信用代码')).toBe('登记中');
  expect(cell(rows, '环评')).toBe('小吃店，备案号 20203101120000876');
  const blank = await rowsOf('enterprise_sheet_blank', 'catering');
  expect(cell(blank.rows, '统一社会信用代码')).toBe('登记中');
  const dossier = await openDocx((await dossierFile(t.ctx, id, 'shown')).bytes);
  expect(JSON.stringify(dossier.body)).toContain('统一社会信用代码：登记中');
  const duties = tables(dossier.body).find(([heads]) => heads?.[0] === '义务') ?? [];
  const days = duties.slice(1).map((row) => row[2]);
  expect(days.length).toBeGreaterThan(1);
  expect(days).toEqual([...days.filter((day) => day !== '－').toSorted(), ...days.filter((day) => day === '－')]);
});

test('a full file stays on one page: of long lists the first rows stand there, and how many there are', async () => {
  const enterpriseId = ids.get('industrial') ?? '';
  await t.ctx.store.withAction({ name: '产污', actor: '甲', source: 'form' }, async (tx) => {
    for (let n = 1; n <= 30; n += 1) {
      await tx.insert(outlet, {
        enterpriseId,
        code: `DA0${n + 10}`,
        medium: 'air',
        name: `第${n}号喷漆废气排气筒`,
        heightM: '15',
      });
      await tx.insert(process, { enterpriseId, step: n, name: `工序${n}`, pollutionNode: '喷涂有机废气' });
      await tx.insert(equipment, { enterpriseId, name: `数控机床${n}`, count: 3 });
      await tx.insert(wasteStream, {
        enterpriseId,
        kind: 'hazardous',
        name: '废切削液',
        code: '900-006-09',
        disposalUnitName: '某某危险废物处置有限公司',
      });
    }
  });
  const { rows, bytes, fileName } = await rowsOf('enterprise_sheet', 'industrial');
  expect(fileName).toBe('一企一表_上海海明金属制品有限公司.docx');
  expect(cell(rows, '职工人数')).toBe('12 人');
  expect(cell(rows, '排放口')).toMatch(/^DA011 第1号喷漆废气排气筒，高 15 m；.*；等 30 项，详见一企一档$/);
  expect(cell(rows, '生产工艺')).toContain('工序1（喷涂有机废气） → 工序2');
  expect(cell(rows, '主要设备')).toContain('数控机床1 3 台；');
  if (canRender()) expect(await renderPages(bytes)).toHaveLength(1);
});

test.each(['industrial', 'catering', 'building'])(
  'the blank sheet of one %s is one page with help at each field',
  async (kind) => {
    const { rows, bytes } = await rowsOf('enterprise_sheet_blank', kind);
    // What the file says is not on it, but whose sheet it is.
    expect(cell(rows, '单位名称')).toMatch(/^上海/);
    expect(rows.flat().join()).not.toMatch(/12 人|13800000|王建国|李敏/);
    expect(cell(rows, '生产经营地址')).toBe('（实际生产经营的地方，写到门牌号）');
    expect(cell(rows, '企业规模')).toBe('□大型 □中型 □小型 □微型');
    expect(cell(rows, '职工人数')).toBe('　　　　人');
    const empty = rows
      .filter((row) => row.length > 1)
      .flatMap((row) => row.filter((text, at) => at % 2 === 1 && text === ''));
    const block = BLOCK_ENTITIES.find((one) => (one.facets.file.objectKinds as readonly string[]).includes(kind));
    const texts = block ? fieldsOf(block).filter(({ meta }) => !meta.help && /ext$/.test(meta.kind)).length : 0;
    expect(empty.length).toBeLessThanOrEqual(texts);
    for (const { name, meta } of block ? fieldsOf(block) : [])
      if (name !== block?.parent) expect(cell(rows, meta.label)).toBeDefined();
    expect(enterprise.papers.map(({ id }) => id)).toContain('enterprise_sheet_blank');
    if (canRender()) expect(await renderPages(bytes)).toHaveLength(1);
  },
);
