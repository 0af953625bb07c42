// The signed table of contents of a package. Loose objects: a later minor version may say more.
import { z } from 'zod';

/** Version of the container this program writes and reads. */
export const PACKAGE_FORMAT = { major: 1, minor: 1 } as const;

const short = z.string().min(1).max(200);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
/** Raw 32-byte Ed25519 public key in standard base64. */
const publicKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

const head = {
  format: z.looseObject({ major: z.literal(PACKAGE_FORMAT.major), minor: count }),
  schema: count,
  min_reader: count,
  app_version: short,
  package_id: z.uuid(),
  network: short,
  kind: z.enum(['full', 'delta', 'attachments', 'receipt']),
  from: z.looseObject({
    network_name: z.string().max(200),
    office: short,
    office_name: z.string().max(200),
    office_code: z.string().max(20),
    device: short,
    device_name: z.string().max(200),
    person: z.string().max(200),
    made_at: z.iso.datetime(),
    hlc: z.string().regex(/^[0-9a-f]{16}$/),
  }),
  to: z.array(z.looseObject({ office: short, recipients: z.array(short).max(64) })).max(64),
  scope: z.looseObject({ areas: z.array(short).max(10_000), enterprises: count, streams: sha256 }),
  base: short.nullable(),
  note: z.string().max(10_000),
  counts: z.record(short, z.record(short, count)),
};

export const manifestHeadSchema = z.looseObject(head);
export const entrySchema = z.looseObject({ name: short, sha256, size: count, plain: count, lines: count });
export const partSchema = z.looseObject({ no: z.int().min(1).max(9999), bytes: count, blobs: count });
export const manifestSchema = z.looseObject({
  ...head,
  entries: z.array(entrySchema).min(5),
  parts: z.array(partSchema),
});
export const certificateSchema = z.looseObject({
  network: short,
  office: short,
  device: short,
  device_name: z.string().max(200),
  signing_key: publicKey,
  age_key: short,
  issued: z.iso.datetime(),
  revoked: z.iso.datetime().optional(),
});
export const certsSchema = z.looseObject({
  certificate: certificateSchema,
  signature: z.string().max(200),
  office_key: publicKey,
});
export const blobSchema = z.strictObject({ sha256, size: count, mime: short, part: z.int().min(1).max(9999) });

/** What the maker says of the package: everything but entries and parts. */
export type ManifestHead = z.infer<typeof manifestHeadSchema>;
/** Table of contents; sizes in bytes, `plain` = unpacked. */
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestEntry = z.infer<typeof entrySchema>;
export type Certs = z.infer<typeof certsSchema>;
/** An attachment carried: size in bytes, number of the part that holds it. */
export type BlobEntry = z.infer<typeof blobSchema>;
