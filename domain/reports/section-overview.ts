// Section 工作概况: what was done in the period, the standard sentence as of the day, and the main figures of both.
import { fullCell, paragraph, sentence, textParagraph, type Block, type Cell } from './blocks.ts';
import { inAct } from '../projects/act.ts';
import type { FigureCode } from './figures.ts';
import { reportCodes } from '../statistics/report-codes.ts';
import { cohortText, isZero, NOTHING_FOUND, type Writer } from './writer.ts';
import { orDash } from './words.ts';

/** Builds section 工作概况. */
export function overviewSection(w: Writer): Block[] {
  const blocks: Block[] = [];
  const add = (spans: ReturnType<typeof sentence>): void => {
    if (spans.length > 0) blocks.push(paragraph(spans));
  };
  if (w.f.scope) blocks.push(textParagraph(`本报告统计范围：${w.f.scope}。`));
  if (w.year) add(periodSentence(w));
  add(standardSentence(w));
  if (!w.year) add(sentence(w.f.figures, w.period, [...struckOff(w), ...atNight(w)]));
  add(sentence(w.f.figures, '', openClauses(w)));
  if (!isZero(w, 'openOfEarlierYears'))
    add(
      sentence(w.f.figures, '', [
        '另有往年未销号{openOfEarlierYears}项，不计入以上各项，名单见“往年未销号”',
        '连同往年的，未销号合计{openInAll}项',
      ]),
    );
  blocks.push(...mainFigures(w), ...staffDays(w));
  if (w.f.kind === 'year' && w.f.fulfilment) blocks.push(...fulfilment(w));
  return blocks;
}

const struckOff = (w: Writer): string[] => {
  const earlier = w.f.figures.periodClosedEarlier && !isZero(w, 'periodClosedEarlier');
  return [`销号{periodClosedCount}项${earlier ? '（含此前发现的{periodClosedEarlier}项）' : ''}`];
};
const atNight = (w: Writer): string[] =>
  isZero(w, 'periodNightVisits') ? [] : [inAct('夜间巡查{periodNightVisits}次', w.f.act)];

/** What was done in the period, where the standard sentence speaks of more than it. */
function periodSentence(w: Writer): ReturnType<typeof sentence> {
  const nothing = isZero(w, 'periodFoundCount');
  const night = w.f.figures.periodNightVisits && !isZero(w, 'periodNightVisits');
  const period = sentence(w.f.figures, w.period, [
    `检查企业{periodVisitedEnterprises}家、{periodVisitCount}家次${night ? inAct('（其中夜间巡查{periodNightVisits}次）', w.f.act) : ''}`,
    ...(nothing ? [] : ['发现问题{periodFoundCount}项']),
    ...struckOff(w),
  ]);
  return period.length > 0 && nothing ? [...period, { text: NOTHING_FOUND }] : period;
}

/** What is left of the findings of the standard sentence. */
function openClauses(w: Writer): string[] {
  if (isZero(w, 'foundCount')) return [];
  return [
    '未完成整改{unrectified}项（其中逾期{overdueCount}项）',
    ...(isZero(w, 'sourceRemovedCount') ? [] : ['因企业关停、搬迁消除污染源{sourceRemovedCount}项另列']),
  ];
}

/**
 * The standard sentence of domain reference 5.5: 截至…，共检查企业…家、…家次，发现问题…项，已完成整改…项，整改率…。
 * With nothing found, its second half is the zero variant.
 */
export function standardSentence(w: Writer): ReturnType<typeof sentence> {
  const lead = `${w.asOf}，${w.f.cumulative?.label ?? ''}`;
  const visits = '共检查企业{visitedEnterprises}家、{visitCount}家次';
  if (isZero(w, 'foundCount')) {
    const spans = sentence(w.f.figures, lead, [visits]);
    const nothing = w.f.cumulative ? `${w.f.cumulative.label}未发现问题。` : NOTHING_FOUND;
    return spans.length > 0 ? [...spans.slice(0, -1), { text: `，${nothing}` }] : [{ text: `${w.asOf}，${nothing}` }];
  }
  return sentence(w.f.figures, lead, [
    visits,
    '发现问题{foundCount}项',
    '已完成整改{rectifiedCount}项',
    '整改率{rectificationRate}',
  ]);
}

/** What the table of main figures names, by the code of the year to date. */
const MAIN: readonly FigureCode[] = [
  'visitedEnterprises',
  'visitCount',
  'coverageRate',
  'foundCount',
  'rectifiedCount',
  'unrectified',
  'overdueCount',
  'rectificationRate',
  'onTimeRate',
  'returnRate',
  'recurrenceRate',
  'enterpriseRectificationRate',
  'immediateShare',
  'staffDays',
];

/** The main figures, of the period and of the year side by side. */
function mainFigures(w: Writer): Block[] {
  const { figures } = w.f;
  if (isZero(w, 'foundCount') && !figures.staffDays && !figures.coverageRate) return [];
  const rows = MAIN.flatMap((year): Cell[][] => {
    const period = reportCodes({ year })?.period ?? year;
    const known = figures[year] ?? figures[period];
    if (!known) return [];
    const cells = [...(w.year ? [fullCell(figures, period)] : []), fullCell(figures, year)];
    return [[`${known.label.replace(/^本期/, '')}${known.unit === '%' ? '' : `（${known.unit}）`}`, ...cells]];
  });
  if (rows.length === 0) return [];
  const heads = w.year ? [w.period, w.year] : [w.f.period.label];
  return [
    {
      type: 'table',
      id: 'main',
      caption: w.table(`主要指标（${cohortText(w)}的状态）`),
      columns: [
        { heading: '指标', weight: 4 },
        ...heads.map((heading) => ({ heading, weight: 4, align: 'center' as const })),
      ],
      rows,
    },
  ];
}

/** Person-days of each person, behind the sum in the table of main figures. */
function staffDays(w: Writer): Block[] {
  const rows = w.f.staffDays ?? [];
  if (rows.length === 0) return [];
  const sum = (of: 'period' | 'year'): string => String(rows.reduce((total, row) => total + row[of], 0));
  return [
    {
      type: 'table',
      id: 'staffDays',
      caption: w.table(`投入人日（${inAct('巡查', w.f.act)}、培训、信访，同一人同一天计一日，${w.asOf}）`),
      columns: [
        { heading: '人员', weight: 4, align: 'center' },
        ...(w.year ? [{ heading: `${w.period}（人日）`, weight: 3, align: 'center' as const }] : []),
        { heading: `${w.year ?? w.f.period.label}（人日）`, weight: 3, align: 'center' },
      ],
      rows: rows.map((row) => [row.name, ...(w.year ? [String(row.period)] : []), String(row.year)]),
      totals: ['合计', ...(w.year ? [sum('period')] : []), sum('year')],
    },
  ];
}

function fulfilment(w: Writer): Block[] {
  const rows = w.f.fulfilment ?? [];
  if (rows.length === 0) return [textParagraph('合同任务暂未录入。')];
  return [
    {
      type: 'table',
      id: 'fulfilment',
      caption: w.table('合同任务完成情况'),
      columns: [
        { heading: '任务', weight: 5 },
        { heading: '合同要求', weight: 3 },
        { heading: '完成情况', weight: 3 },
        { heading: '佐证材料', weight: 4 },
      ],
      rows: rows.map((row) => [row.task, row.contracted, row.done, orDash(row.evidence)]),
    },
  ];
}
