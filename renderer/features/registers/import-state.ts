// One import from the dropped files to the result; kept while one looks at other pages.
import { reactive } from 'vue';
import type {
  FileSeen,
  ImportOptions,
  ImportPreview,
  LedgersPreview,
  LedgersTaken,
} from '../../../contract/registers.ts';

export type ImportStep = 'files' | 'columns' | 'review' | 'headings' | 'ledgers' | 'done';

/** Which rows the review shows. */
export type Show =
  'attention' | 'all' | 'created' | 'updated' | 'unchanged' | 'joined' | 'duplicate' | 'rejected' | 'waiting';

/** What came of it. */
export interface ImportResult {
  runId: string;
  actionId: string;
  totals: ImportPreview['totals'];
  report: Pick<ImportPreview, 'objectKinds'>;
  undone: boolean;
}

/** A ledger that was taken in. */
export type LedgerTaken = LedgersTaken & { undone: boolean };

/** State of the wizard. */
export const importState = reactive({
  step: 'files' as ImportStep,
  uploads: [] as { id: string; name: string; size: number }[],
  options: {} as ImportOptions,
  preview: null as ImportPreview | null,
  /** What each file is, in the order in which they are taken in. */
  seen: [] as FileSeen[],
  /** What the ledgers among the files would do that are not taken in yet. */
  ledgers: null as LedgersPreview | null,
  /** What those did that are, by file. */
  taken: {} as Record<string, LedgerTaken>,
  /** Why a file was not taken in, by file. */
  refusals: {} as Record<string, string>,
  /** The ledger that one looks at. */
  file: null as string | null,
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
    seen: [],
    ledgers: null,
    taken: {},
    refusals: {},
    file: null,
    result: null,
    failure: null,
    show: 'attention',
    sheet: null,
  });
}
