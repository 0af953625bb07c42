// 敏感目标 (sensitiveReceptor) gets its table; 楼宇情况 (buildingBlock) gets its table; so do 18 more.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "sensitive_receptor" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "name" text NOT NULL, "kind" text NOT NULL, "direction" text, "distance_m" integer,
    "remark" text,
    CONSTRAINT "fk_sensitive_receptor_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_sensitive_receptor_enterprise_id" ON "sensitive_receptor" ("enterprise_id")',
  `CREATE TABLE "building_block" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "floors" integer, "owner" text, "property_manager" text, "shared_facilities" text,
    "public_equipment" text, "basement_garage" text NOT NULL, "sewage_separated" text NOT NULL,
    CONSTRAINT "fk_building_block_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_building_block_enterprise_id" ON "building_block" ("enterprise_id")',
  `CREATE TABLE "construction_site_block" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "builder" text, "contractor" text, "planned_start" text, "planned_end" text,
    "dust_control" text, "dust_monitor" text NOT NULL, "washing_bay" text NOT NULL, "night_work_licence" text,
    "machinery_plates" text,
    CONSTRAINT "fk_construction_site_block_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_construction_site_block_enterprise_id" ON "construction_site_block" ("enterprise_id")',
  `CREATE TABLE "property_manager_block" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "managed_buildings" text, "complaint_channel" text,
    "renovation_waste_rules" text NOT NULL, "noisy_equipment_approval" text NOT NULL, "grease_cleaning" text NOT NULL,
    CONSTRAINT "fk_property_manager_block_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_property_manager_block_enterprise_id" ON "property_manager_block" ("enterprise_id")',
  `CREATE TABLE "storage_block" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "stored_goods" text, "hazardous_goods" text NOT NULL, "tanks" integer,
    "covered" text NOT NULL, "sprinkling" text NOT NULL, "hardened_ground" text NOT NULL,
    "vapour_recovery" text NOT NULL,
    CONSTRAINT "fk_storage_block_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_storage_block_enterprise_id" ON "storage_block" ("enterprise_id")',
  `CREATE TABLE "execution_report" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "permit_id" text, "kind" text NOT NULL, "period" text NOT NULL, "due_date" text,
    "submitted_date" text,
    CONSTRAINT "fk_execution_report_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_execution_report_permit_id" FOREIGN KEY ("permit_id") REFERENCES "permit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_execution_report_enterprise_id" ON "execution_report" ("enterprise_id")',
  'CREATE INDEX "idx_execution_report_due_date" ON "execution_report" ("due_date")',
  `CREATE TABLE "material" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "name" text NOT NULL, "category" text, "form" text, "cas_no" text,
    "is_hazardous_chemical" text NOT NULL, "is_new_chemical" integer NOT NULL, "voc_content" text, "yearly_use" text,
    "unit" text, "max_stock" text, "storage_place" text, "sds_attached" text NOT NULL, "used_for" text,
    CONSTRAINT "fk_material_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_material_enterprise_id" ON "material" ("enterprise_id")',
  `CREATE TABLE "process" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "step" integer, "name" text NOT NULL, "equipment" text, "equipment_count" integer,
    "pollution_node" text, "pollutants" text, "detail" text,
    CONSTRAINT "fk_process_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_process_enterprise_id" ON "process" ("enterprise_id")',
  `CREATE TABLE "equipment" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "code" text, "name" text NOT NULL, "model" text, "count" integer,
    "count_in_eia" integer, "in_eia" text NOT NULL, "place" text,
    CONSTRAINT "fk_equipment_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_equipment_enterprise_id" ON "equipment" ("enterprise_id")',
  `CREATE TABLE "outlet" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "code" text NOT NULL, "medium" text NOT NULL, "name" text, "destination" text,
    "sewage_works" text, "height_m" text, "diameter_m" text, "standard_name" text, "sign_posted" text NOT NULL,
    "sampling_port" text NOT NULL, "auto_monitored" text NOT NULL, "longitude" text, "latitude" text,
    CONSTRAINT "fk_outlet_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_outlet_enterprise_id" ON "outlet" ("enterprise_id")',
  `CREATE TABLE "outlet_limit" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "outlet_id" text NOT NULL, "pollutant" text NOT NULL, "low" text, "high" text, "unit" text, "yearly_total" text,
    "standard_name" text,
    CONSTRAINT "fk_outlet_limit_outlet_id" FOREIGN KEY ("outlet_id") REFERENCES "outlet" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_outlet_limit_outlet_id" ON "outlet_limit" ("outlet_id")',
  `CREATE TABLE "treatment_facility" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "code" text, "medium" text NOT NULL, "name" text NOT NULL, "process_name" text,
    "capacity" text, "capacity_unit" text, "served_outlet_id" text, "served_equipment" text, "pollutants" text,
    "efficiency" text, "installed_date" text, "running" text NOT NULL, "consistent" text NOT NULL, "consumable" text,
    "consumable_amount_kg" text, "last_replaced_date" text, "replace_every_days" integer, "next_replace_date" text,
    "maintenance_ledger" text NOT NULL, "last_maintained_date" text, "detail" text,
    CONSTRAINT "fk_treatment_facility_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_treatment_facility_served_outlet_id" FOREIGN KEY ("served_outlet_id") REFERENCES "outlet" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_treatment_facility_enterprise_id" ON "treatment_facility" ("enterprise_id")',
  'CREATE INDEX "idx_treatment_facility_next_replace_date" ON "treatment_facility" ("next_replace_date")',
  `CREATE TABLE "noise_source" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "name" text NOT NULL, "count" integer, "place" text, "measure" text, "level" text,
    "boundary_class" text, "runs_at_night" text NOT NULL,
    CONSTRAINT "fk_noise_source_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_noise_source_enterprise_id" ON "noise_source" ("enterprise_id")',
  `CREATE TABLE "waste_stream" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "kind" text NOT NULL, "name" text NOT NULL, "code" text, "category" text,
    "hazard_traits" text, "form" text, "yearly_amount" text, "plan_amount" text, "approved_amount" text,
    "source_process" text, "disposal_way" text, "disposal_unit_name" text, "disposal_licence_no" text,
    "licence_checked_date" text, "contract_no" text, "contract_end" text, "last_transfer_date" text,
    CONSTRAINT "fk_waste_stream_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_waste_stream_enterprise_id" ON "waste_stream" ("enterprise_id")',
  'CREATE INDEX "idx_waste_stream_contract_end" ON "waste_stream" ("contract_end")',
  `CREATE TABLE "waste_storage" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "name" text, "kind" text NOT NULL, "waste" text NOT NULL, "area_m2" text,
    "capacity_t" text, "current_t" text, "oldest_date" text, "seepage_proof" text NOT NULL, "spill_tray" text NOT NULL,
    "sign_posted" text NOT NULL, "labels" text NOT NULL, "camera" text NOT NULL, "ledger" text NOT NULL,
    "separated" text NOT NULL,
    CONSTRAINT "fk_waste_storage_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_waste_storage_enterprise_id" ON "waste_storage" ("enterprise_id")',
  'CREATE INDEX "idx_waste_storage_oldest_date" ON "waste_storage" ("oldest_date")',
  `CREATE TABLE "waste_transfer" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "manifest_no" text NOT NULL, "date" text NOT NULL, "stream_id" text,
    "name" text NOT NULL, "code" text, "amount" text, "unit" text, "carrier" text, "receiver" text,
    "received_date" text, "void" integer NOT NULL,
    CONSTRAINT "fk_waste_transfer_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_waste_transfer_stream_id" FOREIGN KEY ("stream_id") REFERENCES "waste_stream" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_waste_transfer_enterprise_id_date" ON "waste_transfer" ("enterprise_id", "date")',
  'CREATE INDEX "idx_waste_transfer_date" ON "waste_transfer" ("date")',
  `CREATE TABLE "monitoring_plan" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "outlet_id" text, "point" text, "pollutant" text NOT NULL, "frequency" text NOT NULL,
    "method" text, "basis" text, "from" text, "to" text,
    CONSTRAINT "fk_monitoring_plan_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_monitoring_plan_outlet_id" FOREIGN KEY ("outlet_id") REFERENCES "outlet" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_monitoring_plan_enterprise_id" ON "monitoring_plan" ("enterprise_id")',
  `CREATE TABLE "monitoring_record" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "date" text NOT NULL, "kind" text NOT NULL, "outlet_id" text, "point" text,
    "pollutant" text NOT NULL, "operator" text, "value" text, "unit" text, "limit_low" text, "limit_high" text,
    "limit_unit" text, "judgement" text, "lab_name" text, "report_no" text,
    CONSTRAINT "fk_monitoring_record_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_monitoring_record_outlet_id" FOREIGN KEY ("outlet_id") REFERENCES "outlet" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_monitoring_record_enterprise_id_date" ON "monitoring_record" ("enterprise_id", "date")',
  'CREATE INDEX "idx_monitoring_record_date" ON "monitoring_record" ("date")',
  'CREATE INDEX "idx_monitoring_record_judgement_date" ON "monitoring_record" ("judgement", "date")',
  `CREATE TABLE "penalty" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "document_no" text NOT NULL, "authority" text, "decision_date" text, "facts" text,
    "legal_basis" text, "amount" integer, "other_measures" text, "executed" text NOT NULL, "rectified" text NOT NULL,
    "source" text,
    CONSTRAINT "fk_penalty_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_penalty_enterprise_id_decision_date" ON "penalty" ("enterprise_id", "decision_date")',
  'CREATE INDEX "idx_penalty_decision_date" ON "penalty" ("decision_date")',
  `CREATE TABLE "credit_rating" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "year" integer NOT NULL, "scheme_name" text, "grade_text" text NOT NULL,
    "grade_rank" text, "source" text,
    CONSTRAINT "fk_credit_rating_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_credit_rating_enterprise_id_year" ON "credit_rating" ("enterprise_id", "year")',
];

/** 敏感目标 (sensitiveReceptor) gets its table; 楼宇情况 (buildingBlock) gets its table; so do 18 more. */
export class EnterpriseFile1796100003600 implements MigrationInterface {
  readonly name = 'EnterpriseFile1796100003600';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
