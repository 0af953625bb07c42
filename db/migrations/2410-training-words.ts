// 培训 (training) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  'ALTER TABLE "training" ADD COLUMN "questions" text',
  'ALTER TABLE "training" ADD COLUMN "improvements" text',
];

/** 培训 (training) changes. */
export class TrainingWords1796100002410 implements MigrationInterface {
  readonly name = 'TrainingWords1796100002410';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
