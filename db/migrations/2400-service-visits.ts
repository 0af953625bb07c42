// Visits are services: nature, consent, officers, key quantities; whose a finding is; the client's consent; earlier law.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "visit_officer" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "visit_id" text NOT NULL, "name" text NOT NULL, "unit" text NOT NULL, "certificate_no" text,
    CONSTRAINT "fk_visit_officer_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_visit_officer_visit_id" ON "visit_officer" ("visit_id")',
  `CREATE TABLE "service_project_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "name" text NOT NULL, "code" text, "client_id" text, "organisation_id" text, "contract_amount" integer,
    "start_date" text NOT NULL, "end_date" text NOT NULL, "statistics_year" text NOT NULL, "rectification_target" text,
    "immediate_days" integer NOT NULL, "deadline_days" integer NOT NULL, "major_days" integer NOT NULL,
    "count_source_removed" integer NOT NULL, "second_person_verifies" integer NOT NULL,
    "training_denominator" text NOT NULL, "notice_consent_by" text, "notice_consent_at" text,
    "notice_consent_from" text, "notice_consent_to" text, "notice_consent_attachment_id" text,
    "own_village_may_close" integer NOT NULL,
    CONSTRAINT "fk_service_project_client_id" FOREIGN KEY ("client_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_service_project_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_service_project_notice_consent_attachment_id" FOREIGN KEY ("notice_consent_attachment_id") REFERENCES "attachment" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "service_project_new" (
    "id", "created_at", "updated_at", "deleted_at", "name", "code", "client_id", "organisation_id", "contract_amount",
    "start_date", "end_date", "statistics_year", "rectification_target", "immediate_days", "deadline_days",
    "major_days", "count_source_removed", "second_person_verifies", "training_denominator", "notice_consent_by",
    "notice_consent_at", "notice_consent_from", "notice_consent_to", "notice_consent_attachment_id",
    "own_village_may_close"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "name", "code", "client_id", "organisation_id", "contract_amount",
    "start_date", "end_date", "statistics_year", "rectification_target", "immediate_days", "deadline_days",
    "major_days", "count_source_removed", "second_person_verifies", "training_denominator", NULL, NULL, NULL, NULL,
    NULL, "own_village_may_close"
  FROM "service_project"`,
  'DROP TABLE "service_project"',
  'ALTER TABLE "service_project_new" RENAME TO "service_project"',
  `CREATE TABLE "checklist_item_basis_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "item_id" text NOT NULL, "legal_basis_id" text NOT NULL, "seq" integer NOT NULL, "is_earlier" integer NOT NULL,
    CONSTRAINT "fk_checklist_item_basis_item_id" FOREIGN KEY ("item_id") REFERENCES "checklist_item" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_checklist_item_basis_legal_basis_id" FOREIGN KEY ("legal_basis_id") REFERENCES "legal_basis" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "checklist_item_basis_new" (
    "id", "created_at", "updated_at", "deleted_at", "item_id", "legal_basis_id", "seq", "is_earlier"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "item_id", "legal_basis_id", "seq", 0
  FROM "checklist_item_basis"`,
  'DROP TABLE "checklist_item_basis"',
  'ALTER TABLE "checklist_item_basis_new" RENAME TO "checklist_item_basis"',
  'CREATE INDEX "idx_checklist_item_basis_item_id" ON "checklist_item_basis" ("item_id")',
  'CREATE INDEX "idx_checklist_item_basis_legal_basis_id" ON "checklist_item_basis" ("legal_basis_id")',
  `CREATE TABLE "visit_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "no" text NOT NULL, "enterprise_id" text NOT NULL, "round_id" text, "round_target_id" text, "project_id" text,
    "date" text NOT NULL, "time_from" text, "time_to" text, "is_night" integer NOT NULL, "nature" text NOT NULL,
    "inspection_code" text, "approval_no" text, "consent" text NOT NULL, "consent_by" text, "consent_post" text,
    "consent_at" text, "consent_attachment_id" text, "card_left" integer NOT NULL, "state" text NOT NULL,
    "outcome" text, "accompanying_name" text, "accompanying_post" text, "village_officer" text, "opening_talk" text,
    "production_load" integer, "waste_stock" text, "waste_oldest_date" text, "facility_state" text,
    "enterprise_opinion" text, "summary" text, "guidance" text, "service_style" text, "law_explained" integer NOT NULL,
    "cooperation_mark" integer, "checkin_longitude" text, "checkin_latitude" text, "signer_name" text,
    "signer_post" text, "signed_date" text, "refused_sign" integer NOT NULL, "refused_sign_reason" text,
    "signed_content_hash" text, "round_choice" text,
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
    "accompanying_post", "village_officer", "opening_talk", "production_load", "waste_stock", "waste_oldest_date",
    "facility_state", "enterprise_opinion", "summary", "guidance", "service_style", "law_explained", "cooperation_mark",
    "checkin_longitude", "checkin_latitude", "signer_name", "signer_post", "signed_date", "refused_sign",
    "refused_sign_reason", "signed_content_hash", "round_choice"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "no", "enterprise_id", "round_id", "round_target_id", "project_id",
    "date", "time_from", "time_to", "is_night", 'service', NULL, NULL, 'not_recorded', NULL, NULL, NULL, NULL, 0,
    "state", "outcome", "accompanying_name", "accompanying_post", "village_officer", "opening_talk", NULL, NULL, NULL,
    NULL, NULL, "summary", "guidance", "service_style", "law_explained", "cooperation_mark", "checkin_longitude",
    "checkin_latitude", "signer_name", "signer_post", "signed_date", "refused_sign", "refused_sign_reason",
    "signed_content_hash", "round_choice"
  FROM "visit"`,
  'DROP TABLE "visit"',
  'ALTER TABLE "visit_new" RENAME TO "visit"',
  'CREATE INDEX "idx_visit_enterprise_id_date" ON "visit" ("enterprise_id", "date")',
  'CREATE INDEX "idx_visit_round_id" ON "visit" ("round_id")',
  'CREATE INDEX "idx_visit_date" ON "visit" ("date")',
  'CREATE INDEX "idx_visit_state" ON "visit" ("state")',
  `CREATE TABLE "finding_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "no" text NOT NULL, "enterprise_id" text NOT NULL, "visit_id" text, "round_id" text, "checklist_item_id" text,
    "found_date" text NOT NULL, "category" text NOT NULL, "handling_class" text NOT NULL, "description" text NOT NULL,
    "location" text, "responsible_unit" text, "responsible_person" text, "measure" text, "suggestion" text,
    "proposed_deadline" text, "photo_exemption" text, "told_to_name" text, "told_at" text, "told_reply" text,
    "help_plan" text, "enforcement_contact" text, "owner" text NOT NULL, "spot_count" integer, "recurrence_of_id" text,
    "status" text NOT NULL, "deadline" text, "original_deadline" text, "extension_count" integer NOT NULL,
    "issued_date" text, "report_date" text, "closed_date" text, "rectified_date" text, "close_reason" text,
    "return_count" integer NOT NULL, "current_holder" text, "place_id" text,
    CONSTRAINT "fk_finding_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_round_id" FOREIGN KEY ("round_id") REFERENCES "round" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_checklist_item_id" FOREIGN KEY ("checklist_item_id") REFERENCES "checklist_item" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_recurrence_of_id" FOREIGN KEY ("recurrence_of_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_place_id" FOREIGN KEY ("place_id") REFERENCES "enterprise_place" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "finding_new" (
    "id", "created_at", "updated_at", "deleted_at", "no", "enterprise_id", "visit_id", "round_id", "checklist_item_id",
    "found_date", "category", "handling_class", "description", "location", "responsible_unit", "responsible_person",
    "measure", "suggestion", "proposed_deadline", "photo_exemption", "told_to_name", "told_at", "told_reply",
    "help_plan", "enforcement_contact", "owner", "spot_count", "recurrence_of_id", "status", "deadline",
    "original_deadline", "extension_count", "issued_date", "report_date", "closed_date", "rectified_date",
    "close_reason", "return_count", "current_holder", "place_id"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "no", "enterprise_id", "visit_id", "round_id", "checklist_item_id",
    "found_date", "category", "handling_class", "description", "location", "responsible_unit", "responsible_person",
    "measure", "suggestion", "proposed_deadline", "photo_exemption", "told_to_name", "told_at", "told_reply",
    "help_plan", "enforcement_contact", 'service', "spot_count", "recurrence_of_id", "status", "deadline",
    "original_deadline", "extension_count", "issued_date", "report_date", "closed_date", "rectified_date",
    "close_reason", "return_count", "current_holder", "place_id"
  FROM "finding"`,
  'DROP TABLE "finding"',
  'ALTER TABLE "finding_new" RENAME TO "finding"',
  'CREATE INDEX "idx_finding_enterprise_id_status_deleted_at" ON "finding" ("enterprise_id", "status", "deleted_at")',
  'CREATE INDEX "idx_finding_visit_id_status_deleted_at" ON "finding" ("visit_id", "status", "deleted_at")',
  'CREATE INDEX "idx_finding_round_id" ON "finding" ("round_id")',
  'CREATE INDEX "idx_finding_found_date_status" ON "finding" ("found_date", "status")',
  'CREATE INDEX "idx_finding_status_deadline" ON "finding" ("status", "deadline")',
  'CREATE INDEX "idx_finding_closed_date" ON "finding" ("closed_date")',
  'CREATE INDEX "idx_finding_no" ON "finding" ("no")',
  'CREATE INDEX "idx_finding_category" ON "finding" ("category")',
  'CREATE INDEX "idx_finding_checklist_item_id" ON "finding" ("checklist_item_id")',
  'CREATE INDEX "idx_finding_place_id" ON "finding" ("place_id")',
  `CREATE TABLE "rectification_notice_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "no" text NOT NULL, "kind" text NOT NULL, "enterprise_id" text NOT NULL, "visit_id" text, "state" text NOT NULL,
    "issued_date" text NOT NULL, "issued_by" text, "delivered_by" text, "delivered_date" text, "signer_name" text,
    "reply_date" text, "client_consent_by" text, "client_consent_at" text, "client_consent_attachment_id" text,
    CONSTRAINT "fk_rectification_notice_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_rectification_notice_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_rectification_notice_client_consent_attachment_id" FOREIGN KEY ("client_consent_attachment_id") REFERENCES "attachment" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "rectification_notice_new" (
    "id", "created_at", "updated_at", "deleted_at", "no", "kind", "enterprise_id", "visit_id", "state", "issued_date",
    "issued_by", "delivered_by", "delivered_date", "signer_name", "reply_date", "client_consent_by",
    "client_consent_at", "client_consent_attachment_id"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "no", "kind", "enterprise_id", "visit_id", "state", "issued_date",
    "issued_by", "delivered_by", "delivered_date", "signer_name", "reply_date", NULL, NULL, NULL
  FROM "rectification_notice"`,
  'DROP TABLE "rectification_notice"',
  'ALTER TABLE "rectification_notice_new" RENAME TO "rectification_notice"',
  'CREATE INDEX "idx_rectification_notice_enterprise_id" ON "rectification_notice" ("enterprise_id")',
  'CREATE INDEX "idx_rectification_notice_visit_id" ON "rectification_notice" ("visit_id")',
  `CREATE TABLE "training_attendance_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "training_id" text NOT NULL, "enterprise_id" text, "village_id" text, "person_name" text NOT NULL, "post" text,
    "phone" text, "exam_score" integer,
    CONSTRAINT "fk_training_attendance_training_id" FOREIGN KEY ("training_id") REFERENCES "training" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_training_attendance_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_training_attendance_village_id" FOREIGN KEY ("village_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "training_attendance_new" (
    "id", "created_at", "updated_at", "deleted_at", "training_id", "enterprise_id", "village_id", "person_name", "post",
    "phone", "exam_score"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "training_id", "enterprise_id", NULL, "person_name", "post",
    "phone", "exam_score"
  FROM "training_attendance"`,
  'DROP TABLE "training_attendance"',
  'ALTER TABLE "training_attendance_new" RENAME TO "training_attendance"',
  'CREATE INDEX "idx_training_attendance_training_id" ON "training_attendance" ("training_id")',
  'CREATE INDEX "idx_training_attendance_enterprise_id" ON "training_attendance" ("enterprise_id")',
];

/** Visits are services; whose a finding is; the client's consent to notices; village officers at trainings. */
export class ServiceVisits1796100002400 implements MigrationInterface {
  readonly name = 'ServiceVisits1796100002400';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
