// 稍后再提 (todaySnooze) gets its table.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "today_snooze" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "rule" text NOT NULL, "record_id" text NOT NULL, "until" text NOT NULL, "reason" text NOT NULL, "staff_id" text,
    CONSTRAINT "fk_today_snooze_staff_id" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_today_snooze_record_id" ON "today_snooze" ("record_id")',
];

/** 稍后再提 (todaySnooze) gets its table. */
export class TodaySnoozes1796013852446 implements MigrationInterface {
  readonly name = 'TodaySnoozes1796013852446';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
