// Finding the table in a sheet: headings of several levels, merged bodies, and rows that are no data (domain reference 6.2).
import { expect, test } from 'vitest';
import { normaliseHeading } from '../../domain/values/text.ts';
import { findTable, readWorkbook, type Table } from '../../services/spreadsheets/index.ts';
import type { SheetPlan } from '../support/spreadsheets.ts';
import { workbook } from '../support/spreadsheets.ts';

const KNOWN = new Set(
  [
    '企业名称',
    '单位名称',
    '信用代码',
    '统一社会信用代码',
    '联系人',
    '电话',
    '姓名',
    '地址',
    '村居',
    '环评时间',
    '验收',
    '存在问题',
    '备注',
    '序号',
  ].map(normaliseHeading),
);
const table = (plan: SheetPlan): Table => {
  const sheet = readWorkbook(workbook([plan]), 'a.xlsx').sheets[0];
  const found = sheet ? findTable(sheet, (heading) => (KNOWN.has(heading) ? 1 : 0)) : null;
  if (!found) throw new Error('no table');
  return found;
};
const headings = (t: Table): string[] => t.columns.map((c) => c.heading);
const body = (t: Table): string[][] => t.rows.map((row) => row.cells.map((cell) => cell.text));

test('title rows and a line with the date stand above the heading', () => {
  const t = table({
    rows: [
      ['华漕镇企业名单'],
      ['填报日期：2023-5-6'],
      ['序号', '企业名称*', '统一社会\n信用代码（必填）'],
      [1, '甲厂', 'A'],
      [2, '乙厂', 'B'],
    ],
    merges: ['A1:C1'],
  });
  expect([t.headerRow, t.headerRows]).toEqual([3, 1]);
  expect(headings(t)).toEqual(['序号', '企业名称*', '统一社会信用代码（必填）']);
  expect(body(t)).toEqual([
    ['1', '甲厂', 'A'],
    ['2', '乙厂', 'B'],
  ]);
});

test('two merged levels are joined, headings merged downwards stay single', () => {
  const t = table({
    rows: [
      ['序号', '企业名称', '环保手续', null, '联系人', null],
      [null, null, '环评时间', '验收', '姓名', '电话'],
      [1, '甲厂', '2020', '是', '张三', '138'],
    ],
    merges: ['A1:A2', 'B1:B2', 'C1:D1', 'E1:F1'],
  });
  expect([t.headerRow, t.headerRows]).toEqual([2, 2]);
  expect(headings(t)).toEqual(['序号', '企业名称', '环保手续/环评时间', '环保手续/验收', '联系人/姓名', '联系人/电话']);
  expect(t.columns[4]).toMatchObject({ parent: '联系人', leaf: '姓名', index: 4 });
  expect(body(t)).toHaveLength(1);
});

test('three merged levels, and a heading whose known words stand in the middle', () => {
  const t = table({
    rows: [
      ['名单', null, null, null],
      ['企业名称', '手续', null, null],
      [null, '环评', null, '验收'],
      [null, '环评时间', '文号', null],
      ['甲厂', '2020', '1号', '是'],
    ],
    merges: ['A1:D1', 'A2:A4', 'B2:D2', 'B3:C3', 'D3:D4'],
  });
  expect([t.headerRow, t.headerRows]).toEqual([4, 3]);
  expect(headings(t)).toEqual(['企业名称', '手续/环评/环评时间', '手续/环评/文号', '手续/验收']);
  expect(body(t)).toEqual([['甲厂', '2020', '1号', '是']]);
});

test('parents over all columns, none of them known', () => {
  const t = table({
    rows: [
      ['基本情况', null, '负责人', null],
      ['企业名称', '地址', '姓名', '电话'],
      ['甲厂', '一路', '张三', '138'],
    ],
    merges: ['A1:B1', 'C1:D1'],
  });
  expect(headings(t)).toEqual(['基本情况/企业名称', '基本情况/地址', '负责人/姓名', '负责人/电话']);
});

test('two levels written without merging complement each other', () => {
  const t = table({
    rows: [
      ['企业名称', '联系人', null, '地址'],
      [null, '姓名', '电话', null],
      ['甲厂', '张三', '138', '一路'],
    ],
  });
  expect(headings(t)).toEqual(['企业名称', '联系人/姓名', '联系人/电话', '地址']);
  expect(body(t)).toEqual([['甲厂', '张三', '138', '一路']]);
});

test('a first data row with gaps is not taken for a second level', () => {
  const t = table({
    rows: [
      ['企业名称', '信用代码', '电话', '地址'],
      ['甲厂', null, null, '一路'],
      ['乙厂', 'B', '138', null],
    ],
  });
  expect([t.headerRow, t.headerRows]).toEqual([1, 1]);
  expect(body(t)).toHaveLength(2);
});

test('vertical merges are filled down inside their range only; a blank below stays blank', () => {
  const t = table({
    rows: [
      ['村居', '企业名称', '存在问题'],
      ['许浦村', '甲厂', '一'],
      [null, null, '二'],
      [null, '乙厂', '三'],
      [null, '丙厂', '四'],
    ],
    merges: ['A2:A4', 'B2:B3'],
  });
  expect(body(t)).toEqual([
    ['许浦村', '甲厂', '一'],
    ['许浦村', '甲厂', '二'],
    ['许浦村', '乙厂', '三'],
    ['', '丙厂', '四'],
  ]);
});

test('totals, notes, blank rows and repeated headings are dropped and counted; the rest is data', () => {
  const t = table({
    rows: [
      ['序号', '企业名称', '信用代码', '电话'],
      [1, '甲厂', 'A', '1'],
      [],
      ['许浦村小计', null, null, 1],
      ['序号', '企业名称', '信用代码', '电话'],
      [2, '乙厂', 'B', '2'],
      ['', '合计', '', 2],
      ['共计：', null, '2家', null],
      ['填表人：张三', null, '审核人：李四', null],
      ['备注：本表一式两份', null, null, null],
      ['说明本表只列在产企业', null, null, null],
    ],
    merges: ['A11:D11'],
  });
  expect(body(t)).toEqual([
    ['1', '甲厂', 'A', '1'],
    ['2', '乙厂', 'B', '2'],
  ]);
  expect([t.droppedTotals, t.droppedNotes, t.droppedBlank, t.repeatedHeaders]).toEqual([3, 3, 1, 1]);
  expect(t.rows.map((r) => r.rowNumber)).toEqual([2, 6]);
});

test('a name that contains a total word, or a row with a name only, is data', () => {
  const t = table({
    rows: [
      ['企业名称', '信用代码', '备注'],
      ['合计划贸易有限公司', 'A', '合计'],
      ['总计装饰有限公司', null, null],
      ['丙厂', null, '小计'],
    ],
  });
  expect(body(t).map((r) => r[0])).toEqual(['合计划贸易有限公司', '总计装饰有限公司', '丙厂']);
});

test('a village before 小计 makes it a total of that village', () => {
  const t = table({
    rows: [
      ['村居', '企业名称', '电话'],
      ['许浦村', '甲厂', '1'],
      ['许浦村', '小计', 1],
      ['许浦村', '乙厂', '2'],
    ],
  });
  expect([t.droppedTotals, t.rows.length]).toEqual([1, 2]);
});

test('a data row that fills an unnamed column only is not a second level', () => {
  const t = table({
    rows: [
      ['企业名称', null, '电话'],
      [null, '某甲', null],
      ['乙厂', null, '2'],
    ],
  });
  expect([t.headerRow, t.headerRows]).toEqual([1, 1]);
});

test('hidden rows are data and counted', () => {
  const t = table({
    rows: [
      ['企业名称', '信用代码'],
      ['甲厂', 'A'],
      ['乙厂', 'B'],
    ],
    hiddenRows: [3],
  });
  expect(t.rows.map((r) => r.hidden)).toEqual([false, true]);
  expect(t.hiddenRows).toBe(1);
});

test('a column with values but no heading is kept, an empty one between is not', () => {
  const t = table({
    rows: [
      ['企业名称', null, null, '电话'],
      ['甲厂', null, '无题', '1'],
    ],
  });
  expect(t.columns.map((c) => [c.index, c.heading])).toEqual([
    [0, '企业名称'],
    [2, ''],
    [3, '电话'],
  ]);
});

test('without any known heading the row that looks like one is taken; an empty sheet has no table', () => {
  const t = table({ rows: [['某某情况表'], ['甲列', '乙列', '丙列'], ['x', 1, 2], ['y', 3, 4]], merges: ['A1:C1'] });
  expect([t.headerRow, t.headerRows]).toEqual([2, 1]);
  const empty = readWorkbook(workbook([{ rows: [] }, { rows: [['x']] }]), 'a.xlsx').sheets[0];
  expect(empty && findTable(empty, () => 1)).toBeNull();
});

test('a data row that carries many known words does not beat the heading above it', () => {
  const t = table({
    rows: [
      ['企业名称', '电话'],
      ['联系人', '地址'],
      ['甲厂', '1'],
    ],
  });
  expect(t.headerRow).toBe(1);
});

test('a sheet with headings only is a table without rows', () => {
  const t = table({ rows: [['序号', '企业名称', '电话']] });
  expect([t.headerRow, t.rows.length, t.columns.length]).toEqual([1, 0, 3]);
});

test('rows that were only numbered in advance are blank, a label with its value in the next cell is a signature', () => {
  const t = table({
    rows: [
      ['序号', '企业名称', '电话', '地址'],
      [1, '甲厂', '1', '一路'],
      [2, null, null, null],
      [3, null, null, null],
      ['填表人：', '张三', '日期：', '2023.5.6'],
    ],
  });
  expect([t.rows.length, t.droppedBlank, t.droppedNotes]).toEqual([1, 2, 1]);
});
