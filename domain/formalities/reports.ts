// Reports on a permit that are due again and again: their days stand on the permit and are entered, never guessed (domain reference 2.5).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, reference, text } from '../dictionary/field.ts';
import { defineTodayRule, redAfter } from '../dictionary/today.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
import { OF_ENTERPRISE_IN_SCOPE } from '../enterprises/vocabulary.ts';

/** Reports that are due this soon are announced. */
const DUE_HORIZON_DAYS = 30;

export const REPORT_KINDS = vocabulary(
  { annual: '年报', quarterly: '季报', monthly: '月报' },
  { annual: '年度执行报告 年度', quarterly: '季度执行报告 季度', monthly: '月度执行报告 月度' },
);

export const executionReport = defineEntity({
  name: 'executionReport',
  label: '执行报告',
  ...ofEnterprise,
  title: 'period',
  scanned: [
    {
      id: 'execution_report',
      label: '执行报告',
      words: ['排污许可证执行报告', '排污许可执行报告', '许可证执行报告', '年度执行报告', '季度执行报告'],
      byNumber: true,
    },
  ],
  today: [
    defineTodayRule({
      id: 'executionReportDue',
      of: 'executionReport',
      title: '执行报告',
      rule: `排污许可执行报告 ${DUE_HORIZON_DAYS} 天内到期或已过期，还没有提交`,
      where: [
        { field: 'submittedDate', op: 'empty' },
        { field: 'dueDate', op: 'le', value: { today: DUE_HORIZON_DAYS } },
        OF_ENTERPRISE_IN_SCOPE,
      ],
      day: 'dueDate',
      text: '{period}执行报告（{dueDate} 前提交）',
      why: '许可证载明的提交日期',
      enterprise: 'enterpriseId',
      owner: 'enterpriseId.responsibleStaffId',
      severity: 'watch',
      tone: 'amber',
      tones: redAfter('dueDate'),
      glyph: 'clock',
    }),
  ],
  facets: fileFacets({
    file: { tab: 'formalities', order: 4, count: true },
    dossier: { section: 'formalities', order: 4, by: 'dueDate' },
    attach: ['document', 'signed_paper'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    permitId: reference('permit', { label: '排污许可' }),
    kind: choice(REPORT_KINDS, { label: '类型', required: 'F', list: true }),
    period: text({ label: '报告期', required: 'F', max: 40, list: true, help: '如 2026 年、2026 年三季度' }),
    dueDate: day({ label: '应提交日期', level: 'must', list: true, help: '按许可证上写明的日期填' }),
    submittedDate: day({ label: '提交日期', level: 'must', happened: true, list: true }),
  },
  indexes: [['enterpriseId'], ['dueDate']],
});
