// Section 信访处置 of the reports (domain reference 5.5); who complained is never printed.
import { defineSection, LONGER_REPORTS } from '../reports/section.ts';

export const complaintReportSection = defineSection({
  id: 'complaints',
  title: '信访处置',
  kinds: LONGER_REPORTS,
  order: 50,
  lacking: '还没有登记过信访',
  caption: '信访处置情况',
  counted: '件',
  none: '本期未收到信访件。',
  clauses: [
    '收到信访{complaintCount}件，其中重复{complaintRepeats}件',
    '办结率{complaintClosingRate}（{complaintClosingRate:n}/{complaintClosingRate:d}）',
    '返潮率{complaintRelapseRate}（{complaintRelapseRate:n}/{complaintRelapseRate:d}）',
  ],
  rows: {
    of: 'complaint',
    day: 'receivedDate',
    columns: [
      { path: 'receivedDate', weight: 2.8, align: 'center' },
      { path: 'source', weight: 2.2, align: 'center' },
      { path: 'medium', weight: 2.2, align: 'center' },
      { path: 'content', weight: 5 },
      { path: 'enterpriseId', weight: 3.6 },
      { path: 'conclusion', weight: 2.4, align: 'center' },
      { path: 'state', weight: 2, align: 'center' },
    ],
  },
});
