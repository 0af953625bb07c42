// The hand-off package as a file format. It knows nothing of the database: lines go in, lines come out.
export { identityToRecipient, newIdentity, type Encryption, type Keys as PackageKeys } from './age.ts';
export { digitsOf, newSpokenCode, parseSpokenCode } from './code.ts';
export { fromSystem, PackageError, type ErrorData, type ResultCode } from './errors.ts';
export { FOLDER_NOTE, INDEX_FILE } from './layout.ts';
export type { Limits } from './limits.ts';
export { PACKAGE_FORMAT, type BlobEntry, type Certs, type Manifest, type ManifestHead } from './manifest.ts';
export { originalOf, THUMBNAIL_BYTES, THUMBNAIL_EDGE, thumbnailMime } from './thumbnail.ts';
export { writePackage, type PackageSource, type WriteOptions, type WrittenPackage } from './write.ts';
export { encryptionOf, partFiles } from './locate.ts';
export { inspectPackage, readIndex, type IndexHandlers, type ReadOptions } from './read.ts';
export { readPart, type BlobSink, type ExpectedPart, type PartResult } from './read-part.ts';
