// 待归档文件 (scan) gets its table.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "scan" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "name" text NOT NULL, "enterprise_id" text, "paper" text, "record_id" text, "record_kind" text, "title" text,
    "number" text, "document_date" text, "reason" text, "doubt" text, "sha256" text NOT NULL, "mime" text NOT NULL,
    "size" integer NOT NULL, "width" integer, "height" integer,
    CONSTRAINT "fk_scan_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_scan_sha256" ON "scan" ("sha256")',
  'CREATE INDEX "idx_scan_enterprise_id" ON "scan" ("enterprise_id")',
];

/** 待归档文件 (scan) gets its table. */
export class ScanTray1796115426533 implements MigrationInterface {
  readonly name = 'ScanTray1796115426533';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
