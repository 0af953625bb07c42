// 列表视图 (savedView) gets its table.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "saved_view" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "list" text NOT NULL, "name" text NOT NULL, "filter_json" text NOT NULL, "sort_field" text,
    "sort_descending" integer NOT NULL, "columns_json" text
  ) STRICT`,
  'CREATE INDEX "idx_saved_view_list" ON "saved_view" ("list")',
];

/** 列表视图 (savedView) gets its table. */
export class SavedViews1795996832245 implements MigrationInterface {
  readonly name = 'SavedViews1795996832245';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
