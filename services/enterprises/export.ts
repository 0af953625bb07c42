// The enterprise list as an Excel sheet.
import { enterprise } from '../../domain/enterprises/entities.ts';
import { OBJECT_KINDS, OPERATING_STATUSES, LABEL_VALUES } from '../../domain/enterprises/vocabulary.ts';
import { PERMIT_CLASSES } from '../../domain/formalities/entities.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { EnterpriseListRow } from '../../contract/enterprises.ts';
import type { Sheet, SheetValue } from '../documents/index.ts';
import type { Context } from '../context.ts';
import { enterpriseClause, type EnterpriseConditions } from './filter.ts';
import { listRows } from './list.ts';

interface ExportColumn { heading: string; width: number; kind: 'text' | 'number' | 'day'; value(r: EnterpriseListRow): SheetValue }

const own = (field: keyof typeof enterprise.fields): string => metaOf(enterprise.fields[field]).label;
const column = (heading: string, width: number, value: (r: EnterpriseListRow) => SheetValue, kind: ExportColumn['kind'] = 'text'): ExportColumn => ({ heading, width, kind, value });

/** Columns of the export by the names of the list's columns. */
const COLUMNS: Readonly<Record<string, ExportColumn>> = {
  name: column(own('name'), 32, (r) => r.name), shortName: column(own('shortName'), 14, (r) => r.shortName), signName: column(own('signName'), 14, (r) => r.signName),
  creditCode: column(own('creditCode'), 22, (r) => r.creditCode ?? r.creditCodeQuarantine), internalCode: column(own('internalCode'), 18, (r) => r.internalCode),
  siteNo: column(own('siteNo'), 9, (r) => r.siteNo), objectKind: column(own('objectKind'), 12, (r) => labelOf(OBJECT_KINDS, r.objectKind)),
  industryCode: column(own('industryCode'), 9, (r) => r.industryCode), industryName: column(own('industryName'), 20, (r) => r.industryName),
  operatingStatus: column(own('operatingStatus'), 10, (r) => labelOf(OPERATING_STATUSES, r.operatingStatus)),
  overallRisk: column('综合风险', 9, (r) => (r.overallRisk ? labelOf(LABEL_VALUES, r.overallRisk) : '')), permitClass: column('排污许可', 10, (r) => (r.permitClass ? labelOf(PERMIT_CLASSES, r.permitClass) : '')),
  permitValidTo: column('许可有效期至', 13, (r) => r.permitValidTo, 'day'), completeness: column('档案完整度/%', 12, (r) => r.completeness, 'number'),
  openFindings: column('未销号', 8, (r) => r.openFindings, 'number'), overdueFindings: column('逾期', 8, (r) => r.overdueFindings, 'number'),
  lastVisitDate: column('最近检查', 12, (r) => r.lastVisitDate, 'day'), townName: column(own('townId'), 12, (r) => r.townName), villageName: column(own('villageId'), 14, (r) => r.villageName),
  parkName: column(own('parkId'), 14, (r) => r.parkName), address: column(own('address'), 36, (r) => r.address), responsibleName: column(own('responsibleStaffId'), 10, (r) => r.responsibleName),
  contactName: column('联系人', 10, (r) => r.contactName), contactPhone: column('联系电话', 16, (r) => r.contactPhone),
};

/** All rows of a filter with the chosen columns (all known ones when none is known). */
export async function exportEnterpriseList(ctx: Context, filter: EnterpriseConditions, columns: readonly string[]): Promise<Sheet> {
  const clause = enterpriseClause(filter, ctx.today());
  const rows = await listRows(ctx, clause.sql, clause.parameters, 'ORDER BY e.pinyin, e.id');
  const wanted = columns.filter((c) => c in COLUMNS);
  const chosen = (wanted.length > 0 ? wanted : Object.keys(COLUMNS)).map((c) => COLUMNS[c] as ExportColumn);
  return { name: '企业名单', columns: chosen.map(({ heading, width, kind }) => ({ heading, width, kind })), rows: rows.map((r) => chosen.map((c) => c.value(r))) };
}
