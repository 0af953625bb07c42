// 废物 (wasteStream) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  'DROP INDEX "idx_waste_stream_enterprise_id_kind_deleted_at"',
  'CREATE INDEX "idx_waste_stream_enterprise_id_kind_unseen_deleted_at" ON "waste_stream" ("enterprise_id", "kind", "unseen", "deleted_at")',
];

/** 废物 (wasteStream) changes. */
export class WasteUnseenIndex1796110671061 implements MigrationInterface {
  readonly name = 'WasteUnseenIndex1796110671061';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
