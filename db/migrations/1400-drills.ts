// 应急演练 (drill) gets its table; 演练改进 (drillImprovement) gets its table.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "drill" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "date" text NOT NULL, "scenario" text NOT NULL, "form" text, "place" text,
    "organiser" text, "participants" integer, "script" text, "roles" text, "evaluation" text, "grade" text,
    "problems" text,
    CONSTRAINT "fk_drill_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_drill_enterprise_id_date" ON "drill" ("enterprise_id", "date")',
  'CREATE INDEX "idx_drill_date" ON "drill" ("date")',
  `CREATE TABLE "drill_improvement" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "drill_id" text NOT NULL, "content" text NOT NULL, "responsible" text, "due_date" text, "next_date" text,
    "progress" text, "done_date" text,
    CONSTRAINT "fk_drill_improvement_drill_id" FOREIGN KEY ("drill_id") REFERENCES "drill" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_drill_improvement_drill_id" ON "drill_improvement" ("drill_id")',
  'CREATE INDEX "idx_drill_improvement_next_date" ON "drill_improvement" ("next_date")',
];

/** 应急演练 (drill) gets its table; 演练改进 (drillImprovement) gets its table. */
export class Drills1795998521553 implements MigrationInterface {
  readonly name = 'Drills1795998521553';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
