// What a backup file is: a tar of backup.json, steward.db, attachments and an end mark; encrypted as a whole by age on request.
import { z } from 'zod';
import { BackupFault } from './faults.ts';

/** Version of the format that this program writes and the newest it reads. */
export const FORMAT = 1;
export const ENDING = '.sdbackup';
export const AGE_START = 'age-encryption.org/v1';
/** backup.json is small; a larger one is none of ours. */
export const MANIFEST_LIMIT = 1024 * 1024;
export const MANIFEST_NAME = 'backup.json';
export const DATABASE_NAME = 'steward.db';
export const END_NAME = 'end';
export const ATTACHMENT_NAME = /^a\/([0-9a-f]{64})$/;
export const SHA256 = /^[0-9a-f]{64}$/;

const count = z.int().min(0);

/** backup.json: facts of the workspace, what the database holds, what the attachments are. Sizes in bytes, instants in UTC. */
export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  appVersion: z.string().max(60),
  automatic: z.boolean(),
  label: z.string().max(60),
  /** The device that wrote it: only that incarnation of the workspace removes it again. Earlier versions did not say. */
  device: z.string().max(40).optional(),
  workspace: z.object({
    format: z.literal(1),
    id: z.string().max(60),
    office: z.string().max(200),
    createdAt: z.string().max(40),
    demo: z.boolean(),
  }),
  office: z.object({ name: z.string().max(200), code: z.string().max(20) }),
  /** Instants are UTC; file names and the rotation go by this local day of the maker. */
  localDay: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  database: z.object({
    sha256: z.string().regex(SHA256),
    size: count,
    counts: z.record(z.string().max(100), count),
    lastOperation: count,
    foreignKeyProblems: count,
  }),
  attachments: z.object({ included: z.boolean(), count, bytes: count }),
});
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * The end mark: shows that nothing is cut off. `damaged` are attachments whose content did not match their name when packed,
 * `absent` those that rows know and that were not there (also what another computer keeps), `lost` what of both is a loss.
 */
export const endSchema = z.object({
  attachments: count,
  bytes: count,
  damaged: z.array(z.string().regex(SHA256)),
  absent: z.array(z.string().regex(SHA256)).optional(),
  lost: z
    .array(
      z.object({ sha256: z.string().regex(SHA256), state: z.enum(['gone', 'damaged']), text: z.string().max(2000) }),
    )
    .optional(),
});
export type EndMark = z.infer<typeof endSchema>;

/** Reads backup.json. @throws BackupFault NEWER_FORMAT, DAMAGED */
export function readManifest(bytes: Uint8Array): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    throw new BackupFault('DAMAGED', MANIFEST_NAME, error);
  }
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > FORMAT) throw new BackupFault('NEWER_FORMAT', String(format));
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) throw new BackupFault('DAMAGED', MANIFEST_NAME, parsed.error);
  return parsed.data;
}
