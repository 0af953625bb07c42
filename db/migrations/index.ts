// Migrations, listed by hand in order; each is a frozen step that is never edited after its release.
import type { MigrationInterface } from 'typeorm';
import { FirstStore1764000000000 } from './1000-first-store.ts';
import { OperationTime1794900000000 } from './1050-operation-time.ts';
import { AttachmentThumbnails1795000000000 } from './1100-attachment-thumbnails.ts';
import { AdoptedSeals1795000001000 } from './1200-adopted-seals.ts';

/** All migrations in order. */
export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  FirstStore1764000000000, OperationTime1794900000000, AttachmentThumbnails1795000000000, AdoptedSeals1795000001000,
];

/** Names as recorded in the `migration` table. */
export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map((m) => m.name);
