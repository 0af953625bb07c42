// 名册导入 (importRun) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "import_run_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "file_name" text NOT NULL, "file_sha256" text NOT NULL, "action_id" text NOT NULL, "applied_at" text NOT NULL,
    "actor_name" text NOT NULL, "created" integer NOT NULL, "updated" integer NOT NULL, "unchanged" integer NOT NULL,
    "rejected" integer NOT NULL, "duplicates" integer NOT NULL, "report_json" text
  ) STRICT`,
  `INSERT INTO "import_run_new" (
    "id", "created_at", "updated_at", "deleted_at", "file_name", "file_sha256", "action_id", "applied_at", "actor_name",
    "created", "updated", "unchanged", "rejected", "duplicates", "report_json"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "file_name", "file_sha256", "action_id", "applied_at", "actor_name",
    "created", "updated", "unchanged", "rejected", "duplicates", "report_json"
  FROM "import_run"`,
  'DROP TABLE "import_run"',
  'ALTER TABLE "import_run_new" RENAME TO "import_run"',
  'CREATE INDEX "idx_import_run_applied_at" ON "import_run" ("applied_at")',
];

/** 名册导入 (importRun) changes. */
export class ImportRuns1796013448260 implements MigrationInterface {
  readonly name = 'ImportRuns1796013448260';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
