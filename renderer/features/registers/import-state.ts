// One import from the dropped files to the result; kept while one looks at other pages.
import { reactive } from 'vue';
import type { ImportOptions, ImportPreview, LedgerDone, LedgersTaken } from '../../../contract/registers.ts';

export type ImportStep = 'files' | 'columns' | 'review' | 'ledgers' | 'done';

/** Which rows the review shows. */
export type Show = 'attention' | 'all' | 'created' | 'updated' | 'unchanged' | 'joined' | 'duplicate' | 'rejected';

/** What came of it. */
export interface ImportResult {
  runId: string;
  actionId: string;
  totals: ImportPreview['totals'];
  report: Pick<ImportPreview, 'objectKinds'>;
  undone: boolean;
}

/** State of the wizard. */
export const importState = reactive({
  step: 'files' as ImportStep,
  uploads: [] as { id: string; name: string; size: number }[],
  options: {} as ImportOptions,
  preview: null as ImportPreview | null,
  /** What the ledgers among the files would do. */
  ledgers: null as LedgerDone | null,
  /** What they did. */
  taken: null as (LedgersTaken & { undone: boolean }) | null,
  result: null as ImportResult | null,
  failure: null as string | null,
  show: 'attention' as Show,
  sheet: null as string | null,
});

/** Back to the beginning. */
export function resetImport(): void {
  Object.assign(importState, {
    step: 'files',
    uploads: [],
    options: {},
    preview: null,
    ledgers: null,
    taken: null,
    result: null,
    failure: null,
    show: 'attention',
    sheet: null,
  });
}
