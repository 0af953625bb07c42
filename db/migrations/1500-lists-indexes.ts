// 企业 (enterprise) changes; 问题 (finding) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  'CREATE INDEX "idx_enterprise_binned" ON "enterprise" ("id") WHERE "deleted_at" IS NOT NULL',
  'DROP INDEX "idx_finding_enterprise_id"',
  'DROP INDEX "idx_finding_visit_id"',
  'CREATE INDEX "idx_finding_enterprise_id_status_deleted_at" ON "finding" ("enterprise_id", "status", "deleted_at")',
  'CREATE INDEX "idx_finding_visit_id_status_deleted_at" ON "finding" ("visit_id", "status", "deleted_at")',
];

/** 企业 (enterprise) changes; 问题 (finding) changes. */
export class ListsIndexes1795998799624 implements MigrationInterface {
  readonly name = 'ListsIndexes1795998799624';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
