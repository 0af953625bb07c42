// 排污许可 (permit) changes; 排放口 (outlet) changes; so do 3 more.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  'DROP INDEX "idx_permit_enterprise_id"',
  'CREATE INDEX "idx_permit_enterprise_id_valid_to_deleted_at" ON "permit" ("enterprise_id", "valid_to", "deleted_at")',
  'DROP INDEX "idx_outlet_enterprise_id"',
  'CREATE INDEX "idx_outlet_enterprise_id_medium_deleted_at" ON "outlet" ("enterprise_id", "medium", "deleted_at")',
  'DROP INDEX "idx_waste_stream_enterprise_id"',
  'CREATE INDEX "idx_waste_stream_enterprise_id_kind_deleted_at" ON "waste_stream" ("enterprise_id", "kind", "deleted_at")',
  'DROP INDEX "idx_monitoring_plan_enterprise_id"',
  'CREATE INDEX "idx_monitoring_plan_enterprise_id_next_due_date_deleted_at" ON "monitoring_plan" ("enterprise_id", "next_due_date", "deleted_at")',
  'DROP INDEX "idx_open_duty_enterprise_id"',
  'CREATE INDEX "idx_open_duty_enterprise_id_due_date_deleted_at" ON "open_duty" ("enterprise_id", "due_date", "deleted_at")',
];

/** 排污许可 (permit) changes; 排放口 (outlet) changes; so do 3 more. */
export class ChildStateIndexes1796100008300 implements MigrationInterface {
  readonly name = 'ChildStateIndexes1796100008300';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
