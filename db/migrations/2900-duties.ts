// Tables of recurring duties: rules (dutyRule), what was done (dutyDone), what is due (openDuty); new days of permits and plans.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "duty_rule" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "code" text NOT NULL, "name" text NOT NULL, "group" text NOT NULL, "rule" text NOT NULL, "condition" text,
    "proof" text, "responsible" text, "if_missed" text, "basis" text, "origin" text, "seq" integer,
    "definition" text NOT NULL
  ) STRICT`,
  'CREATE INDEX "idx_duty_rule_code" ON "duty_rule" ("code")',
  `CREATE TABLE "duty_done" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "rule_id" text NOT NULL, "due_date" text, "done_date" text NOT NULL,
    "proof" text NOT NULL, "remark" text,
    CONSTRAINT "fk_duty_done_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_duty_done_rule_id" FOREIGN KEY ("rule_id") REFERENCES "duty_rule" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_duty_done_enterprise_id" ON "duty_done" ("enterprise_id")',
  'CREATE INDEX "idx_duty_done_rule_id_due_date" ON "duty_done" ("rule_id", "due_date")',
  `CREATE TABLE "open_duty" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "rule_id" text NOT NULL, "due_date" text, "opens_date" text, "last_date" text,
    "subject" text, "is_told_elsewhere" integer NOT NULL,
    CONSTRAINT "fk_open_duty_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_open_duty_rule_id" FOREIGN KEY ("rule_id") REFERENCES "duty_rule" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_open_duty_enterprise_id" ON "open_duty" ("enterprise_id")',
  'CREATE INDEX "idx_open_duty_due_date" ON "open_duty" ("due_date")',
  'CREATE INDEX "idx_open_duty_rule_id_due_date" ON "open_duty" ("rule_id", "due_date")',
  `CREATE TABLE "permit_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "management_class" text, "number" text, "issue_authority" text, "issue_date" text,
    "valid_from" text, "valid_to" text, "ledger_kept" text NOT NULL, "monitoring_done" text NOT NULL,
    "report_filed" text NOT NULL, "disclosed" text NOT NULL, "renew_filed_date" text, "change_filed_date" text,
    "reapply_date" text, "renew_due_date" text,
    CONSTRAINT "fk_permit_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "permit_new" (
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "management_class", "number", "issue_authority",
    "issue_date", "valid_from", "valid_to", "ledger_kept", "monitoring_done", "report_filed", "disclosed",
    "renew_filed_date", "change_filed_date", "reapply_date", "renew_due_date"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "management_class", "number", "issue_authority",
    "issue_date", "valid_from", "valid_to", "ledger_kept", "monitoring_done", "report_filed", "disclosed", NULL, NULL,
    NULL, "renew_due_date"
  FROM "permit"`,
  'DROP TABLE "permit"',
  'ALTER TABLE "permit_new" RENAME TO "permit"',
  'CREATE INDEX "idx_permit_enterprise_id" ON "permit" ("enterprise_id")',
  'CREATE INDEX "idx_permit_valid_to" ON "permit" ("valid_to")',
  `CREATE TABLE "haz_waste_profile_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "generates" text NOT NULL, "management_class" text, "codes" text,
    "yearly_amount" text, "plan_filed_date" text, "last_report_date" text, "disposal_unit" text, "contract_end" text,
    CONSTRAINT "fk_haz_waste_profile_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "haz_waste_profile_new" (
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "generates", "management_class", "codes",
    "yearly_amount", "plan_filed_date", "last_report_date", "disposal_unit", "contract_end"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "generates", "management_class", "codes",
    "yearly_amount", "plan_filed_date", NULL, "disposal_unit", "contract_end"
  FROM "haz_waste_profile"`,
  'DROP TABLE "haz_waste_profile"',
  'ALTER TABLE "haz_waste_profile_new" RENAME TO "haz_waste_profile"',
  'CREATE INDEX "idx_haz_waste_profile_enterprise_id" ON "haz_waste_profile" ("enterprise_id")',
  'CREATE INDEX "idx_haz_waste_profile_contract_end" ON "haz_waste_profile" ("contract_end")',
  'ALTER TABLE "monitoring_plan" ADD COLUMN "next_due_date" text',
  'CREATE INDEX "idx_monitoring_plan_next_due_date" ON "monitoring_plan" ("next_due_date")',
];

/** Tables of recurring duties: rules (dutyRule), what was done (dutyDone), what is due (openDuty); new days of permits and plans. */
export class Duties1796100006000 implements MigrationInterface {
  readonly name = 'Duties1796100006000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
