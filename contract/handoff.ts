// Hand-off between offices: cards and partners, packages out and in, decisions on what both changed.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { Duplicate } from '../domain/handoff/duplicates.ts';
import { base, id, passphrase, type Started } from './shared.ts';

/** Two enterprises that may be one. */
export interface MergeSides {
  sides: [MergeSide, MergeSide];
  /** What both say, and differently. */
  choices: { name: string; label: string; texts: [string, string] }[];
  /** Rows that hang on each of them. */
  parts: { label: string; counts: [number, number] }[];
}
export interface MergeSide {
  id: string;
  name: string;
  internalCode: string;
  createdAt: string;
}

/** An office whose fingerprint was compared by telephone. */
export interface Partner {
  office: string;
  name: string;
  code: string;
  fingerprint: string;
  confirmedBy: string;
  confirmedAt: string;
  revokedAt: string | null;
  lastReceived: string | null;
  lastSent: string | null;
}

/** A computer of the own office. `certified`: the office vouches for it, so that it can make packages. */
export interface OwnDevice {
  tag: string;
  name: string;
  here: boolean;
  certified: boolean;
  revokedAt: string | null;
}

/** A package that was taken in. */
export interface ImportEntry {
  id: string;
  packageId: string;
  officeName: string;
  deviceTag: string;
  madeAt: string;
  appliedAt: string;
  actor: string;
  kind: string;
  undoneAt: string | null;
  created: number;
  changed: number;
  must: number;
  may: number;
  waiting: number;
}

/** A package that was written. */
export interface ExportEntry {
  packageId: string;
  kind: string;
  madeAt: string;
  actor: string;
  recipients: string[];
  folder: string;
  operations: number;
  attachments: number;
  /** Photos and files that stayed behind, by enterprise, record and file. */
  leftOut: string[];
}

/** Numbers of open conflicts: must be decided, may be looked at, wait for data. */
export interface ConflictCounts {
  must: number;
  may: number;
  waiting: number;
}

/** What the page of the hand-off shows at once. */
export interface HandoffState {
  office: { id: string; name: string; code: string; fingerprint: string };
  network: { id: string; name: string };
  /** Whether this device may make packages: its office vouched for it. */
  canSign: boolean;
  /** Whether the office's key is on this computer: then cards, and the key for another computer, can be made here. */
  hasKey: boolean;
  devices: OwnDevice[];
  partners: Partner[];
  imports: ImportEntry[];
  exports: ExportEntry[];
  conflicts: ConflictCounts;
}

/** An office card that was read. */
export interface CardView {
  office: { id: string; name: string; code: string };
  fingerprint: string;
  network: { id: string; name: string };
  known: boolean;
  changedKey: boolean;
  own: boolean;
}

/** What can be told of a package before it is taken in. `result`: a result code of the hand-off, null when it can be opened. */
export interface PackageView {
  path: string;
  encryption: 'devices' | 'code';
  needsCode: boolean;
  result: string | null;
  sentence: string | null;
  facts: {
    packageId: string;
    kind: string;
    officeName: string;
    deviceName: string;
    person: string;
    madeAt: string;
    appVersion: string;
    note: string;
    enterprises: number;
    operations: number;
    attachments: number;
    fingerprint: string;
    trusted: boolean;
    alreadyImported: string | null;
  } | null;
}

/** Counts of rows per kind of record. */
export interface KindCounts {
  entity: string;
  label: string;
  created: number;
  changed: number;
  unchanged: number;
  deleted: number;
}

/** Two rows of one kind that may be one: the one that comes, and the one that is here. */
export interface DuplicatePair extends Duplicate {
  entity: string;
  entityLabel: string;
  /** Where the one that is here stands: level and area above of an area, address of an enterprise. */ place: string;
}

/** The dry run of a package: nothing has changed yet. Result of the job `preview`. */
export interface HandoffPreview {
  previewId: string;
  facts: NonNullable<PackageView['facts']>;
  operations: number;
  known: number;
  kinds: KindCounts[];
  conflicts: ConflictCounts;
  stubs: number;
  gaps: { device: string; streams: number }[];
  duplicates: DuplicatePair[];
  /** New operations that an office sealed in place of a device of its own whose key is lost, by the office's name. */
  adopted: { office: string; operations: number }[];
  /** Files. `thumbnails`: small pictures among them of photos that are not here. */
  attachments: { carried: number; present: number; missing: number; thumbnails: number };
}

/** A row that would change. `restored`: it is in the bin here and comes back. */
export interface PreviewLine {
  entity: string;
  label: string;
  id: string;
  title: string;
  kind: 'created' | 'restored' | 'changed' | 'unchanged' | 'deleted';
  fields: { label: string; before: string; after: string }[];
}

/** Result of the job `apply`. `conflicts`: of what this package touched; `open`: all that are open now. */
export interface ImportDone {
  importId: string;
  operations: number;
  created: number;
  changed: number;
  conflicts: ConflictCounts;
  open: ConflictCounts;
  attachments: { stored: number; missing: number };
  merged: number;
}

/** Result of the job `export` and `receipt`. `code` must be told by telephone when no device key was known. */
export interface ExportMade {
  packageId: string;
  folder: string;
  kind: string;
  files: number;
  bytes: number;
  operations: number;
  attachments: number;
  /** Small pictures among the attachments, in place of photos. */ thumbnails: number;
  code: string | null;
  recipients: string[];
  /** Photos and files that are gone or damaged here and were left out, by enterprise, record and file. */
  leftOut: string[];
}

export type ConflictClass =
  'value' | 'text' | 'delete-vs-edit' | 'closed-loop' | 'duplicate' | 'resolution-disagrees' | 'waiting';

/**
 * One of the values to choose from. `text` is the value as people read it; `own`: written in the own office, on
 * whichever of its computers.
 */
export interface ConflictSide {
  dot: string;
  value: string | number | null;
  text: string;
  shown: boolean;
  own: boolean;
  office: string;
  device: string;
  person: string;
  at: string;
  source: string;
  reason: string | null;
}

/** One thing to decide. */
export interface ConflictItem {
  id: string;
  class: ConflictClass;
  level: 'must' | 'may';
  waiting: boolean;
  entity: string;
  entityLabel: string;
  rowId: string;
  title: string;
  enterpriseId: string | null;
  enterpriseName: string;
  villageName: string;
  field: string;
  fieldLabel: string;
  base: string | null;
  sides: ConflictSide[];
  /** Lines of both merged, where that works without a choice. */
  merged: string | null;
  assignee: string | null;
  comment: string | null;
}

export const exportOrder = z.object({
  /** Folder on the stick or disk; the package gets a folder of its own in it. */
  target: z.string().min(1).max(1000),
  offices: z.array(id).max(60).default([]),
  withCode: z.boolean().default(false),
  all: z.boolean().default(false),
  areas: z.array(id).max(2000).default([]),
  enterprises: z.array(id).max(100_000).default([]),
  personal: z.boolean().default(true),
  attachments: z.enum(['all', 'thumbnails', 'none']).default('all'),
  full: z.boolean().default(false),
  note: z.string().max(2000).default(''),
});
export type ExportOrder = z.infer<typeof exportOrder>;

const path = z.string().min(1).max(1000);
const code = z.string().max(100).nullable().default(null);
/** Fingerprint that somebody compared: makes the maker of this package a partner first. */
const confirm = z.string().max(80).nullable().default(null);
const decision = z.object({
  conflictId: z.string().max(64),
  /** The dot of the side that is to stand, or a value of one's own; neither: what is shown stands. */
  dot: z.string().max(120).nullable().default(null),
  value: z.union([z.string().max(20_000), z.number(), z.null()]).optional(),
  reason: z.string().max(2000).nullable().default(null),
});
export type Decision = z.infer<typeof decision>;

export const handoff = {
  state: base.output(typed<HandoffState>()),
  /** This office's card, as the text of a file. */
  card: base.output(typed<{ fileName: string; text: string }>()),
  readCard: base.input(z.object({ text: z.string().max(200_000) })).output(typed<CardView>()),
  confirmPartner: base
    .input(z.object({ text: z.string().max(200_000), fingerprint: z.string().max(80) }))
    .output(typed<HandoffState>()),
  /** The office's key for another computer of this office, as the text of a file under a passphrase. */
  officeKey: base.input(z.object({ passphrase })).output(typed<{ fileName: string; text: string }>()),
  takeOfficeKey: base
    .input(z.object({ text: z.string().max(200_000), passphrase: z.string().min(1).max(200) }))
    .output(typed<HandoffState>()),
  revokeDevice: base.input(z.object({ tag: z.string().max(10) })).output(typed<HandoffState>()),
  revokePartner: base.input(z.object({ office: id })).output(typed<HandoffState>()),
  /** Result of the job: {@link ExportMade}. */
  export: base.input(exportOrder).output(typed<Started>()),
  inspect: base.input(z.object({ path, code })).output(typed<PackageView>()),
  /** Result of the job: {@link HandoffPreview}. */
  preview: base.input(z.object({ path, code, confirm })).output(typed<Started>()),
  previewRows: base
    .input(z.object({ previewId: id, offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) }))
    .output(typed<PreviewLine[]>()),
  /** Result of the job: {@link ImportDone}. `merges`: pairs of the preview that are one. */
  apply: base
    .input(
      z.object({
        previewId: id,
        merges: z
          .array(z.object({ id, otherId: id }))
          .max(20_000)
          .default([]),
      }),
    )
    .output(typed<Started>()),
  discard: base.input(z.object({ previewId: id })).output(typed<{ ok: boolean }>()),
  undo: base.input(z.object({ importId: id })).output(typed<{ removed: number }>()),
  /** Result of the job: {@link ExportMade}. */
  receipt: base.input(z.object({ importId: id, target: path })).output(typed<Started>()),
  conflicts: base
    .input(
      z
        .object({
          level: z.enum(['must', 'may', 'waiting']).nullable().default(null),
          areaId: id.nullable().default(null),
          field: z.string().max(60).nullable().default(null),
        })
        .prefault({}),
    )
    .output(typed<{ items: ConflictItem[]; counts: ConflictCounts }>()),
  decide: base
    .input(z.object({ decisions: z.array(decision).min(1).max(5000) }))
    .output(typed<{ actionId: string; decided: number; counts: ConflictCounts }>()),
  note: base
    .input(
      z.object({
        conflictId: z.string().max(64),
        assignee: z.string().max(60).nullable(),
        comment: z.string().max(2000).nullable(),
      }),
    )
    .output(typed<{ ok: boolean }>()),
  /** Two enterprises side by side, before they are made one. */
  mergeSides: base.input(z.object({ id, otherId: id })).output(typed<MergeSides>()),
  /**
   * Says that two enterprises are one, or that they are not after all. `keepId`: the one whose values stand, but for the choices of
   * `take` (names of {@link MergeSides.choices}), in which the other's do; without it values that differ are conflicts.
   */
  merge: base
    .input(
      z.object({
        id,
        otherId: id,
        keepId: id.nullable().default(null),
        take: z.array(z.string().max(60)).max(200).default([]),
        undo: z.boolean().default(false),
      }),
    )
    .output(typed<{ actionId: string; shownId: string }>()),
};
