// 现场检查 (visit) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = ['ALTER TABLE "visit" ADD COLUMN "verifies_file" text'];

/** 现场检查 (visit) changes. */
export class VisitVerifies1796100004200 implements MigrationInterface {
  readonly name = 'VisitVerifies1796100004200';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
