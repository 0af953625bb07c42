// 归属变动 (assignment) gets its table; 轮次 (round) changes; 现场检查 (visit) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "assignment" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "kind" text NOT NULL, "area_id" text, "valid_from" text NOT NULL, "valid_to" text,
    CONSTRAINT "fk_assignment_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_assignment_area_id" FOREIGN KEY ("area_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_assignment_enterprise_id_kind_valid_to" ON "assignment" ("enterprise_id", "kind", "valid_to")',
  'CREATE INDEX "idx_assignment_area_id" ON "assignment" ("area_id")',
  'ALTER TABLE "round" ADD COLUMN "finished_date" text',
  'ALTER TABLE "visit" ADD COLUMN "round_choice" text',
];

/** 归属变动 (assignment) gets its table; 轮次 (round) changes; 现场检查 (visit) changes. */
export class Assignments1796100002100 implements MigrationInterface {
  readonly name = 'Assignments1796100002100';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
