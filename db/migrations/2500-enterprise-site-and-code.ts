// 企业 (enterprise) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  'ALTER TABLE "enterprise" ADD COLUMN "site_name" text',
  'ALTER TABLE "enterprise" ADD COLUMN "credit_code_confirmed_from" text',
  'ALTER TABLE "enterprise" ADD COLUMN "credit_code_confirmed_by" text',
  'ALTER TABLE "enterprise" ADD COLUMN "credit_code_confirmed_date" text',
];

/** 企业 (enterprise) changes. */
export class EnterpriseSiteAndCode1796100002500 implements MigrationInterface {
  readonly name = 'EnterpriseSiteAndCode1796100002500';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
