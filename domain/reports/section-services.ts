// Sections 专项任务, 信访处置, 培训与咨询, 档案建设, 标签变化, 原因分析, 工作建议 and 下阶段计划.
import { paragraph, sentence, textParagraph, type Block, type Span } from './blocks.ts';
import type { ChangeRow } from './figures.ts';
import { phoneText } from './masking.ts';
import { PERIOD_WORDS, type Writer } from './writer.ts';
import { dayCell, orDash, withoutStop } from './words.ts';

const said = (spans: Span[]): Block[] => (spans.length > 0 ? [paragraph(spans)] : []);

/** Builds section 专项任务完成情况. */
export function tasksSection(w: Writer): Block[] {
  const rows = w.f.tasks ?? [];
  if (rows.length === 0) return [textParagraph('本期无专项任务。')];
  return [
    ...said(sentence(w.f.figures, '', ['专项任务派发{taskDispatched}项', '完成率{taskCompletion}（{taskCompletion:n}/{taskCompletion:d}）'])),
    {
      type: 'table', id: 'tasks', caption: w.table(`专项任务完成情况（${w.asOf}）`),
      columns: [
        { heading: '专项任务', weight: 5 }, { heading: '下达单位', weight: 3 }, { heading: '派发', weight: 1.6, align: 'center' },
        { heading: '完成', weight: 1.6, align: 'center' }, { heading: '完成率', weight: 2, align: 'center' },
        { heading: '要求时限', weight: 2.6, align: 'center' }, { heading: '状态', weight: 2, align: 'center' },
      ],
      rows: rows.map((row) => [
        row.title, orDash(row.issuer), String(row.dispatched), String(row.done), row.rate, dayCell(row.dueDate), row.state,
      ]),
    },
  ];
}

/** Builds section 信访处置. Complainants are never printed (domain reference 3.6). */
export function complaintsSection(w: Writer): Block[] {
  const rows = w.f.complaints ?? [];
  if (rows.length === 0) return [textParagraph('本期未收到信访件。')];
  return [
    ...said(sentence(w.f.figures, PERIOD_WORDS[w.f.kind], [
      '收到信访{complaintCount}件', '办结率{complaintClosingRate}（{complaintClosingRate:n}/{complaintClosingRate:d}）',
      '重复信访率{complaintRepeatRate}（{complaintRepeatRate:n}/{complaintRepeatRate:d}）',
    ])),
    {
      type: 'table', id: 'complaints', caption: w.table('信访处置情况'),
      columns: [
        { heading: '编号', weight: 2.4, align: 'center' }, { heading: '受理日期', weight: 2.4, align: 'center' }, { heading: '来源', weight: 2, align: 'center' },
        { heading: '类别', weight: 2, align: 'center' }, { heading: '涉及单位', weight: 3 }, { heading: '内容', weight: 5 }, { heading: '状态', weight: 1.8, align: 'center' },
      ],
      rows: rows.map((row) => [
        row.no, dayCell(row.receivedDate), orDash(row.source), orDash(row.medium), orDash(row.respondent),
        row.content ? phoneText(row.content, w.contacts) : '－', row.state,
      ]),
    },
  ];
}

/** Builds section 培训与咨询. */
export function trainingSection(w: Writer): Block[] {
  const rows = w.f.trainings ?? [];
  const blocks: Block[] = [];
  if (rows.length === 0) blocks.push(textParagraph('本期未组织培训。'));
  else {
    blocks.push(...said(sentence(w.f.figures, PERIOD_WORDS[w.f.kind], [
      '组织培训{trainingCount}场、{trainingPersonTimes}人次', '培训覆盖率{trainingCoverage}（{trainingCoverage:n}/{trainingCoverage:d}）',
    ])), {
      type: 'table', id: 'trainings', caption: w.table('培训情况'),
      columns: [
        { heading: '序号', weight: 1.3, align: 'center' }, { heading: '培训主题', weight: 5 }, { heading: '日期', weight: 2.6, align: 'center' },
        { heading: '地点', weight: 3 }, { heading: '对象', weight: 2.6, align: 'center' }, { heading: '应到/实到\n（家）', weight: 2.4, align: 'center' },
        { heading: '人次', weight: 1.5, align: 'center' },
      ],
      rows: rows.map((row, index) => [
        String(index + 1), row.kind ? `${row.title}（${row.kind}）` : row.title, dayCell(row.date), orDash(row.place), orDash(row.audience),
        `${orDash(row.invited)}/${orDash(row.attended)}`, orDash(row.persons),
      ]),
    });
  }
  blocks.push(...said(sentence(w.f.figures, '', [
    '答复咨询{consultationCount}次', '答复率{consultationAnswerRate}（{consultationAnswerRate:n}/{consultationAnswerRate:d}）',
  ])));
  return blocks;
}

/** Builds section 档案建设与数据更新. */
export function filesSection(w: Writer): Block[] {
  const rows = w.f.statusChanges ?? [];
  return [
    ...said(sentence(w.f.figures, `${w.asOf}，`, [
      '建档率{fileRate}（{fileRate:n}/{fileRate:d}）', '本期档案更新率{fileUpdateRate}（{fileUpdateRate:n}/{fileUpdateRate:d}）',
    ])),
    ...(rows.length === 0 ? [textParagraph('本期企业经营状态无变化。')] : [changeTable(w, 'statusChanges', '企业经营状态变化情况', rows)]),
  ];
}

/** Builds section 风险分级与标签变化. */
export function labelsSection(w: Writer): Block[] {
  const rows = w.f.labelChanges ?? [];
  return rows.length === 0 ? [textParagraph('本期分级与标签无变化。')] : [changeTable(w, 'labelChanges', '分级与标签变化情况', rows)];
}

function changeTable(w: Writer, id: string, caption: string, rows: readonly ChangeRow[]): Block {
  return {
    type: 'table', id, caption: w.table(caption),
    columns: [
      { heading: '序号', weight: 1.3, align: 'center' }, { heading: '村居', weight: 2.4, align: 'center' }, { heading: '企业名称', weight: 5 },
      { heading: '项目', weight: 2.6, align: 'center' }, { heading: '原', weight: 2, align: 'center' },
      { heading: '现', weight: 2, align: 'center' }, { heading: '日期', weight: 2.6, align: 'center' },
    ],
    rows: rows.map((row, index) => [
      String(index + 1), orDash(row.village), row.enterprise, row.what, orDash(row.from), orDash(row.to), dayCell(row.date),
    ]),
  };
}

const numbered = (lines: readonly string[]): Block[] => (lines.length === 1
  ? lines.map((line) => textParagraph(`${withoutStop(line)}。`))
  : lines.map((line, index) => textParagraph(`${index + 1}.${withoutStop(line)}${index === lines.length - 1 ? '。' : '；'}`)));

/** Builds section 存在问题与原因分析. */
export function causesSection(w: Writer): Block[] {
  const lines = (w.f.causes ?? []).filter((line) => line.trim() !== '');
  return lines.length === 0 ? [textParagraph('暂无补充说明。')] : numbered(lines);
}

/** Builds section 工作建议. */
export function adviceSection(w: Writer): Block[] {
  const lines = (w.f.advice ?? []).filter((line) => line.trim() !== '');
  return lines.length === 0 ? [textParagraph('暂无补充建议。')] : numbered(lines);
}

/** Builds section 下阶段计划. */
export function planSection(w: Writer): Block[] {
  const lines = w.f.plan.filter((line) => line.trim() !== '');
  return lines.length === 0 ? [textParagraph('下阶段计划待补充。')] : numbered(lines);
}
