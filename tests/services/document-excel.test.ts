// Excel workbooks: codes stay text, days are days, nothing is a formula, names are legal.
import * as XLSX from '@e965/xlsx';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { sheetName, writeWorkbook } from '../../services/documents/index.ts';
import { findingSheet } from '../../services/findings/index.ts';
import { finding } from '../support/report-figures.ts';

const text = { heading: '内容', width: 20, kind: 'text' } as const;
const number = { heading: '数', width: 8, kind: 'number' } as const;
const day = { heading: '日', width: 12, kind: 'day' } as const;

async function write(columns: Parameters<typeof writeWorkbook>[0][number]['columns'], rows: Parameters<typeof writeWorkbook>[0][number]['rows']): Promise<XLSX.WorkSheet> {
  const book = XLSX.read(await writeWorkbook([{ name: '表', columns, rows }]), { type: 'array', cellNF: true, cellText: true });
  return book.Sheets['表'] ?? {};
}

test('codes stay text: leading zeros, long digits and credit codes come back as they went in', async () => {
  const codes = ['00123', '310115000000000001', '91310115MA1K00015K', '1E5', '2026-05-01', 'TRUE'];
  const sheet = await write([text], codes.map((code) => [code]));
  codes.forEach((code, index) => expect(sheet[`A${index + 2}`]).toMatchObject({ t: 's', v: code, z: '@' }));
});

test.each(['=1+1', '+86 13812346021', '-5', '@SUM(A1)', '=HYPERLINK("http://x","y")', '\t=1+1', '=cmd|\' /C calc\'!A0'])('%s is never a formula', async (value) => {
  const bytes = await writeWorkbook([{ name: '表', columns: [text, number, day], rows: [[value, value === '-5' ? 'x' : value, value]] }]);
  const xml = (await (await JSZip.loadAsync(bytes)).file('xl/worksheets/sheet1.xml')?.async('string')) ?? '';
  expect(xml).not.toContain('<f>');
  const sheet = XLSX.read(bytes, { type: 'array', cellFormula: true }).Sheets['表'] ?? {};
  expect(sheet['A2']).toMatchObject({ t: 's', v: value });
  expect((sheet['A2'] as XLSX.CellObject).f).toBeUndefined();
});

test('numbers keep the decimals they were entered with; what a number cannot hold stays text', async () => {
  const sheet = await write([number], [[3], ['12.50'], ['12345678901234567890'], ['0012'], ['约5'], [null], [Number.NaN]]);
  expect(sheet['A2']).toMatchObject({ t: 'n', v: 3 });
  expect(sheet['A3']).toMatchObject({ t: 'n', v: 12.5, w: '12.50' });
  expect(sheet['A4']).toMatchObject({ t: 's', v: '12345678901234567890' });
  expect(sheet['A5']).toMatchObject({ t: 's', v: '0012' });
  expect(sheet['A6']).toMatchObject({ t: 's', v: '约5' });
  expect(sheet['A7']).toBeUndefined();
});

test('days become Excel days; vague and impossible ones stay text', async () => {
  const sheet = await write([day], [['2023-12-31'], ['2026-02-30'], ['2026-05'], ['1900-01-01'], ['2024-02-29']]);
  expect(sheet['A2']).toMatchObject({ t: 'n', v: 45291, w: '2023-12-31' });
  expect(sheet['A3']).toMatchObject({ t: 's', v: '2026-02-30' });
  expect(sheet['A4']).toMatchObject({ t: 's', v: '2026-05' });
  expect(sheet['A5']).toMatchObject({ t: 's', v: '1900-01-01' });
  expect(sheet['A6']).toMatchObject({ t: 'n', w: '2024-02-29' });
});

test('the header row is frozen and every column can be filtered, on each sheet', async () => {
  const bytes = await writeWorkbook([{ name: 'a', columns: [text, day], rows: [['x', null]] }, { name: 'b', columns: [text], rows: [] }]);
  const zip = await JSZip.loadAsync(bytes);
  for (const [path, range] of [['xl/worksheets/sheet1.xml', 'A1:B2'], ['xl/worksheets/sheet2.xml', 'A1']] as const) {
    const xml = await zip.file(path)?.async('string');
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain(`<autoFilter ref="${range}"/>`);
  }
});

test('control characters are stripped and over-long texts are cut with a note instead of breaking the file', async () => {
  const sheet = await write([text], [['a\u0000\u0007b\ud800c'], ['长'.repeat(40_000)]]);
  expect(sheet['A2']).toMatchObject({ v: 'abc' });
  const long = (sheet['A3'] as XLSX.CellObject).v as string;
  expect(long.length).toBe(32_767);
  expect(long.endsWith('（内容过长，已截断）')).toBe(true);
});

describe('sheet names', () => {
  test.each([
    ['建东村/红星村[1]:*?', '建东村 红星村 1'], ["'引号'", '引号'], ['', '表'], ['   ', '表'], ['History', '历史'],
    ['一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三', '一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一'],
  ])('%s becomes %s', (wanted, name) => expect(sheetName(wanted)).toBe(name));

  test('equal names, also in another case, are told apart within 31 characters', async () => {
    const long = 'A'.repeat(40);
    const bytes = await writeWorkbook([long, long.toLowerCase(), long, '村'].map((name) => ({ name, columns: [text], rows: [] })));
    const names = XLSX.read(bytes, { type: 'array' }).SheetNames;
    expect(names).toEqual(['A'.repeat(31), `${'a'.repeat(28)}(2)`, `${'A'.repeat(28)}(3)`, '村']);
  });
});

test('[MH-10] the list of findings has the columns of the report\'s annex and the number by which it comes back in', async () => {
  const rows = [finding(0), finding(3, { creditCode: '00012345678901234X', deadline: null })];
  const book = XLSX.read(await writeWorkbook([findingSheet(rows)]), { type: 'array' });
  const [head, first, second] = XLSX.utils.sheet_to_json<unknown[]>(book.Sheets['问题清单'] ?? {}, { header: 1, defval: null, raw: false });
  expect(head).toEqual(['序号', '村居/园区', '企业名称', '信用代码', '检查日期', '轮次', '问题类别', '问题描述', '处理类别', '责任人', '整改措施', '整改时限', '整改状态', '完成日期', '复核结果/日期', '备注', '问题编号']);
  expect(first?.[4]).toBe('2026-01-01');
  expect(second?.[3]).toBe('00012345678901234X');
  expect(second?.[11]).toBeNull();
  expect(second?.at(-1)).toBe('HZ7K2-26-00004');
});

test('a workbook without sheets still opens', async () => {
  expect(XLSX.read(await writeWorkbook([]), { type: 'array' }).SheetNames).toEqual(['表']);
});
