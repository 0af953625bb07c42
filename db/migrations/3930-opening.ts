// 工作依据 (projectBasis), 说明的要点 (visitOpeningPoint) and 参加人 (visitAttendee) get tables; fields of project and visit.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "project_basis" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "project_id" text NOT NULL, "name" text NOT NULL, "version" text, "valid_from" text, "valid_to" text,
    CONSTRAINT "fk_project_basis_project_id" FOREIGN KEY ("project_id") REFERENCES "service_project" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_project_basis_project_id" ON "project_basis" ("project_id")',
  `CREATE TABLE "visit_opening_point" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "visit_id" text NOT NULL, "point" text NOT NULL,
    CONSTRAINT "fk_visit_opening_point_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_visit_opening_point_visit_id" ON "visit_opening_point" ("visit_id")',
  `CREATE TABLE "visit_attendee" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "visit_id" text NOT NULL, "name" text NOT NULL, "unit" text, "post" text,
    CONSTRAINT "fk_visit_attendee_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_visit_attendee_visit_id" ON "visit_attendee" ("visit_id")',
  `CREATE TABLE "service_project_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "name" text NOT NULL, "code" text, "client_id" text, "client_dept" text, "organisation_id" text,
    "contract_amount" integer, "start_date" text NOT NULL, "end_date" text NOT NULL, "visit_act" text NOT NULL,
    "statistics_year" text NOT NULL, "rectification_target" text, "immediate_days" integer NOT NULL,
    "deadline_days" integer NOT NULL, "major_days" integer NOT NULL, "count_source_removed" integer NOT NULL,
    "second_person_verifies" integer NOT NULL, "training_denominator" text NOT NULL, "notice_consent_by" text,
    "notice_consent_at" text, "notice_consent_from" text, "notice_consent_to" text, "notice_consent_attachment_id" text,
    "complaint_phone" text, "service_boundary" text, "decline_text" text, "opening_required" integer NOT NULL,
    "own_village_may_close" integer NOT NULL,
    CONSTRAINT "fk_service_project_client_id" FOREIGN KEY ("client_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_service_project_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_service_project_notice_consent_attachment_id" FOREIGN KEY ("notice_consent_attachment_id") REFERENCES "attachment" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "service_project_new" (
    "id", "created_at", "updated_at", "deleted_at", "name", "code", "client_id", "client_dept", "organisation_id",
    "contract_amount", "start_date", "end_date", "visit_act", "statistics_year", "rectification_target",
    "immediate_days", "deadline_days", "major_days", "count_source_removed", "second_person_verifies",
    "training_denominator", "notice_consent_by", "notice_consent_at", "notice_consent_from", "notice_consent_to",
    "notice_consent_attachment_id", "complaint_phone", "service_boundary", "decline_text", "opening_required",
    "own_village_may_close"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "name", "code", "client_id", NULL, "organisation_id",
    "contract_amount", "start_date", "end_date", "visit_act", "statistics_year", "rectification_target",
    "immediate_days", "deadline_days", "major_days", "count_source_removed", "second_person_verifies",
    "training_denominator", "notice_consent_by", "notice_consent_at", "notice_consent_from", "notice_consent_to",
    "notice_consent_attachment_id", NULL, NULL, NULL, 0, "own_village_may_close"
  FROM "service_project"`,
  'DROP TABLE "service_project"',
  'ALTER TABLE "service_project_new" RENAME TO "service_project"',
  `CREATE TABLE "visit_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "no" text NOT NULL, "enterprise_id" text NOT NULL, "round_id" text, "round_target_id" text, "project_id" text,
    "date" text NOT NULL, "time_from" text, "time_to" text, "is_night" integer NOT NULL, "nature" text NOT NULL,
    "inspection_code" text, "approval_no" text, "consent" text NOT NULL, "consent_by" text, "consent_post" text,
    "consent_at" text, "consent_attachment_id" text, "card_left" integer NOT NULL, "state" text NOT NULL,
    "outcome" text, "accompanying_name" text, "accompanying_post" text, "village_officer" text, "opening_at" text,
    "opening_talk" text, "production_load" integer, "waste_stock" text, "waste_oldest_date" text, "facility_state" text,
    "enterprise_opinion" text, "summary" text, "guidance" text, "service_style" text, "law_explained" integer NOT NULL,
    "cooperation_mark" integer, "checkin_longitude" text, "checkin_latitude" text, "signer_name" text,
    "signer_post" text, "signed_date" text, "refused_sign" integer NOT NULL, "refused_sign_reason" text,
    "signed_content_hash" text, "round_choice" text, "verifies_file" text,
    CONSTRAINT "fk_visit_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_visit_round_id" FOREIGN KEY ("round_id") REFERENCES "round" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_visit_round_target_id" FOREIGN KEY ("round_target_id") REFERENCES "round_target" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_visit_project_id" FOREIGN KEY ("project_id") REFERENCES "service_project" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_visit_consent_attachment_id" FOREIGN KEY ("consent_attachment_id") REFERENCES "attachment" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "visit_new" (
    "id", "created_at", "updated_at", "deleted_at", "no", "enterprise_id", "round_id", "round_target_id", "project_id",
    "date", "time_from", "time_to", "is_night", "nature", "inspection_code", "approval_no", "consent", "consent_by",
    "consent_post", "consent_at", "consent_attachment_id", "card_left", "state", "outcome", "accompanying_name",
    "accompanying_post", "village_officer", "opening_at", "opening_talk", "production_load", "waste_stock",
    "waste_oldest_date", "facility_state", "enterprise_opinion", "summary", "guidance", "service_style",
    "law_explained", "cooperation_mark", "checkin_longitude", "checkin_latitude", "signer_name", "signer_post",
    "signed_date", "refused_sign", "refused_sign_reason", "signed_content_hash", "round_choice", "verifies_file"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "no", "enterprise_id", "round_id", "round_target_id", "project_id",
    "date", "time_from", "time_to", "is_night", "nature", "inspection_code", "approval_no", "consent", "consent_by",
    "consent_post", "consent_at", "consent_attachment_id", "card_left", "state", "outcome", "accompanying_name",
    "accompanying_post", "village_officer", NULL, "opening_talk", "production_load", "waste_stock", "waste_oldest_date",
    "facility_state", "enterprise_opinion", "summary", "guidance", "service_style", "law_explained", "cooperation_mark",
    "checkin_longitude", "checkin_latitude", "signer_name", "signer_post", "signed_date", "refused_sign",
    "refused_sign_reason", "signed_content_hash", "round_choice", "verifies_file"
  FROM "visit"`,
  'DROP TABLE "visit"',
  'ALTER TABLE "visit_new" RENAME TO "visit"',
  'CREATE INDEX "idx_visit_enterprise_id_date" ON "visit" ("enterprise_id", "date")',
  'CREATE INDEX "idx_visit_round_id" ON "visit" ("round_id")',
  'CREATE INDEX "idx_visit_date" ON "visit" ("date")',
  'CREATE INDEX "idx_visit_state" ON "visit" ("state")',
];

/** Tables and fields of what is said before a visit. */
export class Opening1796126641623 implements MigrationInterface {
  readonly name = 'Opening1796126641623';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
