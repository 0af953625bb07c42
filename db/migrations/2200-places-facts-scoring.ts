// 位置 (enterprisePlace) gets its table; 检查表 (checklist) changes; 检查项 (checklistItem) changes; 问题 (finding) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "enterprise_place" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "seq" integer NOT NULL, "name" text NOT NULL, "kind" text NOT NULL,
    CONSTRAINT "fk_enterprise_place_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_enterprise_place_enterprise_id" ON "enterprise_place" ("enterprise_id")',
  'ALTER TABLE "checklist" ADD COLUMN "scoring" text',
  'ALTER TABLE "checklist_item" ADD COLUMN "requires" text',
  `CREATE TABLE "finding_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "no" text NOT NULL, "enterprise_id" text NOT NULL, "visit_id" text, "round_id" text, "checklist_item_id" text,
    "found_date" text NOT NULL, "category" text NOT NULL, "handling_class" text NOT NULL, "description" text NOT NULL,
    "location" text, "responsible_unit" text, "responsible_person" text, "measure" text, "suggestion" text,
    "proposed_deadline" text, "photo_exemption" text, "told_to_name" text, "told_at" text, "told_reply" text,
    "help_plan" text, "enforcement_contact" text, "spot_count" integer, "recurrence_of_id" text, "status" text NOT NULL,
    "deadline" text, "original_deadline" text, "extension_count" integer NOT NULL, "issued_date" text,
    "report_date" text, "closed_date" text, "rectified_date" text, "close_reason" text, "return_count" integer NOT NULL,
    "current_holder" text, "place_id" text,
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
    "help_plan", "enforcement_contact", "spot_count", "recurrence_of_id", "status", "deadline", "original_deadline",
    "extension_count", "issued_date", "report_date", "closed_date", "rectified_date", "close_reason", "return_count",
    "current_holder", "place_id"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "no", "enterprise_id", "visit_id", "round_id", "checklist_item_id",
    "found_date", "category", "handling_class", "description", "location", "responsible_unit", "responsible_person",
    "measure", "suggestion", "proposed_deadline", "photo_exemption", "told_to_name", "told_at", "told_reply",
    "help_plan", "enforcement_contact", "spot_count", "recurrence_of_id", "status", "deadline", "original_deadline",
    "extension_count", "issued_date", "report_date", "closed_date", "rectified_date", "close_reason", "return_count",
    "current_holder", NULL
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
];

/** 位置 (enterprisePlace) gets its table; 检查表 (checklist) changes; 检查项 (checklistItem) changes; 问题 (finding) changes. */
export class PlacesFactsScoring1796100002200 implements MigrationInterface {
  readonly name = 'PlacesFactsScoring1796100002200';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
