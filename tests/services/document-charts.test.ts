// Charts of the reports: native, editable, in the looks of the chart theme; the annual report with all its sections.
import { beforeAll, describe, expect, test } from 'vitest';
import { periodicReport } from '../../services/documents/index.ts';
import { annualFigures } from '../support/annual-figures.ts';
import { attribute, charts, elements, openDocx, tables, textOf, type OpenDocx } from '../support/docx.ts';
import { testPhoto } from '../support/photos.ts';
import { reportFigures } from '../support/report-figures.ts';

const figures = reportFigures();
let docx: OpenDocx;

beforeAll(async () => {
  docx = await openDocx(await periodicReport(figures));
});

describe('charts', () => {
  test('each chart has a workbook inside whose cells are the figures', async () => {
    const [category, month] = await charts(docx);
    const sorted = figures.byCategory.toSorted((a, b) => b.found - a.found);
    expect(category?.cells.slice(1)).toEqual(sorted.map((row) => [row.label, row.rectified, row.unrectified]));
    expect(category?.cells[0]?.slice(1)).toEqual(['已完成整改', '未完成整改']);
    expect(month?.cells.slice(1)).toEqual(
      figures.byMonth.map((row, index) => [`${index + 1}月`, row.found, row.closed, row.open]),
    );
  });

  test('columns carry the running total as a line; done is solid green, open an ochre hatch, markers are hollow', async () => {
    const [category, month] = await charts(docx);
    expect(month?.xml).toContain('<c:barChart>');
    expect(elements(month?.xml ?? '', 'c:lineChart')[0]).toContain('月末未销号');
    for (const chart of [category, month]) {
      const looks = elements(chart?.xml ?? '', 'c:ser').map(
        (ser) => [textOfSeries(ser), elements(ser, 'c:spPr')[0] ?? ''] as const,
      );
      for (const [name, look] of looks) {
        if (/已完成整改|当月销号/.test(name))
          expect(look, name).toMatch(/^<c:spPr><a:solidFill><a:srgbClr val="1B5E46"\/>/);
        if (/未完成整改|当月发现/.test(name))
          expect(look, name).toMatch(/^<c:spPr><a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="D9972B"\/>/);
      }
    }
    expect(elements(month?.xml ?? '', 'c:marker')[0]).toMatch(/<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"\/>/);
  });

  test('Chinese text of a chart names a font of the scheme', async () => {
    for (const chart of await charts(docx)) {
      const fonts = [...chart.xml.matchAll(/<a:ea typeface="([^"]+)"\/>/g)].map((match) => match[1]);
      expect(fonts.length).toBeGreaterThan(3);
      expect(new Set(fonts)).toEqual(new Set(['宋体']));
    }
  });

  test('charts are at most 150 mm wide and say in words what they show', () => {
    const drawings = elements(docx.body, 'w:drawing');
    expect(drawings).toHaveLength(2);
    for (const drawing of drawings) {
      expect(Number(attribute(elements(drawing, 'wp:extent')[0] ?? '', 'cx')) / 36_000).toBeLessThanOrEqual(150);
    }
    expect(attribute(elements(drawings[0] ?? '', 'wp:docPr')[0] ?? '', 'descr')).toContain(
      '危险废物74项，已完成整改61项',
    );
  });

  test('forty villages in five years stay readable: ten villages, horizontal bars, five colours, no higher than a page', async () => {
    const years = ['2022年', '2023年', '2024年', '2025年', '2026年'];
    const rows = Array.from({ length: 40 }, (_, n) => ({
      id: `v${n}`,
      label: `第${n + 1}村`,
      found: years.map((__, year) => ((n * 7) % 41) + year),
    }));
    const opened = await openDocx(await periodicReport(annualFigures({ villageYears: { years, rows } })));
    const chart = (await charts(opened)).at(-1);
    const most = rows.toSorted((a, b) => b.found[0]! - a.found[0]!).slice(0, 10);
    expect(chart?.cells.slice(1)).toEqual(most.map(({ label, found }) => [label, ...found]));
    expect(chart?.xml).toContain('<c:barDir val="bar"/>');
    const colours = elements(chart?.xml ?? '', 'c:ser').map(
      (ser) => /<a:srgbClr val="([0-9A-F]{6})"/.exec(elements(ser, 'c:spPr')[0] ?? '')?.[1],
    );
    expect(new Set(colours).size).toBe(5);
    const drawing = elements(opened.body, 'w:drawing').at(-1) ?? '';
    const extent = elements(drawing, 'wp:extent')[0] ?? '';
    expect(Number(attribute(extent, 'cy')) / 36_000).toBeLessThanOrEqual(200);
    expect(textOf(opened.body)).toContain('发现最多的10个村居历年发现问题数');
    // The table has them all.
    expect(tables(opened.body).find((table) => table[0]?.join() === `村居,${years.join()}`)).toHaveLength(42);
  });

  const textOfSeries = (ser: string): string => /<c:v>([^<]*)<\/c:v>/.exec(ser)?.[1] ?? '';
});

describe('annual report', () => {
  test('carries every section, villages year by year in a chart whose cells equal the table, and cases with photos', async () => {
    const annual = annualFigures();
    const photos = { a: await testPhoto(1200, 900), b: await testPhoto(900, 1200) };
    const opened = await openDocx(await periodicReport(annual, { photos }));
    const headings = elements(opened.body, 'w:p')
      .filter((xml) => xml.includes('w:val="Heading1"'))
      .map(textOf);
    expect(headings.slice(0, -1)).toEqual([
      '一、工作概况',
      '二、问题发现与整改',
      '三、重点问题与逾期清单',
      '四、专项任务完成情况',
      '五、信访处置',
      '六、培训与咨询',
      '七、档案建设与数据更新',
      '八、风险分级与标签变化',
      '九、同比情况',
      '十、典型案例',
      '十一、存在问题与原因分析',
      '十二、工作建议',
      '十三、下阶段计划',
    ]);
    const chart = (await charts(opened)).at(-1);
    const table = tables(opened.body).find((rows) => rows[0]?.join() === '村居,2024年,2025年,2026年');
    expect(chart?.cells.slice(1).map((row) => row.map(String))).toEqual(table?.slice(1, -1));
    expect(table?.at(-1)).toEqual(['合计', '391', '303', '231']);
    expect(elements(opened.body, 'pic:pic')).toHaveLength(2);
    const text = textOf(opened.body);
    expect(text).toContain('整改前　2026年3月2日');
    expect(text).not.toContain('13812346021');
  });
});
