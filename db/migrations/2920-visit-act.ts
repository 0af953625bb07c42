// 服务项目 (serviceProject) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "service_project_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "name" text NOT NULL, "code" text, "client_id" text, "organisation_id" text, "contract_amount" integer,
    "start_date" text NOT NULL, "end_date" text NOT NULL, "visit_act" text NOT NULL, "statistics_year" text NOT NULL,
    "rectification_target" text, "immediate_days" integer NOT NULL, "deadline_days" integer NOT NULL,
    "major_days" integer NOT NULL, "count_source_removed" integer NOT NULL, "second_person_verifies" integer NOT NULL,
    "training_denominator" text NOT NULL, "notice_consent_by" text, "notice_consent_at" text,
    "notice_consent_from" text, "notice_consent_to" text, "notice_consent_attachment_id" text,
    "own_village_may_close" integer NOT NULL,
    CONSTRAINT "fk_service_project_client_id" FOREIGN KEY ("client_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_service_project_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_service_project_notice_consent_attachment_id" FOREIGN KEY ("notice_consent_attachment_id") REFERENCES "attachment" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "service_project_new" (
    "id", "created_at", "updated_at", "deleted_at", "name", "code", "client_id", "organisation_id", "contract_amount",
    "start_date", "end_date", "visit_act", "statistics_year", "rectification_target", "immediate_days", "deadline_days",
    "major_days", "count_source_removed", "second_person_verifies", "training_denominator", "notice_consent_by",
    "notice_consent_at", "notice_consent_from", "notice_consent_to", "notice_consent_attachment_id",
    "own_village_may_close"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "name", "code", "client_id", "organisation_id", "contract_amount",
    "start_date", "end_date", 'patrol', "statistics_year", "rectification_target", "immediate_days", "deadline_days",
    "major_days", "count_source_removed", "second_person_verifies", "training_denominator", "notice_consent_by",
    "notice_consent_at", "notice_consent_from", "notice_consent_to", "notice_consent_attachment_id",
    "own_village_may_close"
  FROM "service_project"`,
  'DROP TABLE "service_project"',
  'ALTER TABLE "service_project_new" RENAME TO "service_project"',
];

/** 服务项目 (serviceProject) changes. */
export class VisitAct1796100006200 implements MigrationInterface {
  readonly name = 'VisitAct1796100006200';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
