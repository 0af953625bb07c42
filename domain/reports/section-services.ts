// Sections 专项任务, 原因分析, 工作建议 and 下阶段计划.
import { said, sentence, textParagraph, type Block } from './blocks.ts';
import { dayLine, orDash, withoutStop } from './words.ts';
import type { Writer } from './writer.ts';

/** Builds section 专项任务完成情况. */
export function tasksSection(w: Writer): Block[] {
  const rows = w.f.tasks ?? [];
  if (rows.length === 0) return [textParagraph('本期无专项任务。')];
  return [
    ...said(
      sentence(w.f.figures, '', [
        '专项任务派发{taskDispatched}项',
        '完成率{taskCompletion}（{taskCompletion:n}/{taskCompletion:d}）',
      ]),
    ),
    {
      type: 'table',
      id: 'tasks',
      caption: w.table(`专项任务完成情况（${w.asOf}）`),
      columns: [
        { heading: '专项任务', weight: 5 },
        { heading: '下达单位', weight: 3 },
        { heading: '派发', weight: 1.6, align: 'center' },
        { heading: '完成', weight: 1.6, align: 'center' },
        { heading: '完成率', weight: 2, align: 'center' },
        { heading: '要求时限', weight: 2.6, align: 'center' },
        { heading: '状态', weight: 2, align: 'center' },
      ],
      rows: rows.map((row) => [
        row.title,
        orDash(row.issuer),
        String(row.dispatched),
        String(row.done),
        row.rate,
        dayLine(row.dueDate),
        row.state,
      ]),
    },
  ];
}

const numbered = (lines: readonly string[]): Block[] =>
  lines.length === 1
    ? lines.map((line) => textParagraph(`${withoutStop(line)}。`))
    : lines.map((line, index) =>
        textParagraph(`${index + 1}.${withoutStop(line)}${index === lines.length - 1 ? '。' : '；'}`),
      );

/** Builds section 存在问题与原因分析. */
export function causesSection(w: Writer): Block[] {
  const lines = (w.f.causes ?? []).filter((line) => line.trim() !== '');
  return numbered(lines);
}

/** Builds section 工作建议. */
export function adviceSection(w: Writer): Block[] {
  const lines = (w.f.advice ?? []).filter((line) => line.trim() !== '');
  return numbered(lines);
}

/** Builds section 下阶段计划. */
export function planSection(w: Writer): Block[] {
  const lines = w.f.plan.filter((line) => line.trim() !== '');
  return lines.length === 0 ? [textParagraph('下阶段计划待补充。')] : numbered(lines);
}
