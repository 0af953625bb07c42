// Register import: upload, preview, decide, apply, report.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { KindCounts } from '../domain/registers/kind-text.ts';
import type { EntityCounts } from '../domain/registers/ledgers/counts.ts';
import { base, id, page, uploadId, type FileLink, type Page, type Started } from './shared.ts';

/** Choices that hold for the whole import. */
export const importOptions = z.object({
  townName: z.string().max(60).nullable().default(null),
  objectKind: z.string().max(30).nullable().default(null),
  coordinateSystem: z.string().max(20).nullable().default(null),
  blankOverwrites: z.boolean().default(false),
  /** What the list says counts as verified on the day of the import. */
  verifies: z.boolean().default(false),
  /** Profile of the ledger: its headings, words and defaults are used. */
  profile: z.string().max(40).nullable().default(null),
  sheets: z.array(z.string().max(200)).max(200).nullable().default(null),
  /** Corrections of the recognised columns: sheet, column index, `entity.field` or null for "do not import". */
  mapping: z
    .array(
      z.object({
        /** Of several files the one that is meant; null: any. */
        file: z.string().max(260).nullable().default(null),
        sheet: z.string().max(200),
        column: z.int().min(0),
        target: z.string().max(80).nullable(),
      }),
    )
    .max(2000)
    .default([]),
  /** Sheets whose columns are kept as a profile of the client, under this name. */
  keepAs: z
    .array(
      z.object({
        file: z.string().max(260).nullable().default(null),
        sheet: z.string().max(200),
        name: z.string().trim().min(1).max(60),
      }),
    )
    .max(200)
    .default([]),
});
export type ImportOptions = z.input<typeof importOptions>;

/** How a column was recognised; `stem`: by what its heading comes from, `profile`: by the profile of the ledger. */
export interface ColumnMatch {
  index: number;
  letter: string;
  heading: string;
  target: string | null;
  targetLabel: string | null;
  how: 'exact' | 'synonym' | 'stem' | 'contains' | 'values' | 'profile' | 'remembered' | 'chosen' | 'ignored' | 'none';
  samples: string[];
  /** What the profile takes an unrecognised column for: a person confirms it before it is used. */
  proposed: string | null;
  proposedLabel: string | null;
  /** The field is a guess that a person has not confirmed. */
  guessed: boolean;
}

/**
 * The row equation of one sheet: rows = created + updated + unchanged + rejected + joined (rows that add to the
 * enterprise of an earlier one).
 */
export interface SheetSummary {
  name: string;
  headerRow: number;
  headerRows: number;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  duplicates: number;
  rejected: number;
  joined: number;
  warnings: Record<string, number>;
  unmapped: string[];
  /** Unmapped columns that the profile has a guess for: heading and field. */
  proposed: string[];
  columns: ColumnMatch[];
  hiddenRows: number;
  droppedTotals: number;
  droppedBlank: number;
  droppedNotes: number;
  /** Rows above the headings that look like data: not taken. */
  rowsAbove: number;
  skipped: string | null;
  /** Profile of the office by which it was understood. */
  own: string | null;
}

export interface ImportPreview {
  previewId: string;
  files: { name: string; format: string; encoding: string | null }[];
  sheets: SheetSummary[];
  totals: {
    rows: number;
    created: number;
    updated: number;
    unchanged: number;
    duplicates: number;
    rejected: number;
    joined: number;
    undecided: number;
    /** Rows with a proposal that nobody has taken yet. */
    proposals: number;
    other: number;
    /** Rows above the headings that look like data. */
    above: number;
    /** Rows with a name that another source gives: it waits for a decision. */
    waiting: number;
    /** New enterprises whose code is wrong, and those without one. */
    codesInDoubt: number;
    withoutCode: number;
  };
  objectKinds: KindCounts;
  /** Profiles that may be chosen, and the one that the headings look like. */
  profiles: { id: string; name: string; source: string; warnings: string[] }[];
  likelyProfile: string | null;
  targets: { target: string; label: string; group: string }[];
  options: z.infer<typeof importOptions>;
  alreadyImported: string | null;
}

/** What one row will do. */
export interface PreviewRow {
  key: number;
  sheet: string;
  rowNumber: number;
  result: 'created' | 'updated' | 'unchanged' | 'joined' | 'rejected' | 'waiting';
  duplicate: boolean;
  duplicateOf: { id: string; name: string; reason: string } | null;
  name: string;
  creditCode: string;
  reason: string;
  /** From what the object kind was told, in words; null where it was said. */
  guess: string | null;
  /** Doubts: of which column, what it may be meant to say, and a code that a person may confirm from its paper. */
  warnings: { code: string; sentence: string; column?: number; proposal?: string; confirmable?: string }[];
  changes: {
    target: string;
    label: string;
    before: string | null;
    after: string | null;
    use: 'new' | 'old';
    note: string;
    /** A name of another source: the one on file stays until a person decides, now or later. */
    waits: boolean;
    /** There is nothing to choose: a blank is filled, or it is part of a new record. */
    fixed: boolean;
  }[];
  decision: 'default' | 'merge' | 'separate' | 'skip';
  cells: Record<string, string>;
  /**
   * Cells that may be mended while the row is refused or in doubt, or was before it was mended: heading, field, what
   * came and what stands there now.
   */
  mend: { column: number; heading: string; label: string | null; was: string; text: string }[];
  isMended: boolean;
}

/** A value that an import brought beside the one on file, and that waits for a person: whose it is, and by which row it came. */
export interface WaitingValue {
  id: string;
  enterpriseId: string;
  enterpriseName: string;
  /** The record and its field, and what people call the field. */
  recordId: string;
  field: string;
  label: string;
  ours: string;
  theirs: string;
  fileName: string;
  sheet: string;
  rowNumber: number;
}

/** A site that a row may be of. */
export interface SiteChoice {
  id: string;
  name: string;
  siteNo: string | null;
  address: string;
}

/** A row of a ledger that may be of several sites: it waits until a person says of which. */
export interface WaitingRow {
  id: string;
  /** What the row is about, in words. */
  says: string;
  kind: string | null;
  sites: SiteChoice[];
  fileName: string;
  sheet: string;
  rowNumber: number;
}

/** Values that were decided; to let those on file stay is nothing that could be taken back. */
export interface Settled {
  actionId: string | null;
  settled: number;
}

/** What a file is: a list of enterprises, or of what hangs on those on file. */
export type TableKind = 'register' | 'ledger';

/** A row that was not taken, or of which something is to be said, and why. */
export interface RowSaid {
  file: string;
  sheet: string;
  row: number;
  reason: string;
}

/** A value of a ledger that another source gave otherwise: it waits. */
export interface AskedValue {
  entity: string;
  file: string;
  sheet: string;
  row: number;
  field: string;
  label: string;
  /** Name of the enterprise. */
  who: string;
  ours: string;
  theirs: string;
}

/** A column that no field took: its cells stay with the rows of the import. `why`: the reason, where the content knows the column. */
export interface LeftColumn {
  heading: string;
  /** Cells that say something. */
  cells: number;
  why: string | null;
}

/** A column whose field is a guess: a person is asked about it once. */
export interface GuessedColumn {
  heading: string;
  target: string;
  label: string;
}

/** A file of an import with its sheets and counts by kind. */
export interface FileCounts {
  file: string;
  sheets: {
    name: string;
    kind: string | null;
    rows: number;
    hiddenRows: number;
    skipped: string | null;
    /** Columns that no field took. */
    left: LeftColumn[];
    guessed: GuessedColumn[];
    /** Name of the profile of the office by which it was understood. */
    own: string | null;
  }[];
  entities: EntityCounts[];
}

/** What ledgers do, or would do, to the enterprises on file. */
export interface LedgerDone {
  files: FileCounts[];
  entities: EntityCounts[];
  refused: RowSaid[];
  questions: AskedValue[];
  /** Cells that no field took, and records that something was lacking of. */
  notes: RowSaid[];
}

/** A sheet of a ledger with its columns as they were understood. */
export interface LedgerColumns {
  file: string;
  sheet: string;
  title: string;
  kind: string | null;
  rows: number;
  skipped: string | null;
  /** Name of the profile of the office by which it was understood. */
  own: string | null;
  columns: ColumnMatch[];
}

/** Ledgers as they were read, and what each would do; taken in one by one, in this order. */
export interface LedgersPreview extends LedgerDone {
  previewId: string;
  options: z.infer<typeof importOptions>;
  columns: LedgerColumns[];
  targets: ImportPreview['targets'];
}

/** A file as it was recognised, or why it can't be read. */
export interface FileSeen {
  file: string;
  kind: TableKind | null;
  failure: string | null;
}

/** Files as they were recognised, in the order in which they are taken in; what the ledgers among them would do. */
export interface FilesPreview {
  files: FileSeen[];
  ledgers: LedgersPreview | null;
}

/** A file of ledgers that was taken in. The lists hold no more than a window can show, the counts hold for all. */
export interface LedgersTaken extends LedgerDone {
  runId: string;
  actionId: string;
}

/** A heading of a profile. `target`: `entity.field`, null: not imported; `isGuess`: the program took it so, nobody said it. */
export interface ProfileHeadingRow {
  heading: string;
  target: string | null;
  label: string | null;
  isGuess: boolean;
}

/** What a word stands for in a field with choices. */
export interface ProfileWordRow {
  target: string;
  label: string;
  text: string;
  value: string;
  valueLabel: string;
}

/** A profile of the office, or one that comes with the program (`builtin`: to be read and copied). */
export interface ProfileRow {
  id: string;
  name: string;
  kind: TableKind;
  builtin: boolean;
  /** Whose lists it is for, in words. */
  client: string;
  source: string;
  headings: number;
  words: number;
}

/** A profile with all that it says. */
export interface ProfileShown extends ProfileRow {
  columns: ProfileHeadingRow[];
  wordRows: ProfileWordRow[];
}

/** Fields that a heading may be given, and the values of those with choices. */
export interface ProfileChoices {
  targets: ImportPreview['targets'];
  values: Record<string, { value: string; label: string }[]>;
}

/** Counts after a decision: of a register, or of ledgers. */
export interface Decided {
  totals: ImportPreview['totals'] | null;
  ledgers: LedgersPreview | null;
}

const uploads = z
  .array(z.object({ id: uploadId, name: z.string().max(260) }))
  .min(1)
  .max(50);

/** What became of a row that waited. */
export interface Answered {
  actionId: string | null;
  result: string;
  reason: string;
}

/** A profile as a person leaves it. */
export const profileInput = z.object({
  id: id.nullable(),
  name: z.string().trim().min(1).max(60),
  kind: z.enum(['register', 'ledger']),
  source: z.string().max(200).default(''),
  columns: z
    .array(
      z.object({
        heading: z.string().trim().min(1).max(200),
        target: z.string().max(80).nullable(),
        isGuess: z.boolean().default(false),
      }),
    )
    .max(500),
  words: z
    .array(
      z.object({
        target: z.string().max(80),
        text: z.string().trim().min(1).max(200),
        value: z.string().max(80),
      }),
    )
    .max(2000),
});
export type ProfileInput = z.infer<typeof profileInput>;

export const registers = {
  /** Says of each file what it is, and what the ledgers among them would do; writes nothing. Result of the job: FilesPreview. */
  recognise: base.input(z.object({ uploads, options: importOptions.prefault({}) })).output(typed<Started>()),
  /** The same ledgers with other columns, or beside what was written since. Result of the job: LedgersPreview. */
  relook: base.input(z.object({ previewId: z.string(), options: importOptions })).output(typed<Started>()),
  /** Takes one file of a preview of ledgers in, in an action of its own. Result of the job: LedgersTaken. */
  take: base.input(z.object({ previewId: z.string(), file: z.string().max(260) })).output(typed<Started>()),
  /** Reads, maps, matches; writes nothing. Result of the job: ImportPreview. */
  preview: base
    .input(
      z.object({
        uploads,
        options: importOptions.prefault({}),
      }),
    )
    .output(typed<Started>()),
  /** The same files with other options or mapping. Result of the job: ImportPreview. */
  repreview: base.input(z.object({ previewId: z.string(), options: importOptions })).output(typed<Started>()),
  rows: base
    .input(
      z.object({
        previewId: z.string(),
        show: z
          .enum(['attention', 'all', 'created', 'updated', 'unchanged', 'joined', 'duplicate', 'rejected', 'waiting'])
          .default('attention'),
        /** Of a preview of ledgers the file that is meant. */
        file: z.string().max(260).nullable().default(null),
        sheet: z.string().nullable().default(null),
        page: page.prefault({}),
      }),
    )
    .output(typed<Page<PreviewRow>>()),
  /** A decision on rows, of registers or ledgers: to leave them out, what to do with a suspected duplicate, which value to use. */
  decide: base
    .input(
      z.object({
        previewId: z.string(),
        keys: z.array(z.int()).min(1).max(50_000),
        decision: z.enum(['default', 'merge', 'separate', 'skip']).optional(),
        field: z.object({ target: z.string(), use: z.enum(['new', 'old']) }).optional(),
      }),
    )
    .output(typed<Decided>()),
  /** Other texts for cells of a refused row, which is matched again at once; no cells: as it came. */
  mend: base
    .input(
      z.object({
        previewId: z.string(),
        key: z.int(),
        cells: z.array(z.object({ column: z.int().min(0), text: z.string().max(2000) })).max(500),
        confirm: z.object({ code: z.string().max(40), from: z.string().trim().min(2).max(100) }).nullish(),
      }),
    )
    .output(typed<{ totals: ImportPreview['totals']; row: PreviewRow }>()),
  /** Takes what is proposed for cells, of all rows or of those named. */
  adopt: base
    .input(z.object({ previewId: z.string(), keys: z.array(z.int()).max(50_000).nullable().default(null) }))
    .output(typed<{ totals: ImportPreview['totals']; adopted: number }>()),
  /** Writes everything in one transaction. Result of the job: `{ runId, actionId, totals }`. */
  apply: base.input(z.object({ previewId: z.string() })).output(typed<Started>()),
  /** Values that wait, of all enterprises or of one; newest first. */
  waiting: base
    .input(z.object({ enterpriseId: id.nullable().default(null) }).prefault({}))
    .output(typed<WaitingValue[]>()),
  /** Decides values that wait, those named or all of them: the new one is taken, or the one on file stays for good. */
  settle: base
    .input(z.object({ ids: z.array(id).min(1).max(5000).nullable(), use: z.enum(['new', 'old']) }))
    .output(typed<Settled>()),
  /** Rows of ledgers that wait because two sites may be meant, newest first. */
  waitingRows: base.output(typed<WaitingRow[]>()),
  /** Says of which site such a row is, and takes it in; null: it is left out for good. */
  answer: base.input(z.object({ id, enterpriseId: id.nullable() })).output(typed<Answered>()),
  /** Profiles of the office and those that come with the program. */
  profiles: base.output(typed<ProfileRow[]>()),
  profile: base.input(z.object({ id: z.string().max(40) })).output(typed<ProfileShown>()),
  profileChoices: base.output(typed<ProfileChoices>()),
  /** Makes a profile, or changes one of the office. */
  saveProfile: base.input(profileInput).output(typed<{ id: string; actionId: string }>()),
  removeProfile: base.input(z.object({ id })).output(typed<{ actionId: string }>()),
  discard: base.input(z.object({ previewId: z.string() })).output(typed<{ discarded: boolean }>()),
  runs: base.output(
    typed<
      {
        id: string;
        fileName: string;
        appliedAt: string;
        actorName: string;
        state: string;
        created: number;
        updated: number;
        unchanged: number;
        rejected: number;
        duplicates: number;
        actionId: string;
      }[]
    >(),
  ),
  /** The original rows with a result column, as Excel. */
  exportResult: base.input(z.object({ runId: id })).output(typed<FileLink>()),
  exportPreview: base.input(z.object({ previewId: z.string() })).output(typed<FileLink>()),
};
