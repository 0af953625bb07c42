// 法规 (law) changes; 法规依据 (legalBasis) changes; 检查表 (checklist) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  'ALTER TABLE "law" ADD COLUMN "seq" integer',
  'ALTER TABLE "legal_basis" ADD COLUMN "seq" integer',
  'ALTER TABLE "checklist" ADD COLUMN "seq" integer',
];

/** 法规 (law) changes; 法规依据 (legalBasis) changes; 检查表 (checklist) changes. */
export class ContentOrder1796015934595 implements MigrationInterface {
  readonly name = 'ContentOrder1796015934595';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
