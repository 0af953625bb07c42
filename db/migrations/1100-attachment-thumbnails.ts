// Small pictures that came in place of photos: local, since each office has its own, and not of the log.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which file is the small picture of which photo. */
export class AttachmentThumbnails1795000000000 implements MigrationInterface {
  readonly name = 'AttachmentThumbnails1795000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE attachment_thumbnail (original TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT, WITHOUT ROWID',
    );
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('small pictures that are all there is of a photo are not thrown away'));
  }
}
