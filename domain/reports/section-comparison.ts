// Section 同比环比与排名, with the multi-year comparison of the annual report.
import { textParagraph, type Block, type Cell, type SpanAsk } from './blocks.ts';
import type { FigureDays, ReportKind } from './figures.ts';
import { dayText } from './words.ts';
import type { Writer } from './writer.ts';

/** A number of other days than the report's: it opens the list of its own. */
const asked = (text: string, title: string, figure?: string, days?: FigureDays, at?: SpanAsk['at']): Cell =>
  figure && days ? { text, ask: { figure, title, days, ...(at && { at }) } } : text;

/** A number of a village in the main cohort. */
const ofVillage = (text: string, figure: string, id: string | undefined): Cell =>
  id === undefined ? text : { text, figure, scope: { by: 'village', id } };

/** What the base of a comparison is called. */
const BASES: Readonly<Record<string, Readonly<Record<ReportKind, string>>>> = {
  环比: { week: '上周', month: '上月', quarter: '上季度', year: '上年' },
  同比: { week: '上年同周', month: '上年同月', quarter: '上年同季', year: '上年' },
};

const rangeText = (days: FigureDays | undefined, shown: (days: FigureDays) => string): string =>
  days ? shown(days) : '';
const range = ({ from, to, asOf }: FigureDays): string => `${from}至${to < asOf ? to : asOf}`;

/** The main figures of the period beside those of its bases, and of the year; everything of equal length. */
function comparisonTable(w: Writer): Block[] {
  const all = w.f.comparisons ?? [];
  const [first] = all;
  if (!first) return [];
  const bases = [...new Map(all.map((row) => [row.basis, row])).values()];
  const word = (basis: string): string => BASES[basis]?.[w.f.kind] ?? basis;
  const days = [
    `${w.period}${rangeText(first.nowDays, range)}`,
    ...bases.map((row) => `${word(row.basis)}${rangeText(row.baseDays, range)}`),
  ].join('，');
  const withYear = w.year !== null && all.some((row) => row.year !== undefined);
  return [
    {
      type: 'table',
      id: 'comparisons',
      caption: w.table(`主要指标变化情况（${days}）`),
      columns: [
        { heading: '指标', weight: 3.4 },
        { heading: w.period, weight: 2, align: 'center' },
        ...bases.flatMap(({ basis }) => [
          { heading: word(basis), weight: 2, align: 'center' as const },
          { heading: basis, weight: 3.2, align: 'center' as const },
        ]),
        ...(withYear ? [{ heading: w.year ?? '', weight: 2, align: 'center' as const }] : []),
      ],
      rows: [...Map.groupBy(all, (row) => row.label)].map(([label, rows]) => {
        const [own] = rows;
        const of = (basis: string): (typeof rows)[number] | undefined => rows.find((row) => row.basis === basis);
        return [
          label.replace(/^本期/, ''),
          own ? asked(own.now, `${w.period}　${label}`, own.code, own.nowDays) : '－',
          ...bases.flatMap(({ basis }): Cell[] => {
            const row = of(basis);
            if (!row) return ['－', '－'];
            return [
              asked(row.base, `${word(basis)}　${label}`, row.code, row.baseDays),
              row.change.startsWith(basis) ? row.change.slice(basis.length) : row.change,
            ];
          }),
          ...(withYear ? [asked(own?.year ?? '－', `${w.year}　${label}`, own?.code, own?.yearDays)] : []),
        ];
      }),
    },
  ];
}

function rankingTable(w: Writer): Block[] {
  const ranking = w.f.ranking ?? [];
  if (ranking.length === 0) return [];
  const both = w.year !== null && ranking.some((row) => row.period !== undefined);
  const year = both ? { group: w.year ?? '' } : {};
  const count = (heading: string, weight: number, group: { group?: string }) =>
    ({ heading, weight, align: 'center', ...group }) as const;
  return [
    {
      type: 'table',
      id: 'ranking',
      caption: w.table(`各村居整改排名（按${w.year ?? w.period}整改率，${w.asOf}）`),
      columns: [
        { heading: '名次', weight: 1.4, align: 'center' },
        { heading: '村居', weight: 4, align: 'center' },
        ...(both ? [count('发现', 1.8, { group: w.period }), count('已整改', 1.8, { group: w.period })] : []),
        count('发现', 1.8, year),
        count('已整改', 1.8, year),
        count('整改率', 2.4, year),
        count('覆盖率', 2.4, year),
        count('逾期', 1.6, year),
      ],
      rows: ranking.map((row) => [
        row.rank,
        row.label,
        ...(both
          ? [
              ofVillage(String(row.period?.found ?? 0), 'periodFoundCount', row.id),
              ofVillage(String(row.period?.rectified ?? 0), 'periodRectifiedCount', row.id),
            ]
          : []),
        ofVillage(String(row.found), 'foundCount', row.id),
        ofVillage(String(row.rectified), 'rectifiedCount', row.id),
        ofVillage(row.rate, 'rectificationRate', row.id),
        ofVillage(row.coverage, 'coverageRate', row.id),
        ofVillage(String(row.overdue), 'overdueCount', row.id),
      ]),
    },
  ];
}

/** Builds section 同比环比与排名. */
export function comparisonSection(w: Writer): Block[] {
  const blocks = [...comparisonTable(w), ...rankingTable(w), ...years(w), ...villageYears(w)];
  return blocks.length > 0 ? blocks : [textParagraph('无可比数据。')];
}

/** What the columns of several years hold: the same days of each. */
function sameDays(w: Writer): string {
  const days = w.f.years?.at(-1)?.days ?? w.f.villageYears?.days?.at(-1);
  if (!days) return '';
  const end = days.to < days.asOf ? days.to : days.asOf;
  return `（各年均为${dayText(days.from).slice(5)}至${dayText(end).slice(5)}发现的问题，状态${w.asOf}）`;
}

function years(w: Writer): Block[] {
  const rows = w.f.years ?? [];
  if (rows.length === 0) return [];
  return [
    {
      type: 'table',
      id: 'years',
      caption: w.table(`历年情况对比${sameDays(w)}`),
      columns: [
        { heading: '年度', weight: 2, align: 'center' },
        { heading: '检查企业', weight: 2, align: 'center' },
        { heading: '发现', weight: 2, align: 'center' },
        { heading: '已整改', weight: 2, align: 'center' },
        { heading: '整改率', weight: 2, align: 'center' },
        { heading: '家均问题数', weight: 2, align: 'center' },
      ],
      rows: rows.map((row) => [
        row.year,
        asked(String(row.visited), `${row.year}　检查企业`, 'visitedEnterprises', row.days),
        asked(String(row.found), `${row.year}　发现`, 'foundCount', row.days),
        asked(String(row.rectified), `${row.year}　已整改`, 'rectifiedCount', row.days),
        asked(row.rate, `${row.year}　整改率`, 'rectificationRate', row.days),
        row.perEnterprise,
      ]),
    },
  ];
}

/** Bars that one chart shows: ten villages in five years, twenty-five in two. */
const MOST_BARS = 50;

/** Villages side by side, one bar per year, and the table with the same values (annual report). */
function villageYears(w: Writer): Block[] {
  const given = w.f.villageYears;
  if (!given || given.rows.length === 0 || given.years.length === 0) return [];
  const at = (row: (typeof given.rows)[number], year: number): number => row.found[year] ?? 0;
  const total = (row: (typeof given.rows)[number]): number => row.found.reduce((sum, found) => sum + found, 0);
  const most = Math.floor(MOST_BARS / given.years.length);
  // A chart of very many villages would show none of them: those with most findings; the table beside it has all.
  const cut = given.rows.length > most;
  const charted = cut ? given.rows.toSorted((a, b) => total(b) - total(a)).slice(0, most) : given.rows;
  const told = (row: (typeof given.rows)[number]): string =>
    `${row.label}${given.years.map((year, index) => `${year}${at(row, index)}项`).join('、')}`;
  return [
    {
      type: 'table',
      id: 'villageYears',
      caption: w.table(`各村居历年发现问题数${sameDays(w)}`),
      columns: [
        { heading: '村居', weight: 3, align: 'center' },
        ...given.years.map((year) => ({ heading: year, weight: 2, align: 'center' as const })),
      ],
      rows: given.rows.map((row) => [
        row.label,
        ...given.years.map((word, year) =>
          asked(String(at(row, year)), `${row.label}　${word}发现`, 'foundCount', given.days?.[year], {
            village: row.id === 'none' ? null : row.id,
          }),
        ),
      ]),
      totals: [
        '合计',
        ...given.years.map((_, year) => String(given.rows.reduce((sum, row) => sum + at(row, year), 0))),
      ],
    },
    {
      type: 'chart',
      id: 'villageYears',
      shape: 'groups',
      unit: '项',
      caption: w.chart(`${cut ? `发现最多的${most}个` : '各'}村居历年发现问题数${sameDays(w)}`),
      categories: charted.map((row) => row.label),
      series: given.years.map((year, index) => ({
        name: year,
        values: charted.map((row) => at(row, index)),
        meaning: 'year',
      })),
      description: `条形图，各村居历年发现问题数：${charted.map(told).join('；')}。`,
    },
  ];
}
