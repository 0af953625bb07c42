// Figures and the lists behind them as Excel sheets.
import type { Overview } from '../../contract/statistics.ts';
import { FINDING_CATEGORIES, HANDLING_CLASSES } from '../../domain/findings/vocabulary.ts';
import { FINDING_STATE_VOCABULARY } from '../../domain/findings/entities.ts';
import { VISIT_OUTCOMES } from '../../domain/visits/entities.ts';
import { OBJECT_KINDS, OPERATING_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { Sheet } from '../documents/index.ts';
import type { Context } from '../context.ts';
import { behind, type Drill } from './behind.ts';

const text = (heading: string, width = 14) => ({ heading, width, kind: 'text' as const });
const number = (heading: string, width = 10) => ({ heading, width, kind: 'number' as const });

/** The dashboard's figures with their definitions, and its tables. */
export function exportOverview(o: Overview): Sheet[] {
  const note = `统计期间 ${o.scope.from} 至 ${o.scope.to}，截至 ${o.scope.asOf}`;
  return [
    { name: '指标', columns: [text('指标', 18), text('数值', 12), number('分子'), number('分母'), text('单位', 8), text('口径', 60)], rows: [...Object.values(o.figures).map((f) => [f.label, f.printed, f.numerator, f.denominator, f.unit, f.definition]), ['说明', '', null, null, '', note]] },
    { name: '村居', columns: [text('村居', 16), number('企业'), number('已查'), text('覆盖率', 10), number('发现'), number('已销号'), number('未销号'), number('逾期'), text('整改率', 10), text('村环保干部', 12)], rows: [...o.byVillage, o.total].map((v) => [v.name, v.enterprises, v.visited, v.coverage, v.found, v.closed, v.open, v.overdue, v.rate, v.officer]) },
    { name: '问题类别', columns: [text('类别', 20), number('发现'), number('已销号'), number('未销号'), number('涉及企业')], rows: o.byCategory.map((c) => [labelOf(FINDING_CATEGORIES, c.category), c.found, c.closed, c.open, c.enterprises]) },
    { name: '月度', columns: [text('月份', 10), number('发现'), number('销号'), number('月末未销号', 12)], rows: o.byMonth.map((m) => [m.month, m.found, m.closed, m.openAtEnd]) },
  ];
}

const EVERYTHING = { offset: 0, limit: 100_000 };

/** The list behind a number. */
export async function exportBehind(ctx: Context, d: Drill): Promise<Sheet> {
  const result = await behind(ctx, d, EVERYTHING);
  if (result.entity === 'finding') {
    return { name: '问题', columns: [text('编号', 18), text('村居'), text('企业', 28), text('发现日期', 12), text('类别'), text('处理类别', 10), text('问题', 50), text('责任人', 10), text('时限', 12), text('状态', 10)], rows: result.rows.map((r) => [r.no, r.villageName, r.enterpriseName, r.foundDate, labelOf(FINDING_CATEGORIES, r.category), labelOf(HANDLING_CLASSES, r.handlingClass), r.description, r.responsiblePerson, r.deadline, labelOf(FINDING_STATE_VOCABULARY, r.status)]) };
  }
  if (result.entity === 'enterprise') {
    return { name: '企业', columns: [text('单位名称', 30), text('信用代码', 22), text('村居'), text('对象类型', 10), text('经营状态', 10), text('最近检查', 12)], rows: result.rows.map((r) => [r.name, r.creditCode, r.villageName, labelOf(OBJECT_KINDS, r.objectKind), labelOf(OPERATING_STATUSES, r.operatingStatus), r.lastVisitDate]) };
  }
  return { name: '检查', columns: [text('编号', 18), text('日期', 12), text('企业', 30), text('村居'), text('结果', 10), text('检查人员', 20)], rows: result.rows.map((r) => [r.no, r.date, r.enterpriseName, r.villageName, r.outcome ? labelOf(VISIT_OUTCOMES, r.outcome) : '', r.staffNames]) };
}
