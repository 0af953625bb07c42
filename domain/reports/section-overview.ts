// Section 工作概况: what was done in the period, and the standard sentence as of the day.
import { paragraph, sentence, textParagraph, type Block } from './blocks.ts';
import type { FigureCode } from './figures.ts';
import { PERIOD_WORDS, type Writer } from './writer.ts';
import { orDash } from './words.ts';

/** Zero-found variant of domain reference 5.5. */
export const NOTHING_FOUND = '本期未发现问题。';

/** Builds section 工作概况. */
export function overviewSection(w: Writer): Block[] {
  const { figures } = w.f;
  const blocks: Block[] = [];
  const add = (spans: ReturnType<typeof sentence>): void => {
    if (spans.length > 0) blocks.push(paragraph(spans));
  };
  if (w.f.scope) blocks.push(textParagraph(`本报告统计范围：${w.f.scope}。`));

  const period = sentence(figures, PERIOD_WORDS[w.f.kind], [
    '检查企业{periodVisitedEnterprises}家、{periodVisitCount}家次',
    ...(isZero(w, 'periodFoundCount') ? [] : ['发现问题{periodFoundCount}项']),
    `销号{periodClosedCount}项${w.f.figures.periodClosedEarlier && !isZero(w, 'periodClosedEarlier') ? '（含此前发现的{periodClosedEarlier}项）' : ''}`,
    ...(isZero(w, 'periodNightVisits') ? [] : ['其中夜间巡查{periodNightVisits}次']),
  ]);
  if (period.length > 0 && isZero(w, 'periodFoundCount')) period.push({ text: NOTHING_FOUND });
  add(period);
  add(standardSentence(w));
  add(sentence(figures, '', [
    '未完成整改{unrectified}项',
    '其中逾期{overdueCount}项',
    ...(isZero(w, 'sourceRemovedCount') ? [] : ['因企业关停、搬迁消除污染源{sourceRemovedCount}项另列']),
  ]));
  add(sentence(figures, '', [
    '巡查覆盖率{coverageRate}（已检查{coverageRate:n}家，应检查{coverageRate:d}家）',
    '投入{staffDays}人日',
  ]));
  if (w.f.kind === 'year' && w.f.fulfilment) blocks.push(...fulfilment(w));
  return blocks;
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
    visits, '发现问题{foundCount}项', '已完成整改{rectifiedCount}项', '整改率{rectificationRate}',
  ]);
}

/** Whether a figure is given and counts nothing. */
export function isZero(w: Writer, code: FigureCode): boolean {
  return w.f.figures[code]?.numerator === 0;
}

function fulfilment(w: Writer): Block[] {
  const rows = w.f.fulfilment ?? [];
  if (rows.length === 0) return [textParagraph('合同任务暂未录入。')];
  return [{
    type: 'table', id: 'fulfilment', caption: w.table('合同任务完成情况'),
    columns: [
      { heading: '任务', weight: 5 }, { heading: '合同要求', weight: 3 },
      { heading: '完成情况', weight: 3 }, { heading: '佐证材料', weight: 4 },
    ],
    rows: rows.map((row) => [row.task, row.contracted, row.done, orDash(row.evidence)]),
  }];
}
