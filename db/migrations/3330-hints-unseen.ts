// 生产工艺 (process) changes; 治理设施 (treatmentFacility) changes; so do 1 more.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "process_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "step" integer, "name" text NOT NULL, "equipment" text, "equipment_count" integer,
    "pollution_node" text, "pollutants" text, "detail" text, "unseen" integer NOT NULL,
    CONSTRAINT "fk_process_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "process_new" (
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "step", "name", "equipment", "equipment_count",
    "pollution_node", "pollutants", "detail", "unseen"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "step", "name", "equipment", "equipment_count",
    "pollution_node", "pollutants", "detail", 0
  FROM "process"`,
  'DROP TABLE "process"',
  'ALTER TABLE "process_new" RENAME TO "process"',
  'CREATE INDEX "idx_process_enterprise_id" ON "process" ("enterprise_id")',
  `CREATE TABLE "treatment_facility_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "code" text, "medium" text NOT NULL, "name" text NOT NULL, "process_name" text,
    "capacity" text, "capacity_unit" text, "served_outlet_id" text, "served_equipment" text, "pollutants" text,
    "efficiency" text, "installed_date" text, "running" text NOT NULL, "consistent" text NOT NULL, "consumable" text,
    "consumable_amount_kg" text, "last_replaced_date" text, "replace_every_days" integer, "next_replace_date" text,
    "maintenance_ledger" text NOT NULL, "last_maintained_date" text, "detail" text, "unseen" integer NOT NULL,
    CONSTRAINT "fk_treatment_facility_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_treatment_facility_served_outlet_id" FOREIGN KEY ("served_outlet_id") REFERENCES "outlet" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "treatment_facility_new" (
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "code", "medium", "name", "process_name",
    "capacity", "capacity_unit", "served_outlet_id", "served_equipment", "pollutants", "efficiency", "installed_date",
    "running", "consistent", "consumable", "consumable_amount_kg", "last_replaced_date", "replace_every_days",
    "next_replace_date", "maintenance_ledger", "last_maintained_date", "detail", "unseen"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "code", "medium", "name", "process_name",
    "capacity", "capacity_unit", "served_outlet_id", "served_equipment", "pollutants", "efficiency", "installed_date",
    "running", "consistent", "consumable", "consumable_amount_kg", "last_replaced_date", "replace_every_days",
    "next_replace_date", "maintenance_ledger", "last_maintained_date", "detail", 0
  FROM "treatment_facility"`,
  'DROP TABLE "treatment_facility"',
  'ALTER TABLE "treatment_facility_new" RENAME TO "treatment_facility"',
  'CREATE INDEX "idx_treatment_facility_enterprise_id" ON "treatment_facility" ("enterprise_id")',
  'CREATE INDEX "idx_treatment_facility_next_replace_date" ON "treatment_facility" ("next_replace_date")',
  `CREATE TABLE "waste_stream_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "kind" text NOT NULL, "name" text NOT NULL, "code" text, "category" text,
    "hazard_traits" text, "form" text, "yearly_amount" text, "plan_amount" text, "approved_amount" text,
    "source_process" text, "disposal_way" text, "disposal_unit_name" text, "disposal_licence_no" text,
    "licence_checked_date" text, "contract_no" text, "contract_end" text, "last_transfer_date" text,
    "unseen" integer NOT NULL,
    CONSTRAINT "fk_waste_stream_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "waste_stream_new" (
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "kind", "name", "code", "category",
    "hazard_traits", "form", "yearly_amount", "plan_amount", "approved_amount", "source_process", "disposal_way",
    "disposal_unit_name", "disposal_licence_no", "licence_checked_date", "contract_no", "contract_end",
    "last_transfer_date", "unseen"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "kind", "name", "code", "category",
    "hazard_traits", "form", "yearly_amount", "plan_amount", "approved_amount", "source_process", "disposal_way",
    "disposal_unit_name", "disposal_licence_no", "licence_checked_date", "contract_no", "contract_end",
    "last_transfer_date", 0
  FROM "waste_stream"`,
  'DROP TABLE "waste_stream"',
  'ALTER TABLE "waste_stream_new" RENAME TO "waste_stream"',
  'CREATE INDEX "idx_waste_stream_enterprise_id_kind_deleted_at" ON "waste_stream" ("enterprise_id", "kind", "deleted_at")',
  'CREATE INDEX "idx_waste_stream_contract_end" ON "waste_stream" ("contract_end")',
];

/** 生产工艺 (process) changes; 治理设施 (treatmentFacility) changes; so do 1 more. */
export class HintsUnseen1796100010300 implements MigrationInterface {
  readonly name = 'HintsUnseen1796100010300';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
