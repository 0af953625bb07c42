// Section 培训与咨询 of the reports.
import { textParagraph, type Block } from '../reports/blocks.ts';
import { defineSection, LONGER_REPORTS, saidOfBoth } from '../reports/section.ts';
import { dayLine, orDash } from '../reports/words.ts';
import type { Writer } from '../reports/writer.ts';

function blocks(w: Writer): Block[] {
  const rows = w.f.trainings ?? [];
  const printed: Block[] = [];
  const told = saidOfBoth(w, [
    '组织培训{trainingCount}场、{trainingPersonTimes}人次',
    '培训覆盖率{trainingCoverage}（{trainingCoverage:n}/{trainingCoverage:d}）',
  ]);
  if (rows.length === 0) printed.push(textParagraph('本期未组织培训。'), ...(w.year ? told.slice(1) : []));
  else {
    printed.push(
      ...told,
      ...w.list('培训情况', '场', {
        id: 'trainings',
        columns: [
          { heading: '序号', weight: 1.3, align: 'center' },
          { heading: '培训主题', weight: 5 },
          { heading: '日期', weight: 2.6, align: 'center' },
          { heading: '地点', weight: 3 },
          { heading: '对象', weight: 2.6, align: 'center' },
          { heading: '应到/实到\n（家）', weight: 2.4, align: 'center' },
          { heading: '人次', weight: 1.5, align: 'center' },
        ],
        rows: rows.map((row, index) => [
          String(index + 1),
          row.kind ? `${row.title}（${row.kind}）` : row.title,
          dayLine(row.date),
          orDash(row.place),
          orDash(row.audience),
          // One for village officers expects no enterprise.
          row.invited || row.attended ? `${orDash(row.invited)}/${orDash(row.attended)}` : '－',
          orDash(row.persons),
        ]),
      }),
    );
  }
  printed.push(
    ...saidOfBoth(w, [
      '答复咨询{consultationCount}次',
      '答复率{consultationAnswerRate}（{consultationAnswerRate:n}/{consultationAnswerRate:d}）',
    ]),
  );
  return printed;
}

export const trainingReportSection = defineSection({
  id: 'training',
  title: '培训与咨询',
  kinds: LONGER_REPORTS,
  order: 60,
  lacking: '还没有登记过培训和咨询',
  has: (f) => f.trainings !== undefined,
  blocks,
});
