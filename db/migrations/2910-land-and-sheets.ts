// 一企一表 (enterpriseSheet) gets its table; 企业 (enterprise) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "enterprise_sheet" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "filled_date" text NOT NULL, "filled_by" text, "eia_compared" text NOT NULL,
    "checked_date" text, "checked_by" text, "differences" text,
    CONSTRAINT "fk_enterprise_sheet_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_enterprise_sheet_enterprise_id_filled_date" ON "enterprise_sheet" ("enterprise_id", "filled_date")',
  'CREATE INDEX "idx_enterprise_sheet_filled_date" ON "enterprise_sheet" ("filled_date")',
  `CREATE TABLE "enterprise_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "name" text NOT NULL, "short_name" text, "sign_name" text, "internal_code" text NOT NULL, "site_no" text NOT NULL,
    "expanded_from_id" text, "credit_code" text, "credit_code_quarantine" text, "credit_code_missing_reason" text,
    "object_kind" text NOT NULL, "management_tier" text NOT NULL, "industry_code" text, "industry_name" text,
    "scale" text, "operating_status" text NOT NULL, "operating_status_date" text, "operating_status_basis" text,
    "town_id" text NOT NULL, "village_id" text, "park_id" text, "parcel_id" text, "building_id" text, "room_no" text,
    "grid_id" text, "address" text, "registered_address" text, "longitude" text, "latitude" text,
    "coordinate_system" text, "premises_kind" text, "landlord" text, "legal_rep" text, "env_department" text,
    "employees" integer, "site_area" text, "floor_area" text, "founded_date" text, "founded_date_precision" text,
    "started_date" text, "started_date_precision" text, "shift" text, "is_factory_in_factory" integer NOT NULL,
    "host_enterprise_id" text, "is_model_enterprise" integer NOT NULL, "organisation_id" text,
    "responsible_staff_id" text, "old_reg_no" text, "suspected_duplicate" integer NOT NULL, "remark" text,
    "file_established_date" text, "file_updated_date" text, "name_key" text, "pinyin" text, "completeness" integer,
    "site_name" text, "land_class" text, "lessor_kind" text, "lessor_contact" text, "lifecycle_stage" text,
    "credit_code_confirmed_from" text, "credit_code_confirmed_by" text, "credit_code_confirmed_date" text,
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
    "management_tier", "industry_code", "industry_name", "scale", "operating_status", "operating_status_date",
    "operating_status_basis", "town_id", "village_id", "park_id", "parcel_id", "building_id", "room_no", "grid_id",
    "address", "registered_address", "longitude", "latitude", "coordinate_system", "premises_kind", "landlord",
    "legal_rep", "env_department", "employees", "site_area", "floor_area", "founded_date", "founded_date_precision",
    "started_date", "started_date_precision", "shift", "is_factory_in_factory", "host_enterprise_id",
    "is_model_enterprise", "organisation_id", "responsible_staff_id", "old_reg_no", "suspected_duplicate", "remark",
    "file_established_date", "file_updated_date", "name_key", "pinyin", "completeness", "site_name", "land_class",
    "lessor_kind", "lessor_contact", "lifecycle_stage", "credit_code_confirmed_from", "credit_code_confirmed_by",
    "credit_code_confirmed_date"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "name", "short_name", "sign_name", "internal_code", "site_no",
    "expanded_from_id", "credit_code", "credit_code_quarantine", "credit_code_missing_reason", "object_kind",
    "management_tier", "industry_code", "industry_name", "scale", "operating_status", "operating_status_date",
    "operating_status_basis", "town_id", "village_id", "park_id", "parcel_id", "building_id", "room_no", "grid_id",
    "address", "registered_address", "longitude", "latitude", "coordinate_system", "premises_kind", "landlord",
    "legal_rep", "env_department", "employees", "site_area", "floor_area", "founded_date", "founded_date_precision",
    "started_date", "started_date_precision", "shift", "is_factory_in_factory", "host_enterprise_id",
    "is_model_enterprise", "organisation_id", "responsible_staff_id", "old_reg_no", "suspected_duplicate", "remark",
    "file_established_date", "file_updated_date", "name_key", "pinyin", "completeness", "site_name", NULL, NULL, NULL,
    NULL, "credit_code_confirmed_from", "credit_code_confirmed_by", "credit_code_confirmed_date"
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

/** 一企一表 (enterpriseSheet) gets its table; 企业 (enterprise) changes. */
export class LandAndSheets1796100006100 implements MigrationInterface {
  readonly name = 'LandAndSheets1796100006100';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
