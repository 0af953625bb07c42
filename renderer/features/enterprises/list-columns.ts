// Columns of the enterprise list; labels come from the dictionary where it has the field.
import { entityNamed } from '../../../domain/entities.ts';
import type { Column } from '../../components/column-store.ts';
import { fieldLabel } from '../../components/record-fields.ts';

const own = (field: string) => fieldLabel('enterprise', field);

/** All columns, the standard ones first. */
export const ENTERPRISE_COLUMNS: readonly Column[] = [
  { key: 'name', label: own('name'), width: 'minmax(220px,1fr)', sortable: true, fixed: true },
  { key: 'creditCode', label: own('creditCode'), width: 166, sortable: true },
  { key: 'objectKind', label: own('objectKind'), width: 92, sortable: true },
  { key: 'industryCode', label: '行业', width: 66, sortable: true },
  { key: 'operatingStatus', label: own('operatingStatus'), width: 84, sortable: true },
  { key: 'overallRisk', label: '综合风险', width: 76 },
  { key: 'permitValidTo', label: '排污许可 · 有效期至', width: 176, sortable: true },
  { key: 'completeness', label: own('completeness'), width: 100, align: 'right', sortable: true },
  { key: 'openFindings', label: '未销号', width: 74, align: 'right', sortable: true },
  { key: 'lastVisitDate', label: '最近检查', width: 100, align: 'right', sortable: true },
  { key: 'villageName', label: own('villageId'), width: 96, sortable: true, hidden: true },
  { key: 'townName', label: own('townId'), width: 96, hidden: true },
  { key: 'parkName', label: own('parkId'), width: 110, hidden: true },
  { key: 'responsibleName', label: own('responsibleStaffId'), width: 84, sortable: true, hidden: true },
  { key: 'contactName', label: entityNamed('contact').label, width: 84, hidden: true },
  { key: 'contactPhone', label: fieldLabel('contact', 'mobile'), width: 116, hidden: true },
  { key: 'address', label: own('address'), width: 'minmax(180px,1fr)', hidden: true },
  { key: 'industryName', label: own('industryName'), width: 140, hidden: true },
  { key: 'shortName', label: own('shortName'), width: 110, hidden: true },
  { key: 'signName', label: own('signName'), width: 110, hidden: true },
  { key: 'siteNo', label: own('siteNo'), width: 72, hidden: true },
  { key: 'internalCode', label: own('internalCode'), width: 100, sortable: true, hidden: true },
];
