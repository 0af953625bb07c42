// The first store: every table of the dictionary, the log, and the device row.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES: readonly string[] = [
  `CREATE TABLE "organisation" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "name" text NOT NULL,
    "kind" text NOT NULL, "phone" text, "remark" text
  ) STRICT`,
  `CREATE TABLE "office" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "name" text NOT NULL,
    "code" text NOT NULL, "organisation_id" text, "signing_key" text,
    CONSTRAINT "fk_office_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `CREATE TABLE "device" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "tag" text NOT NULL,
    "name" text NOT NULL, "office_id" text NOT NULL, "signing_key" text NOT NULL, "encryption_key" text, "certificate" text,
    "revoked_at" text,
    CONSTRAINT "fk_device_office_id" FOREIGN KEY ("office_id") REFERENCES "office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `CREATE TABLE "staff" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "name" text NOT NULL,
    "role" text NOT NULL, "office_id" text, "organisation_id" text, "area_id" text, "certificate_no" text, "phone" text, "is_active" integer NOT NULL,
    CONSTRAINT "fk_staff_office_id" FOREIGN KEY ("office_id") REFERENCES "office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_staff_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_staff_area_id" FOREIGN KEY ("area_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `CREATE TABLE "area" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "level" text NOT NULL,
    "name" text NOT NULL, "parent_id" text, "admin_code" text,
    CONSTRAINT "fk_area_parent_id" FOREIGN KEY ("parent_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_area_parent_id" ON "area" ("parent_id")',
  `CREATE TABLE "area_alias" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "area_id" text NOT NULL,
    "name" text NOT NULL, "valid_to" text,
    CONSTRAINT "fk_area_alias_area_id" FOREIGN KEY ("area_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_area_alias_area_id" ON "area_alias" ("area_id")',
  `CREATE TABLE "grid" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "name" text NOT NULL
  ) STRICT`,
  `CREATE TABLE "grid_area" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "grid_id" text NOT NULL,
    "area_id" text NOT NULL,
    CONSTRAINT "fk_grid_area_grid_id" FOREIGN KEY ("grid_id") REFERENCES "grid" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_grid_area_area_id" FOREIGN KEY ("area_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_grid_area_grid_id" ON "grid_area" ("grid_id")',
  'CREATE INDEX "idx_grid_area_area_id" ON "grid_area" ("area_id")',
  `CREATE TABLE "service_project" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "name" text NOT NULL, "code" text,
    "client_id" text, "organisation_id" text, "contract_amount" integer, "start_date" text NOT NULL, "end_date" text NOT NULL,
    "statistics_year" text NOT NULL, "rectification_target" text, "immediate_days" integer NOT NULL, "deadline_days" integer NOT NULL,
    "major_days" integer NOT NULL, "count_source_removed" integer NOT NULL, "second_person_verifies" integer NOT NULL,
    "training_denominator" text NOT NULL, "own_village_may_close" integer NOT NULL,
    CONSTRAINT "fk_service_project_client_id" FOREIGN KEY ("client_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_service_project_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `CREATE TABLE "project_area" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "project_id" text NOT NULL,
    "area_id" text NOT NULL,
    CONSTRAINT "fk_project_area_project_id" FOREIGN KEY ("project_id") REFERENCES "service_project" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_project_area_area_id" FOREIGN KEY ("area_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_project_area_project_id" ON "project_area" ("project_id")',
  'CREATE INDEX "idx_project_area_area_id" ON "project_area" ("area_id")',
  `CREATE TABLE "project_object_kind" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "project_id" text NOT NULL,
    "object_kind" text NOT NULL,
    CONSTRAINT "fk_project_object_kind_project_id" FOREIGN KEY ("project_id") REFERENCES "service_project" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_project_object_kind_project_id" ON "project_object_kind" ("project_id")',
  `CREATE TABLE "enterprise" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "name" text NOT NULL, "short_name" text,
    "sign_name" text, "internal_code" text NOT NULL, "site_no" text NOT NULL, "expanded_from_id" text, "credit_code" text,
    "credit_code_quarantine" text, "credit_code_missing_reason" text, "object_kind" text NOT NULL, "management_tier" text NOT NULL,
    "industry_code" text, "industry_name" text, "scale" text, "operating_status" text NOT NULL, "operating_status_date" text,
    "operating_status_basis" text, "town_id" text NOT NULL, "village_id" text, "park_id" text, "parcel_id" text, "building_id" text, "room_no" text,
    "grid_id" text, "address" text, "registered_address" text, "longitude" text, "latitude" text, "coordinate_system" text, "premises_kind" text,
    "landlord" text, "legal_rep" text, "env_department" text, "employees" integer, "site_area" text, "floor_area" text, "founded_date" text,
    "founded_date_precision" text, "started_date" text, "started_date_precision" text, "shift" text, "is_factory_in_factory" integer NOT NULL,
    "host_enterprise_id" text, "is_model_enterprise" integer NOT NULL, "organisation_id" text, "responsible_staff_id" text, "old_reg_no" text,
    "suspected_duplicate" integer NOT NULL, "remark" text, "file_established_date" text, "file_updated_date" text, "name_key" text, "pinyin" text,
    "completeness" integer,
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
  `CREATE TABLE "contact" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "seq" integer NOT NULL, "name" text NOT NULL, "post" text NOT NULL, "mobile" text, "landline" text, "is_primary" integer NOT NULL,
    "valid_from" text, "valid_to" text, "verified_date" text,
    CONSTRAINT "fk_contact_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_contact_enterprise_id" ON "contact" ("enterprise_id")',
  `CREATE TABLE "former_name" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "name" text NOT NULL, "until" text,
    CONSTRAINT "fk_former_name_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_former_name_enterprise_id" ON "former_name" ("enterprise_id")',
  `CREATE TABLE "product" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "seq" integer NOT NULL, "name" text NOT NULL, "designed_capacity" text, "actual_output" text, "unit" text,
    CONSTRAINT "fk_product_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_product_enterprise_id" ON "product" ("enterprise_id")',
  `CREATE TABLE "key_list_entry" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "list" text NOT NULL, "year" integer NOT NULL,
    CONSTRAINT "fk_key_list_entry_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_key_list_entry_enterprise_id" ON "key_list_entry" ("enterprise_id")',
  `CREATE TABLE "status_history" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "status" text NOT NULL, "date" text NOT NULL, "basis" text, "note" text,
    CONSTRAINT "fk_status_history_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_status_history_enterprise_id_date" ON "status_history" ("enterprise_id", "date")',
  `CREATE TABLE "section_check" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "section" text NOT NULL, "date" text NOT NULL, "visit_id" text, "source" text, "changed" integer NOT NULL, "checked_at" text,
    CONSTRAINT "fk_section_check_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_section_check_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_section_check_enterprise_id_section_date" ON "section_check" ("enterprise_id", "section", "date")',
  `CREATE TABLE "label" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "system" text NOT NULL, "medium" text, "value" text NOT NULL, "assessed_date" text NOT NULL, "assessor" text, "basis" text, "valid_to" text,
    CONSTRAINT "fk_label_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_label_enterprise_id_system_assessed_date" ON "label" ("enterprise_id", "system", "assessed_date")',
  `CREATE TABLE "enterprise_tag" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "tag" text NOT NULL,
    CONSTRAINT "fk_enterprise_tag_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_enterprise_tag_enterprise_id" ON "enterprise_tag" ("enterprise_id")',
  'CREATE INDEX "idx_enterprise_tag_tag" ON "enterprise_tag" ("tag")',
  `CREATE TABLE "enterprise_team" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "staff_id" text NOT NULL,
    CONSTRAINT "fk_enterprise_team_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_enterprise_team_staff_id" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_enterprise_team_enterprise_id" ON "enterprise_team" ("enterprise_id")',
  'CREATE INDEX "idx_enterprise_team_staff_id" ON "enterprise_team" ("staff_id")',
  `CREATE TABLE "car_repair_block" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "repair_class" text, "spray_booths" integer, "paint_type" text, "yearly_paint" text, "waste_oil_contract" text NOT NULL,
    "washing_wastewater" text NOT NULL, "carbon_replaced_date" text,
    CONSTRAINT "fk_car_repair_block_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_car_repair_block_enterprise_id" ON "car_repair_block" ("enterprise_id")',
  `CREATE TABLE "catering_block" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "dining_area" text, "stoves" integer, "seats" integer, "purifier_model" text, "purifier_cleaned_date" text, "grease_separator" text NOT NULL,
    "duct_height" text, "distance_to_housing" text, "kitchen_waste_contract" text NOT NULL,
    CONSTRAINT "fk_catering_block_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_catering_block_enterprise_id" ON "catering_block" ("enterprise_id")',
  `CREATE TABLE "laboratory_block" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "biosafety_level" text, "autoclave" text NOT NULL, "fume_hoods" integer, "waste_liquids" text, "animal_house" text NOT NULL,
    CONSTRAINT "fk_laboratory_block_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_laboratory_block_enterprise_id" ON "laboratory_block" ("enterprise_id")',
  `CREATE TABLE "eia_project" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "project_name" text NOT NULL, "document_kind" text, "nature" text, "approval_no" text, "approval_authority" text, "approval_date" text,
    "approval_date_precision" text, "filing_no" text, "filing_date" text, "construction_start_date" text, "major_change" text NOT NULL,
    "approved_content" text, "actual_content" text, "combined_with_permit" integer NOT NULL,
    CONSTRAINT "fk_eia_project_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_eia_project_enterprise_id" ON "eia_project" ("enterprise_id")',
  `CREATE TABLE "acceptance" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "eia_project_id" text, "kind" text, "document_no" text, "opinion_date" text, "opinion_date_precision" text, "passed" text NOT NULL,
    "completion_date" text, "publicity_start" text, "publicity_end" text, "platform_filing_date" text,
    CONSTRAINT "fk_acceptance_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_acceptance_eia_project_id" FOREIGN KEY ("eia_project_id") REFERENCES "eia_project" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_acceptance_enterprise_id" ON "acceptance" ("enterprise_id")',
  `CREATE TABLE "permit" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "management_class" text, "number" text, "issue_authority" text, "issue_date" text, "valid_from" text, "valid_to" text, "ledger_kept" text NOT NULL,
    "monitoring_done" text NOT NULL, "report_filed" text NOT NULL, "disclosed" text NOT NULL, "renew_due_date" text,
    CONSTRAINT "fk_permit_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_permit_enterprise_id" ON "permit" ("enterprise_id")',
  'CREATE INDEX "idx_permit_valid_to" ON "permit" ("valid_to")',
  `CREATE TABLE "emergency_plan" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "required" text NOT NULL, "risk_grade" text, "signed_date" text, "filing_no" text, "filing_date" text, "filing_authority" text,
    "review_due_date" text,
    CONSTRAINT "fk_emergency_plan_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_emergency_plan_enterprise_id" ON "emergency_plan" ("enterprise_id")',
  'CREATE INDEX "idx_emergency_plan_review_due_date" ON "emergency_plan" ("review_due_date")',
  `CREATE TABLE "haz_waste_profile" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "enterprise_id" text NOT NULL,
    "generates" text NOT NULL, "management_class" text, "codes" text, "yearly_amount" text, "plan_filed_date" text, "disposal_unit" text,
    "contract_end" text,
    CONSTRAINT "fk_haz_waste_profile_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_haz_waste_profile_enterprise_id" ON "haz_waste_profile" ("enterprise_id")',
  'CREATE INDEX "idx_haz_waste_profile_contract_end" ON "haz_waste_profile" ("contract_end")',
  `CREATE TABLE "law" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "code" text NOT NULL,
    "title" text NOT NULL, "short_title" text, "document_number" text, "law_level" text, "issuer" text, "issued_date" text, "effective_date" text,
    "repealed_date" text, "status" text, "is_unchecked" integer NOT NULL, "note" text
  ) STRICT`,
  'CREATE INDEX "idx_law_code" ON "law" ("code")',
  `CREATE TABLE "legal_basis" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "code" text NOT NULL,
    "law_id" text NOT NULL, "no" text NOT NULL, "label" text NOT NULL, "kind" text, "summary" text, "confidence" text NOT NULL,
    "replaced_by_codes" text,
    CONSTRAINT "fk_legal_basis_law_id" FOREIGN KEY ("law_id") REFERENCES "law" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_legal_basis_code" ON "legal_basis" ("code")',
  'CREATE INDEX "idx_legal_basis_law_id" ON "legal_basis" ("law_id")',
  `CREATE TABLE "checklist" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "code" text NOT NULL,
    "name" text NOT NULL, "description" text, "version" text NOT NULL
  ) STRICT`,
  'CREATE INDEX "idx_checklist_code" ON "checklist" ("code")',
  `CREATE TABLE "checklist_aspect" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "code" text NOT NULL,
    "checklist_id" text NOT NULL, "seq" integer NOT NULL, "name" text NOT NULL,
    CONSTRAINT "fk_checklist_aspect_checklist_id" FOREIGN KEY ("checklist_id") REFERENCES "checklist" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_checklist_aspect_checklist_id" ON "checklist_aspect" ("checklist_id")',
  `CREATE TABLE "checklist_item" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "code" text NOT NULL,
    "checklist_id" text NOT NULL, "aspect_id" text NOT NULL, "seq" integer NOT NULL, "text" text NOT NULL, "how_to_check" text, "condition" text,
    "category" text NOT NULL, "handling_class" text NOT NULL, "finding_wording" text, "suggestion" text, "deadline_days" integer,
    "weight" integer NOT NULL, "village_may_verify" integer NOT NULL,
    CONSTRAINT "fk_checklist_item_checklist_id" FOREIGN KEY ("checklist_id") REFERENCES "checklist" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_checklist_item_aspect_id" FOREIGN KEY ("aspect_id") REFERENCES "checklist_aspect" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_checklist_item_checklist_id" ON "checklist_item" ("checklist_id")',
  'CREATE INDEX "idx_checklist_item_code" ON "checklist_item" ("code")',
  `CREATE TABLE "checklist_item_kind" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "item_id" text NOT NULL,
    "object_kind" text NOT NULL,
    CONSTRAINT "fk_checklist_item_kind_item_id" FOREIGN KEY ("item_id") REFERENCES "checklist_item" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_checklist_item_kind_item_id" ON "checklist_item_kind" ("item_id")',
  `CREATE TABLE "checklist_item_basis" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "item_id" text NOT NULL,
    "legal_basis_id" text NOT NULL, "seq" integer NOT NULL,
    CONSTRAINT "fk_checklist_item_basis_item_id" FOREIGN KEY ("item_id") REFERENCES "checklist_item" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_checklist_item_basis_legal_basis_id" FOREIGN KEY ("legal_basis_id") REFERENCES "legal_basis" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_checklist_item_basis_item_id" ON "checklist_item_basis" ("item_id")',
  'CREATE INDEX "idx_checklist_item_basis_legal_basis_id" ON "checklist_item_basis" ("legal_basis_id")',
  `CREATE TABLE "checklist_for_kind" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "checklist_id" text NOT NULL,
    "object_kind" text NOT NULL, "seq" integer NOT NULL,
    CONSTRAINT "fk_checklist_for_kind_checklist_id" FOREIGN KEY ("checklist_id") REFERENCES "checklist" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_checklist_for_kind_object_kind" ON "checklist_for_kind" ("object_kind")',
  `CREATE TABLE "round" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "project_id" text,
    "no" integer NOT NULL, "name" text NOT NULL, "start_date" text NOT NULL, "end_date" text NOT NULL, "state" text NOT NULL, "base_round_id" text,
    "scope_rule" text NOT NULL,
    CONSTRAINT "fk_round_project_id" FOREIGN KEY ("project_id") REFERENCES "service_project" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_round_base_round_id" FOREIGN KEY ("base_round_id") REFERENCES "round" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_round_project_id" ON "round" ("project_id")',
  `CREATE TABLE "round_target" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "round_id" text NOT NULL,
    "enterprise_id" text NOT NULL, "staff_id" text, "planned_date" text, "status" text NOT NULL, "skip_reason" text, "skip_note" text,
    "attempts" integer NOT NULL,
    CONSTRAINT "fk_round_target_round_id" FOREIGN KEY ("round_id") REFERENCES "round" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_round_target_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_round_target_staff_id" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_round_target_round_id_status" ON "round_target" ("round_id", "status")',
  'CREATE INDEX "idx_round_target_enterprise_id" ON "round_target" ("enterprise_id")',
  'CREATE INDEX "idx_round_target_planned_date" ON "round_target" ("planned_date")',
  `CREATE TABLE "visit" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "no" text NOT NULL,
    "enterprise_id" text NOT NULL, "round_id" text, "round_target_id" text, "project_id" text, "date" text NOT NULL, "time_from" text, "time_to" text,
    "is_night" integer NOT NULL, "state" text NOT NULL, "outcome" text, "accompanying_name" text, "accompanying_post" text, "village_officer" text,
    "opening_talk" text, "summary" text, "guidance" text, "service_style" text, "law_explained" integer NOT NULL, "cooperation_mark" integer,
    "checkin_longitude" text, "checkin_latitude" text, "signer_name" text, "signer_post" text, "signed_date" text, "refused_sign" integer NOT NULL,
    "refused_sign_reason" text, "signed_content_hash" text,
    CONSTRAINT "fk_visit_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_visit_round_id" FOREIGN KEY ("round_id") REFERENCES "round" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_visit_round_target_id" FOREIGN KEY ("round_target_id") REFERENCES "round_target" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_visit_project_id" FOREIGN KEY ("project_id") REFERENCES "service_project" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_visit_enterprise_id_date" ON "visit" ("enterprise_id", "date")',
  'CREATE INDEX "idx_visit_round_id" ON "visit" ("round_id")',
  'CREATE INDEX "idx_visit_date" ON "visit" ("date")',
  'CREATE INDEX "idx_visit_state" ON "visit" ("state")',
  `CREATE TABLE "visit_purpose" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "visit_id" text NOT NULL,
    "purpose" text NOT NULL,
    CONSTRAINT "fk_visit_purpose_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_visit_purpose_visit_id" ON "visit_purpose" ("visit_id")',
  `CREATE TABLE "visit_staff" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "visit_id" text NOT NULL,
    "staff_id" text NOT NULL,
    CONSTRAINT "fk_visit_staff_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_visit_staff_staff_id" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_visit_staff_visit_id" ON "visit_staff" ("visit_id")',
  'CREATE INDEX "idx_visit_staff_staff_id" ON "visit_staff" ("staff_id")',
  `CREATE TABLE "visit_checklist" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "visit_id" text NOT NULL,
    "checklist_id" text NOT NULL,
    CONSTRAINT "fk_visit_checklist_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_visit_checklist_checklist_id" FOREIGN KEY ("checklist_id") REFERENCES "checklist" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_visit_checklist_visit_id" ON "visit_checklist" ("visit_id")',
  'CREATE INDEX "idx_visit_checklist_checklist_id" ON "visit_checklist" ("checklist_id")',
  `CREATE TABLE "checklist_answer" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "visit_id" text NOT NULL,
    "item_id" text NOT NULL, "item_version" text, "result" text NOT NULL, "remark" text,
    CONSTRAINT "fk_checklist_answer_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_checklist_answer_item_id" FOREIGN KEY ("item_id") REFERENCES "checklist_item" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_checklist_answer_visit_id" ON "checklist_answer" ("visit_id")',
  'CREATE INDEX "idx_checklist_answer_item_id" ON "checklist_answer" ("item_id")',
  `CREATE TABLE "finding" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "no" text NOT NULL,
    "enterprise_id" text NOT NULL, "visit_id" text, "round_id" text, "checklist_item_id" text, "found_date" text NOT NULL, "category" text NOT NULL,
    "handling_class" text NOT NULL, "description" text NOT NULL, "location" text, "responsible_unit" text, "responsible_person" text, "measure" text,
    "suggestion" text, "proposed_deadline" text, "photo_exemption" text, "told_to_name" text, "told_at" text, "told_reply" text, "help_plan" text,
    "enforcement_contact" text, "spot_count" integer, "recurrence_of_id" text, "status" text NOT NULL, "deadline" text, "original_deadline" text,
    "extension_count" integer NOT NULL, "issued_date" text, "report_date" text, "closed_date" text, "rectified_date" text, "close_reason" text,
    "return_count" integer NOT NULL, "current_holder" text,
    CONSTRAINT "fk_finding_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_round_id" FOREIGN KEY ("round_id") REFERENCES "round" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_checklist_item_id" FOREIGN KEY ("checklist_item_id") REFERENCES "checklist_item" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_recurrence_of_id" FOREIGN KEY ("recurrence_of_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_finding_enterprise_id" ON "finding" ("enterprise_id")',
  'CREATE INDEX "idx_finding_visit_id" ON "finding" ("visit_id")',
  'CREATE INDEX "idx_finding_round_id" ON "finding" ("round_id")',
  'CREATE INDEX "idx_finding_found_date_status" ON "finding" ("found_date", "status")',
  'CREATE INDEX "idx_finding_status_deadline" ON "finding" ("status", "deadline")',
  'CREATE INDEX "idx_finding_closed_date" ON "finding" ("closed_date")',
  'CREATE INDEX "idx_finding_no" ON "finding" ("no")',
  'CREATE INDEX "idx_finding_category" ON "finding" ("category")',
  'CREATE INDEX "idx_finding_checklist_item_id" ON "finding" ("checklist_item_id")',
  `CREATE TABLE "finding_law" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "finding_id" text NOT NULL,
    "legal_basis_id" text NOT NULL,
    CONSTRAINT "fk_finding_law_finding_id" FOREIGN KEY ("finding_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_law_legal_basis_id" FOREIGN KEY ("legal_basis_id") REFERENCES "legal_basis" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_finding_law_finding_id" ON "finding_law" ("finding_id")',
  'CREATE INDEX "idx_finding_law_legal_basis_id" ON "finding_law" ("legal_basis_id")',
  `CREATE TABLE "finding_step" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "finding_id" text NOT NULL,
    "event" text NOT NULL, "from" text, "to" text NOT NULL, "date" text NOT NULL, "at" text NOT NULL, "by" text NOT NULL, "approver" text,
    "deadline" text, "reason" text, "evidence" text,
    CONSTRAINT "fk_finding_step_finding_id" FOREIGN KEY ("finding_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_finding_step_finding_id_date" ON "finding_step" ("finding_id", "date")',
  `CREATE TABLE "finding_step_prev" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "step_id" text NOT NULL,
    "prev_id" text NOT NULL,
    CONSTRAINT "fk_finding_step_prev_step_id" FOREIGN KEY ("step_id") REFERENCES "finding_step" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_finding_step_prev_prev_id" FOREIGN KEY ("prev_id") REFERENCES "finding_step" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_finding_step_prev_step_id" ON "finding_step_prev" ("step_id")',
  'CREATE INDEX "idx_finding_step_prev_prev_id" ON "finding_step_prev" ("prev_id")',
  `CREATE TABLE "rectification_notice" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "no" text NOT NULL,
    "kind" text NOT NULL, "enterprise_id" text NOT NULL, "visit_id" text, "state" text NOT NULL, "issued_date" text NOT NULL, "issued_by" text,
    "delivered_by" text, "delivered_date" text, "signer_name" text, "reply_date" text,
    CONSTRAINT "fk_rectification_notice_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_rectification_notice_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_rectification_notice_enterprise_id" ON "rectification_notice" ("enterprise_id")',
  'CREATE INDEX "idx_rectification_notice_visit_id" ON "rectification_notice" ("visit_id")',
  `CREATE TABLE "notice_finding" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "notice_id" text NOT NULL,
    "finding_id" text NOT NULL,
    CONSTRAINT "fk_notice_finding_notice_id" FOREIGN KEY ("notice_id") REFERENCES "rectification_notice" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_notice_finding_finding_id" FOREIGN KEY ("finding_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_notice_finding_notice_id" ON "notice_finding" ("notice_id")',
  'CREATE INDEX "idx_notice_finding_finding_id" ON "notice_finding" ("finding_id")',
  `CREATE TABLE "follow_up" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "finding_id" text NOT NULL,
    "date" text NOT NULL, "by_name" text NOT NULL, "channel" text NOT NULL, "content" text NOT NULL, "progress_percent" integer, "next_date" text,
    CONSTRAINT "fk_follow_up_finding_id" FOREIGN KEY ("finding_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_follow_up_finding_id_date" ON "follow_up" ("finding_id", "date")',
  'CREATE INDEX "idx_follow_up_next_date" ON "follow_up" ("next_date")',
  `CREATE TABLE "verification" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "finding_id" text NOT NULL,
    "date" text NOT NULL, "by_name" text NOT NULL, "method" text NOT NULL, "result" text NOT NULL, "comment" text, "client_confirmer" text,
    CONSTRAINT "fk_verification_finding_id" FOREIGN KEY ("finding_id") REFERENCES "finding" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_verification_finding_id_date" ON "verification" ("finding_id", "date")',
  `CREATE TABLE "training" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "title" text NOT NULL,
    "kind" text NOT NULL, "state" text NOT NULL, "date" text NOT NULL, "hours" text, "mode" text NOT NULL, "place" text, "trainer" text, "topic" text,
    "project_id" text, "satisfaction" text, "summary" text,
    CONSTRAINT "fk_training_project_id" FOREIGN KEY ("project_id") REFERENCES "service_project" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_training_date" ON "training" ("date")',
  'CREATE INDEX "idx_training_state" ON "training" ("state")',
  `CREATE TABLE "training_audience" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "training_id" text NOT NULL,
    "audience" text NOT NULL,
    CONSTRAINT "fk_training_audience_training_id" FOREIGN KEY ("training_id") REFERENCES "training" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_training_audience_training_id" ON "training_audience" ("training_id")',
  `CREATE TABLE "training_invitation" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "training_id" text NOT NULL,
    "enterprise_id" text NOT NULL,
    CONSTRAINT "fk_training_invitation_training_id" FOREIGN KEY ("training_id") REFERENCES "training" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_training_invitation_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_training_invitation_training_id" ON "training_invitation" ("training_id")',
  'CREATE INDEX "idx_training_invitation_enterprise_id" ON "training_invitation" ("enterprise_id")',
  `CREATE TABLE "training_attendance" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "training_id" text NOT NULL,
    "enterprise_id" text, "person_name" text NOT NULL, "post" text, "phone" text, "exam_score" integer,
    CONSTRAINT "fk_training_attendance_training_id" FOREIGN KEY ("training_id") REFERENCES "training" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_training_attendance_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_training_attendance_training_id" ON "training_attendance" ("training_id")',
  'CREATE INDEX "idx_training_attendance_enterprise_id" ON "training_attendance" ("enterprise_id")',
  `CREATE TABLE "generated_document" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "kind" text NOT NULL,
    "title" text NOT NULL, "subject_id" text, "period_from" text, "period_to" text, "as_of_date" text, "version" integer NOT NULL, "figures_json" text,
    "sha256" text NOT NULL, "file_name" text NOT NULL, "size" integer NOT NULL, "created_by" text NOT NULL, "issued_at" text NOT NULL
  ) STRICT`,
  'CREATE INDEX "idx_generated_document_kind_issued_at" ON "generated_document" ("kind", "issued_at")',
  'CREATE INDEX "idx_generated_document_subject_id" ON "generated_document" ("subject_id")',
  `CREATE TABLE "import_run" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "file_name" text NOT NULL,
    "file_sha256" text NOT NULL, "action_id" text NOT NULL, "state" text NOT NULL, "applied_at" text NOT NULL, "actor_name" text NOT NULL,
    "created" integer NOT NULL, "updated" integer NOT NULL, "unchanged" integer NOT NULL, "rejected" integer NOT NULL, "duplicates" integer NOT NULL,
    "report_json" text
  ) STRICT`,
  'CREATE INDEX "idx_import_run_applied_at" ON "import_run" ("applied_at")',
  `CREATE TABLE "import_row" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "run_id" text NOT NULL,
    "sheet" text NOT NULL, "row_number" integer NOT NULL, "fingerprint" text NOT NULL, "enterprise_id" text, "result" text NOT NULL, "note" text,
    CONSTRAINT "fk_import_row_run_id" FOREIGN KEY ("run_id") REFERENCES "import_run" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_import_row_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_import_row_fingerprint" ON "import_row" ("fingerprint")',
  'CREATE INDEX "idx_import_row_run_id" ON "import_row" ("run_id")',
  'CREATE INDEX "idx_import_row_enterprise_id" ON "import_row" ("enterprise_id")',
  `CREATE TABLE "import_mapping" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "client_key" text NOT NULL,
    "heading" text NOT NULL, "target" text NOT NULL
  ) STRICT`,
  'CREATE INDEX "idx_import_mapping_client_key_heading" ON "import_mapping" ("client_key", "heading")',
  `CREATE TABLE "attachment" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "owner_entity" text NOT NULL,
    "owner_id" text NOT NULL, "kind" text NOT NULL, "seq" integer NOT NULL, "name" text NOT NULL, "title" text, "caption" text, "sha256" text NOT NULL,
    "mime" text NOT NULL, "size" integer NOT NULL, "width" integer, "height" integer, "taken_at" text, "longitude" text, "latitude" text,
    "document_date" text, "original_id" text,
    CONSTRAINT "fk_attachment_original_id" FOREIGN KEY ("original_id") REFERENCES "attachment" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_attachment_owner_id" ON "attachment" ("owner_id")',
  'CREATE INDEX "idx_attachment_sha256" ON "attachment" ("sha256")',
  `CREATE TABLE "alias" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text, "entity" text NOT NULL,
    "low_id" text NOT NULL, "high_id" text NOT NULL
  ) STRICT`,
];

/** Tables of the log, written by triggers and by the importer, never by TypeORM entities (hand-off design 4). */
const LOG_TABLES: readonly string[] = [
  // `home` is a note of the triggers to themselves: number of the stream of the row being written.
  `CREATE TABLE sync_local (
    one INTEGER PRIMARY KEY CHECK (one = 1), device_no INTEGER NOT NULL, tag TEXT NOT NULL,
    ms INTEGER NOT NULL, c INTEGER NOT NULL, capture INTEGER NOT NULL,
    actor TEXT, batch TEXT, src TEXT, home INTEGER
  ) STRICT`,
  'CREATE TABLE sync_stream (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT',
  'CREATE TABLE sync_device (no INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE, office TEXT, cert TEXT, forked INTEGER NOT NULL DEFAULT 0) STRICT',
  // An ordinary rowid table with interned integers: less than half the size of one keyed by text. Local numbers are never used again, also
  // when an import is taken back: marks outside the database, exports and previews name them.
  `CREATE TABLE sync_op (
    local_seq INTEGER PRIMARY KEY AUTOINCREMENT, stream_no INTEGER NOT NULL, device_no INTEGER NOT NULL, n INTEGER NOT NULL,
    hlc TEXT NOT NULL, at TEXT NOT NULL, tbl TEXT NOT NULL, row_id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    actor TEXT, batch TEXT, src TEXT, schema INTEGER NOT NULL,
    UNIQUE (stream_no, device_no, n)
  ) STRICT`,
  'CREATE INDEX idx_sync_op_row ON sync_op (row_id)',
  'CREATE INDEX idx_sync_op_batch ON sync_op (batch)',
  "CREATE INDEX idx_sync_op_deletion ON sync_op (row_id) WHERE kind = 'd'",
  'CREATE TABLE sync_row (id TEXT PRIMARY KEY, tbl TEXT NOT NULL, stream_no INTEGER NOT NULL, birth TEXT NOT NULL) STRICT, WITHOUT ROWID',
  `CREATE TABLE sync_field (
    row_id TEXT NOT NULL, field TEXT NOT NULL, w TEXT NOT NULL, rivals TEXT NOT NULL, PRIMARY KEY (row_id, field)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE sync_have (
    stream_no INTEGER NOT NULL, device_no INTEGER NOT NULL, upto INTEGER NOT NULL, extra TEXT, PRIMARY KEY (stream_no, device_no)
  ) STRICT, WITHOUT ROWID`,
  // What a partner proved to hold, by a signed package or receipt of its own: the base of the next delta.
  `CREATE TABLE sync_peer_have (
    peer_no INTEGER NOT NULL, stream_no INTEGER NOT NULL, device_no INTEGER NOT NULL, upto INTEGER NOT NULL, extra TEXT, package_id TEXT NOT NULL,
    PRIMARY KEY (peer_no, stream_no, device_no)
  ) STRICT, WITHOUT ROWID`,
  // Attachments that a partner knows of but lacks, as its last package or receipt said: the next package to it carries them.
  `CREATE TABLE sync_peer_want (peer_no INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (peer_no, sha256)) STRICT, WITHOUT ROWID`,
  // Derived by the fold: what people must or may decide. Rebuilt at any time; sync_note keeps what was said about an item here.
  `CREATE TABLE sync_conflict (
    id TEXT PRIMARY KEY, tbl TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL, class TEXT NOT NULL, level TEXT NOT NULL,
    heads TEXT NOT NULL, base TEXT, provisional INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX idx_sync_conflict_row ON sync_conflict (row_id)',
  'CREATE TABLE sync_note (conflict_id TEXT PRIMARY KEY, assignee TEXT, comment TEXT, by TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID',
  // Rows that are shown as another one: entered twice and merged. Derived from the live alias edges.
  'CREATE TABLE sync_alias_root (id TEXT PRIMARY KEY, root TEXT NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE INDEX idx_sync_alias_root ON sync_alias_root (root)',
  // Signed heads of the hash chains of operations, by which an author is known even when somebody else passes them on.
  `CREATE TABLE sync_seal (
    stream_no INTEGER NOT NULL, device_no INTEGER NOT NULL, n INTEGER NOT NULL, hash TEXT NOT NULL, sig TEXT NOT NULL,
    PRIMARY KEY (stream_no, device_no, n)
  ) STRICT, WITHOUT ROWID`,
  // Offices whose fingerprint somebody here compared by telephone.
  `CREATE TABLE handoff_partner (
    office TEXT PRIMARY KEY, name TEXT NOT NULL, code TEXT NOT NULL, key TEXT NOT NULL, confirmed_by TEXT NOT NULL, confirmed_at TEXT NOT NULL, revoked_at TEXT,
    devices TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE handoff_import (
    id TEXT PRIMARY KEY, package_id TEXT NOT NULL, office TEXT NOT NULL, device TEXT NOT NULL, made_at TEXT NOT NULL, kind TEXT NOT NULL,
    applied_at TEXT NOT NULL, actor TEXT NOT NULL, summary TEXT NOT NULL, ranges TEXT NOT NULL, undone_at TEXT
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE handoff_export (
    package_id TEXT PRIMARY KEY, kind TEXT NOT NULL, made_at TEXT NOT NULL, actor TEXT NOT NULL, recipients TEXT NOT NULL, folder TEXT NOT NULL,
    scope TEXT NOT NULL, ops INTEGER NOT NULL, blobs INTEGER NOT NULL, last_seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  // What people did, by name: one row per action, so that it can be listed and undone.
  `CREATE TABLE action_log (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, actor TEXT NOT NULL, source TEXT NOT NULL, at TEXT NOT NULL,
    undo_of TEXT, undone_by TEXT, ops INTEGER NOT NULL
  ) STRICT`,
  'CREATE INDEX idx_action_log_at ON action_log (at)',
  'CREATE TABLE number_counter (device_no INTEGER NOT NULL, series TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (device_no, series)) STRICT, WITHOUT ROWID',
  // Settings of this computer and facts about the store itself; never exchanged.
  'CREATE TABLE store_setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  `CREATE TABLE search_entry (
    row_id TEXT PRIMARY KEY, entity TEXT NOT NULL, title TEXT NOT NULL, detail TEXT NOT NULL, words TEXT NOT NULL, parent_id TEXT
  ) STRICT, WITHOUT ROWID`,
];

/** Schema of the first release. */
export class FirstStore1764000000000 implements MigrationInterface {
  readonly name = 'FirstStore1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
    for (const sql of LOG_TABLES) await runner.query(sql);
    // No device yet: number 0 stands for "not enrolled" until the first key is minted.
    await runner.query("INSERT INTO sync_local(one, device_no, tag, ms, c, capture) VALUES (1, 0, '', 0, 0, 1)");
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('the first store has nothing to go back to'));
  }
}
