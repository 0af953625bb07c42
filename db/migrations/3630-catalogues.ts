// 总量指标 (eiaTotal) gets its table; 分类管理名录 (catalogue) gets its table; so do 3 more; 企业 (enterprise) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "eia_total" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "eia_project_id" text NOT NULL, "pollutant" text NOT NULL, "amount" text, "exemption" text, "exempt_by" text,
    CONSTRAINT "fk_eia_total_eia_project_id" FOREIGN KEY ("eia_project_id") REFERENCES "eia_project" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_eia_total_eia_project_id" ON "eia_total" ("eia_project_id")',
  `CREATE TABLE "catalogue" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "name" text NOT NULL, "subject" text NOT NULL, "valid_from" text NOT NULL, "valid_to" text, "document_no" text,
    "note" text
  ) STRICT`,
  'CREATE INDEX "idx_catalogue_subject_valid_from" ON "catalogue" ("subject", "valid_from")',
  `CREATE TABLE "catalogue_entry" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "catalogue_id" text NOT NULL, "no" text, "name" text NOT NULL, "industry_codes" text, "sub_industries" text,
    "condition" text, "subject" text, "outcome" text NOT NULL, "note" text,
    CONSTRAINT "fk_catalogue_entry_catalogue_id" FOREIGN KEY ("catalogue_id") REFERENCES "catalogue" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_catalogue_entry_catalogue_id" ON "catalogue_entry" ("catalogue_id")',
  `CREATE TABLE "classification" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "catalogue_id" text NOT NULL, "outcome" text NOT NULL, "reason" text, "before" text,
    "change" text NOT NULL, "held" text, "standing" text,
    CONSTRAINT "fk_classification_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_classification_catalogue_id" FOREIGN KEY ("catalogue_id") REFERENCES "catalogue" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_classification_enterprise_id" ON "classification" ("enterprise_id")',
  'CREATE INDEX "idx_classification_catalogue_id_change" ON "classification" ("catalogue_id", "change")',
  'CREATE INDEX "idx_classification_outcome" ON "classification" ("outcome")',
  `CREATE TABLE "exemption_rule" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "code" text NOT NULL, "pollutant" text NOT NULL, "threshold" text NOT NULL, "is_inclusive" integer NOT NULL,
    "industry_codes" text, "valid_from" text NOT NULL, "valid_to" text, "basis" text, "note" text
  ) STRICT`,
  'CREATE INDEX "idx_exemption_rule_pollutant_valid_from" ON "exemption_rule" ("pollutant", "valid_from")',
  `CREATE TABLE "enterprise_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "name" text NOT NULL, "short_name" text, "sign_name" text, "internal_code" text NOT NULL, "site_no" text NOT NULL,
    "expanded_from_id" text, "credit_code" text, "credit_code_quarantine" text, "credit_code_missing_reason" text,
    "object_kind" text NOT NULL, "management_tier" text NOT NULL, "industry_code" text, "industry_name" text,
    "sub_industry" text, "scale" text, "operating_status" text NOT NULL, "operating_status_date" text,
    "operating_status_basis" text, "town_id" text NOT NULL, "village_id" text, "park_id" text, "parcel_id" text,
    "building_id" text, "room_no" text, "grid_id" text, "address" text, "registered_address" text, "longitude" text,
    "latitude" text, "coordinate_system" text, "premises_kind" text, "landlord" text, "legal_rep" text,
    "env_department" text, "employees" integer, "site_area" text, "floor_area" text, "founded_date" text,
    "founded_date_precision" text, "started_date" text, "started_date_precision" text, "shift" text,
    "is_factory_in_factory" integer NOT NULL, "host_enterprise_id" text, "is_model_enterprise" integer NOT NULL,
    "organisation_id" text, "responsible_staff_id" text, "old_reg_no" text, "suspected_duplicate" integer NOT NULL,
    "remark" text, "file_established_date" text, "file_updated_date" text, "name_key" text, "pinyin" text,
    "completeness" integer, "site_name" text, "land_class" text, "lessor_kind" text, "lessor_contact" text,
    "lifecycle_stage" text, "credit_code_confirmed_from" text, "credit_code_confirmed_by" text,
    "credit_code_confirmed_date" text,
    CONSTRAINT "fk_enterprise_expanded_from_id" FOREIGN KEY ("expanded_from_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_enterprise_town_id" FOREIGN KEY ("town_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_enterprise_village_id" FOREIGN KEY ("village_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_enterprise_park_id" FOREIGN KEY ("park_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_enterprise_parcel_id" FOREIGN KEY ("parcel_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_enterprise_building_id" FOREIGN KEY ("building_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_enterprise_grid_id" FOREIGN KEY ("grid_id") REFERENCES "grid" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_enterprise_host_enterprise_id" FOREIGN KEY ("host_enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_enterprise_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_enterprise_responsible_staff_id" FOREIGN KEY ("responsible_staff_id") REFERENCES "staff" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "enterprise_new" (
    "id", "created_at", "updated_at", "deleted_at", "name", "short_name", "sign_name", "internal_code", "site_no",
    "expanded_from_id", "credit_code", "credit_code_quarantine", "credit_code_missing_reason", "object_kind",
    "management_tier", "industry_code", "industry_name", "sub_industry", "scale", "operating_status",
    "operating_status_date", "operating_status_basis", "town_id", "village_id", "park_id", "parcel_id", "building_id",
    "room_no", "grid_id", "address", "registered_address", "longitude", "latitude", "coordinate_system",
    "premises_kind", "landlord", "legal_rep", "env_department", "employees", "site_area", "floor_area", "founded_date",
    "founded_date_precision", "started_date", "started_date_precision", "shift", "is_factory_in_factory",
    "host_enterprise_id", "is_model_enterprise", "organisation_id", "responsible_staff_id", "old_reg_no",
    "suspected_duplicate", "remark", "file_established_date", "file_updated_date", "name_key", "pinyin", "completeness",
    "site_name", "land_class", "lessor_kind", "lessor_contact", "lifecycle_stage", "credit_code_confirmed_from",
    "credit_code_confirmed_by", "credit_code_confirmed_date"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "name", "short_name", "sign_name", "internal_code", "site_no",
    "expanded_from_id", "credit_code", "credit_code_quarantine", "credit_code_missing_reason", "object_kind",
    "management_tier", "industry_code", "industry_name", NULL, "scale", "operating_status", "operating_status_date",
    "operating_status_basis", "town_id", "village_id", "park_id", "parcel_id", "building_id", "room_no", "grid_id",
    "address", "registered_address", "longitude", "latitude", "coordinate_system", "premises_kind", "landlord",
    "legal_rep", "env_department", "employees", "site_area", "floor_area", "founded_date", "founded_date_precision",
    "started_date", "started_date_precision", "shift", "is_factory_in_factory", "host_enterprise_id",
    "is_model_enterprise", "organisation_id", "responsible_staff_id", "old_reg_no", "suspected_duplicate", "remark",
    "file_established_date", "file_updated_date", "name_key", "pinyin", "completeness", "site_name", "land_class",
    "lessor_kind", "lessor_contact", "lifecycle_stage", "credit_code_confirmed_from", "credit_code_confirmed_by",
    "credit_code_confirmed_date"
  FROM "enterprise"`,
  'DROP TABLE "enterprise"',
  'ALTER TABLE "enterprise_new" RENAME TO "enterprise"',
  'CREATE INDEX "idx_enterprise_name_key" ON "enterprise" ("name_key")',
  'CREATE INDEX "idx_enterprise_credit_code" ON "enterprise" ("credit_code")',
  'CREATE INDEX "idx_enterprise_town_id" ON "enterprise" ("town_id")',
  'CREATE INDEX "idx_enterprise_village_id_operating_status" ON "enterprise" ("village_id", "operating_status")',
  'CREATE INDEX "idx_enterprise_park_id" ON "enterprise" ("park_id")',
  'CREATE INDEX "idx_enterprise_building_id" ON "enterprise" ("building_id")',
  'CREATE INDEX "idx_enterprise_pinyin" ON "enterprise" ("pinyin")',
  'CREATE INDEX "idx_enterprise_object_kind_operating_status" ON "enterprise" ("object_kind", "operating_status")',
  'CREATE INDEX "idx_enterprise_responsible_staff_id" ON "enterprise" ("responsible_staff_id")',
  'CREATE INDEX "idx_enterprise_host_enterprise_id" ON "enterprise" ("host_enterprise_id")',
  'CREATE INDEX "idx_enterprise_internal_code" ON "enterprise" ("internal_code")',
  'CREATE INDEX "idx_enterprise_name" ON "enterprise" ("name")',
  'CREATE INDEX "idx_enterprise_binned" ON "enterprise" ("id") WHERE "deleted_at" IS NOT NULL',
];

/** 总量指标 (eiaTotal) gets its table; 分类管理名录 (catalogue) gets its table; so do 3 more; 企业 (enterprise) changes. */
export class Catalogues1796112655558 implements MigrationInterface {
  readonly name = 'Catalogues1796112655558';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
