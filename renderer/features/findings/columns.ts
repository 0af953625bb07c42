// Columns of the finding list; their labels are those of the dictionary.
import type { Column } from '../../components/column-store.ts';
import { fieldLabel } from '../../components/record-fields.ts';

const of = (field: string): string => fieldLabel('finding', field);

export const FINDING_COLUMNS: readonly Column[] = [
  { key: 'status', label: of('status'), width: 88, sortable: true, fixed: true },
  { key: 'enterpriseName', label: of('enterpriseId'), width: 'minmax(172px,1.3fr)', sortable: true },
  { key: 'description', label: of('description'), width: 'minmax(220px,2.4fr)' },
  { key: 'villageName', label: '村居', width: 84, sortable: true },
  { key: 'category', label: of('category'), width: 112, sortable: true },
  { key: 'handlingClass', label: of('handlingClass'), width: 84, sortable: true },
  { key: 'deadline', label: of('deadline'), width: 112, sortable: true },
  { key: 'responsiblePerson', label: of('responsiblePerson'), width: 76 },
  { key: 'foundDate', label: of('foundDate'), width: 84, sortable: true },
  { key: 'no', label: of('no'), width: 132, sortable: true },
  { key: 'roundName', label: of('roundId'), width: 120, hidden: true },
  { key: 'lastFollowUp', label: '最近跟踪', width: 100, hidden: true },
  { key: 'nextFollowUp', label: '下次跟踪', width: 100, hidden: true },
  { key: 'closedDate', label: of('closedDate'), width: 100, sortable: true, hidden: true },
  { key: 'extensionCount', label: of('extensionCount'), width: 84, align: 'right', hidden: true },
  { key: 'returnCount', label: of('returnCount'), width: 84, align: 'right', hidden: true },
];
