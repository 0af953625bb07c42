// 其他证照 (otherLicence) gets its table.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "other_licence" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "kind" text NOT NULL, "number" text, "issue_authority" text, "valid_from" text,
    "valid_to" text, "scope" text,
    CONSTRAINT "fk_other_licence_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_other_licence_enterprise_id" ON "other_licence" ("enterprise_id")',
  'CREATE INDEX "idx_other_licence_valid_to" ON "other_licence" ("valid_to")',
];

/** 其他证照 (otherLicence) gets its table. */
export class OtherLicences1796100011300 implements MigrationInterface {
  readonly name = 'OtherLicences1796100011300';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
