// Backups: state, list, making, trial restore, restoring. Works without an open workspace where that is the point.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { BackupNotice, BackupRecord, IntegrityRecord, PlaceWarning, SecondCopy } from '../domain/backup/index.ts';
import { base, passphrase, type Started } from './shared.ts';

/** What is known of the backups of the open workspace. */
export interface BackupState {
  record: BackupRecord | null;
  second: SecondCopy | null;
  integrity: IntegrityRecord | null;
  place: PlaceWarning | null;
  notices: BackupNotice[];
  /** Where automatic backups go. */
  folder: string;
  /** Days, weeks and months of which one automatic backup each is kept. */
  rule: { days: number; weeks: number; months: number };
  attachments: { count: number; bytes: number };
}

/** A backup in a folder. `at` is an instant; the figures are null where the file does not say (encrypted, or an earlier version's). */
export interface BackupEntry {
  path: string;
  name: string;
  folder: string;
  kind: 'backup' | 'database';
  automatic: boolean;
  encrypted: boolean;
  size: number;
  at: string;
  office: string | null;
  workspaceId: string | null;
  /** The incarnation of the workspace that wrote it. */
  device: string | null;
  attachments: { included: boolean; count: number } | null;
  counts: { enterprises: number; findings: number } | null;
  /** Why it can't be used, as far as its first bytes tell. */
  problem: string | null;
}

/** Result of a job that made a backup. */
export interface BackupMade {
  path: string;
  name: string;
  size: number;
  at: string;
  encrypted: boolean;
  attachments: number;
  rows: number;
  tables: number;
  removed: number;
  warnings: string[];
}

/** Result of a trial restore. */
export interface BackupVerified {
  ok: boolean;
  path: string;
  at: string | null;
  office: string;
  tables: number;
  rows: number;
  counts: Record<string, number>;
  attachments: { included: boolean; checked: number };
  problems: string[];
  warnings: string[];
}

/** Result of a restore. `movedAside` is where the damaged files went. `missing` attachments are known to the database and not here. */
export interface BackupRestored {
  folder: string;
  office: string;
  counts: Record<string, number>;
  attachments: { restored: number; missing: number };
  movedAside: string | null;
}

const path = z.string().min(1).max(1000);

export const restoreInput = z.object({
  file: path,
  folder: path,
  /** For opening only: a shorter one is simply wrong. */
  passphrase: z.string().max(200).nullable().default(null),
  /** Restores into the folder of a damaged workspace, whose database is moved aside. */
  replaceDamaged: z.boolean().default(false),
});

export const backup = {
  state: base.output(typed<BackupState>()),
  /** Backups in the given folder; without one those of the open workspace, its second folder included. Newest first. */
  list: base.input(z.object({ folder: path.nullable().default(null) }).prefault({})).output(typed<BackupEntry[]>()),
  /** Result of the job: {@link BackupMade}. */
  create: base
    .input(
      z.object({
        folder: path.nullable().default(null),
        attachments: z.boolean(),
        passphrase: passphrase.nullable().default(null),
      }),
    )
    .output(typed<Started>()),
  /** Result of the job: {@link BackupVerified}. */
  verify: base
    .input(z.object({ file: path, passphrase: z.string().max(200).nullable().default(null) }))
    .output(typed<Started>()),
  /** Result of the job: {@link BackupRestored}. */
  restore: base.input(restoreInput).output(typed<Started>()),
  /** Where each automatic backup is copied to, too; null: nowhere. */
  setSecondFolder: base.input(z.object({ folder: path.nullable() })).output(typed<BackupState>()),
  /** Checks the database thoroughly. Result of the job: `IntegrityRecord`. */
  checkDatabase: base.output(typed<Started>()),
};
