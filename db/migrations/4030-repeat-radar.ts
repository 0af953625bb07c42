// 重复判断 (repeatDecision) gets its table; 服务项目 (serviceProject) changes; 问题 (finding) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "repeat_decision" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "finding_id" text NOT NULL, "earlier_id" text NOT NULL, "decision" text NOT NULL, "date" text NOT NULL,
    "by_name" text NOT NULL, "reasons" text,
    CONSTRAINT "fk_repeat_decision_finding_id" FOREIGN KEY ("finding_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_repeat_decision_earlier_id" FOREIGN KEY ("earlier_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_repeat_decision_finding_id" ON "repeat_decision" ("finding_id")',
  'CREATE INDEX "idx_repeat_decision_earlier_id" ON "repeat_decision" ("earlier_id")',
  `CREATE TABLE "service_project_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "name" text NOT NULL, "code" text, "client_id" text, "client_dept" text, "organisation_id" text,
    "contract_amount" integer, "start_date" text NOT NULL, "end_date" text NOT NULL, "visit_act" text NOT NULL,
    "statistics_year" text NOT NULL, "rectification_target" text, "immediate_days" integer NOT NULL,
    "deadline_days" integer NOT NULL, "major_days" integer NOT NULL, "repeat_days" integer NOT NULL,
    "count_source_removed" integer NOT NULL, "second_person_verifies" integer NOT NULL,
    "training_denominator" text NOT NULL, "notice_consent_by" text, "notice_consent_at" text,
    "notice_consent_from" text, "notice_consent_to" text, "notice_consent_attachment_id" text, "complaint_phone" text,
    "service_boundary" text, "decline_text" text, "opening_required" integer NOT NULL,
    "own_village_may_close" integer NOT NULL,
    CONSTRAINT "fk_service_project_client_id" FOREIGN KEY ("client_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_service_project_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_service_project_notice_consent_attachment_id" FOREIGN KEY ("notice_consent_attachment_id") REFERENCES "attachment" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "service_project_new" (
    "id", "created_at", "updated_at", "deleted_at", "name", "code", "client_id", "client_dept", "organisation_id",
    "contract_amount", "start_date", "end_date", "visit_act", "statistics_year", "rectification_target",
    "immediate_days", "deadline_days", "major_days", "repeat_days", "count_source_removed", "second_person_verifies",
    "training_denominator", "notice_consent_by", "notice_consent_at", "notice_consent_from", "notice_consent_to",
    "notice_consent_attachment_id", "complaint_phone", "service_boundary", "decline_text", "opening_required",
    "own_village_may_close"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "name", "code", "client_id", "client_dept", "organisation_id",
    "contract_amount", "start_date", "end_date", "visit_act", "statistics_year", "rectification_target",
    "immediate_days", "deadline_days", "major_days", 90, "count_source_removed", "second_person_verifies",
    "training_denominator", "notice_consent_by", "notice_consent_at", "notice_consent_from", "notice_consent_to",
    "notice_consent_attachment_id", "complaint_phone", "service_boundary", "decline_text", "opening_required",
    "own_village_may_close"
  FROM "service_project"`,
  'DROP TABLE "service_project"',
  'ALTER TABLE "service_project_new" RENAME TO "service_project"',
  `CREATE TABLE "finding_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "no" text NOT NULL, "enterprise_id" text NOT NULL, "visit_id" text, "round_id" text, "checklist_item_id" text,
    "found_date" text NOT NULL, "category" text NOT NULL, "handling_class" text NOT NULL, "description" text NOT NULL,
    "location" text, "responsible_unit" text, "responsible_person" text, "measure" text, "suggestion" text,
    "proposed_deadline" text, "photo_exemption" text, "told_to_name" text, "told_at" text, "told_reply" text,
    "help_plan" text, "enforcement_contact" text, "owner" text NOT NULL, "spot_count" integer, "recurrence_of_id" text,
    "status" text NOT NULL, "deadline" text, "original_deadline" text, "extension_count" integer NOT NULL,
    "issued_date" text, "report_date" text, "closed_date" text, "rectified_date" text, "close_reason" text,
    "return_count" integer NOT NULL, "current_holder" text, "place_id" text, "suspected_repeat_of_id" text,
    CONSTRAINT "fk_finding_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_round_id" FOREIGN KEY ("round_id") REFERENCES "round" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_checklist_item_id" FOREIGN KEY ("checklist_item_id") REFERENCES "checklist_item" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_recurrence_of_id" FOREIGN KEY ("recurrence_of_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_place_id" FOREIGN KEY ("place_id") REFERENCES "enterprise_place" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_suspected_repeat_of_id" FOREIGN KEY ("suspected_repeat_of_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "finding_new" (
    "id", "created_at", "updated_at", "deleted_at", "no", "enterprise_id", "visit_id", "round_id", "checklist_item_id",
    "found_date", "category", "handling_class", "description", "location", "responsible_unit", "responsible_person",
    "measure", "suggestion", "proposed_deadline", "photo_exemption", "told_to_name", "told_at", "told_reply",
    "help_plan", "enforcement_contact", "owner", "spot_count", "recurrence_of_id", "status", "deadline",
    "original_deadline", "extension_count", "issued_date", "report_date", "closed_date", "rectified_date",
    "close_reason", "return_count", "current_holder", "place_id", "suspected_repeat_of_id"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "no", "enterprise_id", "visit_id", "round_id", "checklist_item_id",
    "found_date", "category", "handling_class", "description", "location", "responsible_unit", "responsible_person",
    "measure", "suggestion", "proposed_deadline", "photo_exemption", "told_to_name", "told_at", "told_reply",
    "help_plan", "enforcement_contact", "owner", "spot_count", "recurrence_of_id", "status", "deadline",
    "original_deadline", "extension_count", "issued_date", "report_date", "closed_date", "rectified_date",
    "close_reason", "return_count", "current_holder", "place_id", NULL
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
  'CREATE INDEX "idx_finding_suspected_repeat_of_id" ON "finding" ("suspected_repeat_of_id")',
];

/** 重复判断 (repeatDecision) gets its table; 服务项目 (serviceProject) changes; 问题 (finding) changes. */
export class RepeatRadar1796130528382 implements MigrationInterface {
  readonly name = 'RepeatRadar1796130528382';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
