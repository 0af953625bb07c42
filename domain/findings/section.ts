// Sections of the reports that tell of findings.
import { defineSection, EVERY_REPORT, LONGER_REPORTS } from '../reports/section.ts';
import { casesSection } from './section-cases.ts';
import { findingsSection } from './section-findings.ts';
import { annexSection, attentionSection } from './section-lists.ts';

const ALWAYS = { lacking: '', has: () => true, kinds: EVERY_REPORT } as const;

export const FINDING_SECTIONS = [
  defineSection({ ...ALWAYS, id: 'findings', title: '问题发现与整改', order: 20, blocks: findingsSection }),
  defineSection({ ...ALWAYS, id: 'attention', title: '重点问题与逾期清单', order: 30, blocks: attentionSection }),
  defineSection({
    id: 'cases',
    title: '典型案例',
    kinds: LONGER_REPORTS,
    order: 100,
    lacking: '还没有选取典型案例',
    has: (f) => (f.cases ?? []).length > 0,
    blocks: casesSection,
  }),
  defineSection({ ...ALWAYS, id: 'annex', title: '问题清单', order: 900, annex: true, blocks: annexSection }),
];
