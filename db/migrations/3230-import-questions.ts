// 待定的值 (importQuestion) gets its table.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "import_question" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "run_id" text NOT NULL, "enterprise_id" text NOT NULL, "entity" text NOT NULL, "record_id" text NOT NULL,
    "field" text NOT NULL, "ours" text, "theirs" text NOT NULL, "patch" text, "file_name" text NOT NULL,
    "sheet" text NOT NULL, "row_number" integer NOT NULL, "is_kept" integer NOT NULL,
    CONSTRAINT "fk_import_question_run_id" FOREIGN KEY ("run_id") REFERENCES "import_run" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_import_question_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_import_question_run_id" ON "import_question" ("run_id")',
  'CREATE INDEX "idx_import_question_enterprise_id" ON "import_question" ("enterprise_id")',
  'CREATE INDEX "idx_import_question_record_id_field" ON "import_question" ("record_id", "field")',
];

/** 待定的值 (importQuestion) gets its table. */
export class ImportQuestions1796100009300 implements MigrationInterface {
  readonly name = 'ImportQuestions1796100009300';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
