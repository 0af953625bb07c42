// The tray of files that are not filed yet: they come in many at a time, each with what its name says, and are filed in one action.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import {
  base,
  calendarDay,
  id,
  page,
  uploadId,
  values,
  type Done,
  type FieldProblem,
  type Page,
  type Started,
} from './shared.ts';

/** A file in the tray. */
export interface ScanRow {
  id: string;
  name: string;
  enterpriseId: string | null;
  enterpriseName: string | null;
  paper: string | null;
  /** The row of the file that it goes to; without one it goes to the enterprise itself. */
  recordId: string | null;
  recordName: string | null;
  title: string | null;
  number: string | null;
  documentDate: string | null;
  /** By what the enterprise was told. */
  reason: string | null;
  /** Why a person should look; null where nothing is open. */
  doubt: string | null;
  mime: string;
  size: number;
}

/** A file that was not taken or not filed, and why. */
export interface LeftFile {
  name: string;
  sentence: string;
}

/** What became of files that came in. */
export interface ScansAdded {
  actionId: string | null;
  added: number;
  left: LeftFile[];
}

/** What became of files that were to be filed. */
export interface ScansFiled {
  actionId: string;
  filed: number;
  left: LeftFile[];
}

/** How many wait, and of how many nothing is open. */
export interface TrayCounts {
  all: number;
  sure: number;
}

/** A row of an enterprise's file that a paper may go to. */
export interface ScanTarget {
  id: string;
  kind: string;
  name: string;
}

/** A value that was read from a page, beside the part of the page where it stands. */
export interface ScanField {
  /** A field of the paper's kind; null for what says whose the paper is. */
  field: string | null;
  label: string;
  value: string | null;
  /** As it was read. */
  text: string;
  /** Why a person has to look closely. */
  doubt: string | null;
  /** What a doubtful code may be. */
  proposals: string[];
  /** `data:image/webp;base64,…` */
  crop: string;
}

/** What a page says; nothing of it is stored before a person confirms it. */
export interface ScanRead {
  /** The file held the text, or it was read from print. */
  by: 'text' | 'print';
  pages: number;
  paper: string | null;
  fields: ScanField[];
  /** Whose it is by the code or the name on the page. */
  enterprise: { id: string; name: string; by: string } | null;
}

/** What came of a confirmed page. */
export interface ScanConfirmed extends Done {
  recordId: string;
  problems: FieldProblem[];
}

/** As many come in one call: what was taken before a window is closed stays. */
export const SCANS_AT_ONCE = 20;

const ids = z.array(id).min(1).max(5000);

export const scans = {
  list: base
    .input(z.object({ show: z.enum(['all', 'sure', 'doubt']).default('all'), page: page.prefault({}) }))
    .output(typed<Page<ScanRow>>()),
  counts: base.output(typed<TrayCounts>()),
  /** Puts uploaded files into the tray. Bytes that are on file or in the tray already are left out and named. */
  add: base
    .input(
      z.object({
        uploads: z
          .array(z.object({ id: uploadId, name: z.string().min(1).max(260) }))
          .min(1)
          .max(SCANS_AT_ONCE),
      }),
    )
    .output(typed<ScansAdded>()),
  /** Says of files whose they are and what; what follows from it (row, title) is worked out anew. */
  update: base
    .input(
      z.object({
        ids,
        values: z.strictObject({
          enterpriseId: id.nullable().optional(),
          paper: z.string().max(60).nullable().optional(),
          recordId: id.nullable().optional(),
          title: z.string().max(200).nullable().optional(),
          number: z.string().max(100).nullable().optional(),
          documentDate: calendarDay.nullable().optional(),
        }),
      }),
    )
    .output(typed<Done>()),
  /** Rows that a file may go to, of its enterprise and its paper. */
  targets: base.input(z.object({ id })).output(typed<ScanTarget[]>()),
  /** Files those named, or all of which nothing is open, in one action. */
  file: base.input(z.object({ ids: ids.nullable() })).output(typed<ScansFiled>()),
  /** Whether pages can be read here. */
  canRead: base.output(typed<{ canRead: boolean }>()),
  /** Reads a page of a file, on this computer. Result of the job: ScanRead. */
  read: base
    .input(
      z.object({ id, page: z.int().min(1).max(5000).default(1), paper: z.string().max(60).nullable().default(null) }),
    )
    .output(typed<Started>()),
  /** Writes values that a person confirmed into a row (a new one without `recordId`) and files the scan with it, in one action. */
  confirm: base
    .input(z.object({ id, enterpriseId: id, paper: z.string().max(60), recordId: id.nullable(), values }))
    .output(typed<ScanConfirmed>()),
  /** Puts files out of the tray; they are not filed. */
  remove: base.input(z.object({ ids })).output(typed<Done>()),
};
