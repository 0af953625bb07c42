// 导入方案 (importProfile) gets its table; 导入方案的用词 (importWord) gets its table; 导入行 (importRow) changes; 列对应 (importMapping) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "import_profile" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "client_key" text NOT NULL, "name" text NOT NULL, "kind" text NOT NULL, "source" text
  ) STRICT`,
  'CREATE INDEX "idx_import_profile_client_key" ON "import_profile" ("client_key")',
  `CREATE TABLE "import_word" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "profile_id" text NOT NULL, "target" text NOT NULL, "text" text NOT NULL, "value" text NOT NULL,
    CONSTRAINT "fk_import_word_profile_id" FOREIGN KEY ("profile_id") REFERENCES "import_profile" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_import_word_profile_id" ON "import_word" ("profile_id")',
  'CREATE INDEX "idx_import_row_result" ON "import_row" ("result")',
  `CREATE TABLE "import_mapping_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "client_key" text NOT NULL, "heading" text NOT NULL, "target" text NOT NULL, "profile_id" text,
    "is_guess" integer NOT NULL,
    CONSTRAINT "fk_import_mapping_profile_id" FOREIGN KEY ("profile_id") REFERENCES "import_profile" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "import_mapping_new" (
    "id", "created_at", "updated_at", "deleted_at", "client_key", "heading", "target", "profile_id", "is_guess"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "client_key", "heading", "target", NULL, 0
  FROM "import_mapping"`,
  'DROP TABLE "import_mapping"',
  'ALTER TABLE "import_mapping_new" RENAME TO "import_mapping"',
  'CREATE INDEX "idx_import_mapping_client_key_heading" ON "import_mapping" ("client_key", "heading")',
  'CREATE INDEX "idx_import_mapping_profile_id" ON "import_mapping" ("profile_id")',
];

/** 导入方案 (importProfile) gets its table; 导入方案的用词 (importWord) gets its table; 导入行 (importRow) changes; 列对应 (importMapping) changes. */
export class ImportProfiles1796130858831 implements MigrationInterface {
  readonly name = 'ImportProfiles1796130858831';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
