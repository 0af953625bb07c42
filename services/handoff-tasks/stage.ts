// Reading a package in a worker thread: decide whether to trust it, stage its operations, check their seals, fold them on trial.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import {
  adoptedIn,
  BadContent,
  blobPath,
  BlobStore,
  checkOperation,
  checkSeals,
  ForkedDevice,
  planStaging,
  possibleDuplicates,
  stagedBlobs,
  stateOfFile,
  Staging,
  type PlanSummary,
  type Seal,
  type StagedDuplicate,
} from '../../db/index.ts';
import {
  originalOf,
  PackageError,
  partFiles,
  readIndex,
  readPart,
  type BlobEntry,
  type Certs,
  type Manifest,
  type PackageKeys,
} from '../handoff-package/index.ts';
import { FileSink } from './file-sink.ts';
import { fingerprint, isValidCertificate, type SignedCertificate } from '../identity/index.ts';

/** By what a package is judged before any of its content is looked at. */
export interface Trust {
  network: string;
  office: string;
  officeKey: string;
  partners: readonly { office: string; key: string; revoked: boolean }[];
  revokedDevices: readonly string[];
  schema: number;
}

export interface StageInput {
  path: string;
  keys: PackageKeys;
  trust: Trust;
  storeFile: string;
  stagingFile: string;
  attachments: string;
}

/** What came of it. */
export interface Staged {
  manifest: Manifest;
  manifestSha256: string;
  certs: Certs;
  summary: PlanSummary;
  duplicates: StagedDuplicate[];
  /** Operations that are new here and that an office sealed in place of a device of its own whose key is lost. */
  adopted: { office: string; operations: number }[];
  /** Files. `thumbnails`: small pictures among them of photos that are not here. */
  blobs: { carried: number; present: number; missing: number; thumbnails: number };
}

/** Whether a package may be opened at all. @throws PackageError */
export function judge(manifest: Manifest, certs: Certs, signatureOk: boolean, trust: Trust): void {
  const signed = certs as SignedCertificate;
  const { certificate } = signed;
  if (
    !signatureOk ||
    !isValidCertificate(signed) ||
    certificate.device !== manifest.from.device ||
    certificate.office !== manifest.from.office
  )
    throw new PackageError('BAD_SIGNATURE');
  if (manifest.from.office !== trust.office || signed.office_key !== trust.officeKey) {
    const partner = trust.partners.find((p) => p.office === manifest.from.office && p.key === signed.office_key);
    if (!partner)
      throw new PackageError('UNKNOWN_SIGNER', {
        office: manifest.from.office,
        officeName: manifest.from.office_name,
        fingerprint: fingerprint(signed.office_key),
        key: signed.office_key,
        network: manifest.network,
      });
    if (partner.revoked) throw new PackageError('REVOKED');
  }
  if (trust.revokedDevices.includes(manifest.from.device) || certificate.revoked !== undefined)
    throw new PackageError('REVOKED');
  if (manifest.network !== trust.network || certificate.network !== trust.network)
    throw new PackageError('OTHER_NETWORK');
  if (manifest.min_reader > trust.schema) throw new PackageError('NEWER_SCHEMA', { version: manifest.app_version });
  if (
    manifest.to.length > 0 &&
    manifest.from.office !== trust.office &&
    !manifest.to.some((t) => t.office === trust.office)
  )
    throw new PackageError('NOT_FOR_US');
}

/** The key of an office that is known here: the own one, or one whose fingerprint somebody compared. */
const keyOfOffice = (trust: Trust, office: string): string | null =>
  office === trust.office ? trust.officeKey : (trust.partners.find((p) => p.office === office)?.key ?? null);

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new PackageError('BAD_CONTENT');
  }
};

const [stream, device, hash] = [
  z.string().regex(/^(g|[0-9a-f-]{36}(\/p)?)$/),
  z.string().regex(/^[0-9A-Z]{10}$/),
  z.string().regex(/^[0-9a-f]{64}$/),
];
const haveSchema = z.looseObject({
  stream,
  device,
  upto: z.int().min(0),
  extra: z.array(z.tuple([z.int().min(1), z.int().min(1)])).max(100_000),
});
const sealSchema = z.looseObject({
  stream,
  device,
  from: z.int().min(1),
  prev: hash,
  n: z.int().min(1),
  hash,
  sig: z.string().max(200),
  adopter: z.uuid().optional(),
});
const wantSchema = z.looseObject({ sha256: hash });

/** A line of one of the lists. @throws PackageError BAD_CONTENT */
function lineOf<T>(schema: z.ZodType<T>, list: string, line: string): T {
  const said = schema.safeParse(parse(line));
  if (!said.success)
    throw new PackageError('BAD_CONTENT', { what: `${list} ${said.error.issues[0]?.path.join('.') ?? ''}` });
  return said.data;
}

/**
 * How many attachments no part at hand brings. Parts may have other names: only where files are too few does the number
 * in the name decide.
 */
async function lacking(path: string, parts: number, wanting: readonly BlobEntry[]): Promise<number> {
  const files = await partFiles(path);
  if (files.length >= parts) return 0;
  const here = new Set(files.map((file) => Number(/(?<!\d)(\d+)\.ehp$/i.exec(file)?.[1])));
  return wanting.filter((b) => !here.has(b.part)).length;
}

/** Stages and plans a package. The staging file is the caller's to remove. @throws PackageError */
export async function stagePackage(
  input: StageInput,
  onProgress: (done: number, total: number, step: string) => void,
  stopped: () => boolean,
): Promise<Staged> {
  const staging = new Staging(input.stagingFile, input.storeFile);
  try {
    staging.begin();
    let certs: Certs | null = null;
    const blobs: (BlobEntry & { original: string | null; needless: boolean })[] = [];
    const isHere = (sha256: string): boolean => existsSync(blobPath(input.attachments, sha256));
    /** The photo of which a file is the small picture, and whether that is of no use: the photo, or a small picture of it, is here. */
    const useOf = ({ sha256, mime }: BlobEntry): [string | null, boolean] => {
      const original = originalOf(mime);
      const other = original === null ? undefined : staging.thumbnailOf(original);
      return [
        original,
        original !== null && (isHere(original) || (other !== undefined && other !== sha256 && isHere(other))),
      ];
    };
    const read = await readIndex(
      input.path,
      input.keys,
      {
        manifest: (manifest, given, signatureOk) => {
          judge(manifest, given, signatureOk, input.trust);
          certs = given;
        },
        ops: (lines) => {
          staging.addOperations(lines.map((line) => checkOperation(parse(line))));
        },
        have: (lines) => {
          for (const line of lines) staging.addHave(lineOf(haveSchema, 'have', line));
        },
        seals: (lines) => {
          for (const line of lines) staging.addSeal(lineOf(sealSchema, 'seals', line) as Seal);
        },
        blobs: (entries) => {
          for (const b of entries) {
            const [original, needless] = useOf(b);
            blobs.push({ ...b, original, needless });
            staging.addBlob(b, original, needless);
          }
        },
        wants: (lines) => {
          for (const line of lines) staging.addWant(lineOf(wantSchema, 'wants', line).sha256);
        },
      },
      { onProgress, stopped },
    );
    staging.endReading();
    const step =
      (name: string) =>
      (done: number): void => {
        onProgress(done, 0, name);
        if (stopped()) throw new PackageError('CANCELLED');
      };
    const fault = checkSeals(staging.db, (office) => keyOfOffice(input.trust, office), step('核对签名'));
    if (fault) throw new PackageError('BAD_SIGNATURE', { what: fault });
    const summary = planStaging(staging, step('试算'));
    const wanting = blobs.filter((b) => !b.needless && stateOfFile(input.attachments, b) !== null);
    const [duplicates, adopted] = [possibleDuplicates(staging.db), adoptedIn(staging.db)];
    staging.commit();
    return {
      manifest: read.manifest,
      manifestSha256: read.manifestSha256,
      certs: certs as unknown as Certs,
      summary,
      duplicates,
      adopted,
      blobs: {
        carried: blobs.length,
        present: blobs.length - wanting.length,
        missing: await lacking(input.path, read.manifest.parts.length, wanting),
        thumbnails: blobs.filter((b) => b.original !== null && !b.needless).length,
      },
    };
  } catch (error) {
    if (error instanceof BadContent) throw new PackageError('BAD_CONTENT', { what: error.what });
    if (error instanceof ForkedDevice) throw new PackageError('FORKED_DEVICE', { device: error.device });
    throw error;
  } finally {
    staging.close();
  }
}

export interface UnpackInput {
  path: string;
  keys: PackageKeys;
  packageId: string;
  manifestSha256: string;
  workspace: string;
  stagingFile: string;
}

/** Stores the attachments of all parts that are there; what a damaged part held up to the damage is kept. */
export async function unpackParts(
  input: UnpackInput,
  onProgress: (done: number, total: number, step: string) => void,
  stopped: () => boolean,
): Promise<{ stored: number; missing: number; faults: { no: number | null; code: string }[] }> {
  const blobs = new BlobStore(input.workspace);
  const expected = stagedBlobs(input.stagingFile);
  const faults: { no: number | null; code: string }[] = [];
  let stored = 0;
  const sink = new FileSink(blobs, expected, () => {
    stored += 1;
    onProgress(stored, expected.length, '写入附件');
  });
  for (const file of await partFiles(input.path)) {
    const done = await readPart(
      file,
      input.keys,
      {
        packageId: input.packageId,
        manifestSha256: input.manifestSha256,
        blobs: (no) => new Map(expected.filter((b) => b.part === no).map((b) => [b.sha256, b.size])),
      },
      sink,
      { stopped, onProgress },
    ).finally(async () => {
      await sink.settle();
    });
    if (done.code) faults.push({ no: done.no, code: done.code });
  }
  await sink.end();
  let missing = 0;
  for (const b of expected) if (b.needless === 0 && !(await blobs.has(b.sha256))) missing += 1;
  return { stored, missing, faults };
}
