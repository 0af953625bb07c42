// 报告文字 (reportText) gets its table; 典型案例 (reportCase) gets its table.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "report_text" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "kind" text NOT NULL, "period_from" text NOT NULL, "period_to" text NOT NULL, "scope" text, "causes" text,
    "advice" text, "plan" text
  ) STRICT`,
  'CREATE INDEX "idx_report_text_kind_period_from" ON "report_text" ("kind", "period_from")',
  `CREATE TABLE "report_case" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "report_text_id" text NOT NULL, "finding_id" text NOT NULL, "seq" integer NOT NULL, "title" text NOT NULL,
    "text" text NOT NULL,
    CONSTRAINT "fk_report_case_report_text_id" FOREIGN KEY ("report_text_id") REFERENCES "report_text" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_report_case_finding_id" FOREIGN KEY ("finding_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_report_case_report_text_id" ON "report_case" ("report_text_id")',
  'CREATE INDEX "idx_report_case_finding_id" ON "report_case" ("finding_id")',
];

/** 报告文字 (reportText) gets its table; 典型案例 (reportCase) gets its table. */
export class ReportTexts1796100002300 implements MigrationInterface {
  readonly name = 'ReportTexts1796100002300';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
