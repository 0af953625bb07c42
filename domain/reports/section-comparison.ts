// Sections 同比环比与排名 (with the multi-year comparison of the annual report) and 典型案例.
import { paragraph, textParagraph, type Block } from './blocks.ts';
import { phoneText } from './masking.ts';
import type { Writer } from './writer.ts';
import { withoutStop } from './words.ts';

/** Builds section 同比环比与排名. */
export function comparisonSection(w: Writer): Block[] {
  const blocks: Block[] = [];
  const comparisons = w.f.comparisons ?? [];
  if (comparisons.length > 0) {
    blocks.push({
      type: 'table', id: 'comparisons', caption: w.table('主要指标变化情况'),
      columns: [
        { heading: '指标', weight: 4 }, { heading: '口径', weight: 1.6, align: 'center' }, { heading: '本期', weight: 2, align: 'center' },
        { heading: '基期', weight: 2, align: 'center' }, { heading: '变化', weight: 3, align: 'center' },
      ],
      rows: comparisons.map((row) => [row.label, row.basis, row.now, row.base, row.change]),
    });
  }
  const ranking = w.f.ranking ?? [];
  if (ranking.length > 0) {
    blocks.push({
      type: 'table', id: 'ranking', caption: w.table(`整改排名（${w.asOf}）`),
      columns: [
        { heading: '名次', weight: 1.4, align: 'center' }, { heading: '名称', weight: 4, align: 'center' }, { heading: '发现', weight: 1.8, align: 'center' },
        { heading: '已整改', weight: 1.8, align: 'center' }, { heading: '整改率', weight: 2.2, align: 'center' },
        { heading: '覆盖率', weight: 2.2, align: 'center' }, { heading: '逾期', weight: 1.6, align: 'center' },
      ],
      rows: ranking.map((row) => [
        row.rank, row.label, String(row.found), String(row.rectified), row.rate, row.coverage, String(row.overdue),
      ]),
    });
  }
  blocks.push(...years(w), ...villageYears(w));
  return blocks.length > 0 ? blocks : [textParagraph('无可比数据。')];
}

function years(w: Writer): Block[] {
  const rows = w.f.years ?? [];
  if (rows.length === 0) return [];
  return [{
    type: 'table', id: 'years', caption: w.table('历年情况对比'),
    columns: [
      { heading: '年度', weight: 2, align: 'center' }, { heading: '检查企业', weight: 2, align: 'center' }, { heading: '发现', weight: 2, align: 'center' },
      { heading: '已整改', weight: 2, align: 'center' }, { heading: '整改率', weight: 2, align: 'center' }, { heading: '家均问题数', weight: 2, align: 'center' },
    ],
    rows: rows.map((row) => [row.year, String(row.visited), String(row.found), String(row.rectified), row.rate, row.perEnterprise]),
  }];
}

/** Villages side by side, one column per year, and the table with the same values (annual report). */
function villageYears(w: Writer): Block[] {
  const given = w.f.villageYears;
  if (!given || given.rows.length === 0 || given.years.length === 0) return [];
  const at = (row: (typeof given.rows)[number], year: number): number => row.found[year] ?? 0;
  return [
    {
      type: 'table', id: 'villageYears', caption: w.table('各村居历年发现问题数'),
      columns: [{ heading: '村居', weight: 3, align: 'center' }, ...given.years.map((year) => ({ heading: year, weight: 2, align: 'center' as const }))],
      rows: given.rows.map((row) => [row.label, ...given.years.map((_, year) => String(at(row, year)))]),
      totals: ['合计', ...given.years.map((_, year) => String(given.rows.reduce((sum, row) => sum + at(row, year), 0)))],
    },
    {
      type: 'chart', id: 'villageYears', shape: 'groups', unit: '项', caption: w.chart('各村居历年发现问题数'),
      categories: given.rows.map((row) => row.label),
      series: given.years.map((year, index) => ({ name: year, values: given.rows.map((row) => at(row, index)), meaning: 'year' })),
      description: `柱形图，各村居历年发现问题数：${given.rows.map((row) => `${row.label}${given.years.map((year, index) => `${year}${at(row, index)}项`).join('、')}`).join('；')}。`,
    },
  ];
}

/** Builds section 典型案例: each case with its photos before and after. */
export function casesSection(w: Writer): Block[] {
  const cases = w.f.cases ?? [];
  if (cases.length === 0) return [textParagraph('本期未选取典型案例。')];
  return cases.flatMap((row): Block[] => [
    { type: 'heading', level: 2, text: row.title },
    paragraph([{ text: `${withoutStop(phoneText(row.text, w.contacts))}。` }]),
    ...(row.before.length + row.after.length === 0 ? [] : [{
      type: 'photos' as const,
      photos: [
        ...row.before.map((photo) => ({ ...photo, caption: `整改前${photo.caption ? `　${photo.caption}` : ''}` })),
        ...row.after.map((photo) => ({ ...photo, caption: `整改后${photo.caption ? `　${photo.caption}` : ''}` })),
      ],
    }]),
  ]);
}
