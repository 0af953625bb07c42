// 餐饮情况 (cateringBlock) changes; 环评项目 (eiaProject) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "catering_block_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "dining_area" text, "stoves" integer, "business_area" text, "seats" integer,
    "purifier_model" text, "purifier_cleaned_date" text, "fume_monitor" text NOT NULL, "grease_separator" text NOT NULL,
    "exhaust_way" text, "fuel" text, "rain_sewage" text NOT NULL, "duct_height" text, "distance_to_housing" text,
    "kitchen_waste_contract" text NOT NULL,
    CONSTRAINT "fk_catering_block_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "catering_block_new" (
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "dining_area", "stoves", "business_area", "seats",
    "purifier_model", "purifier_cleaned_date", "fume_monitor", "grease_separator", "exhaust_way", "fuel", "rain_sewage",
    "duct_height", "distance_to_housing", "kitchen_waste_contract"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "dining_area", "stoves", NULL, "seats",
    "purifier_model", "purifier_cleaned_date", 'unknown', "grease_separator", NULL, NULL, 'unknown', "duct_height",
    "distance_to_housing", "kitchen_waste_contract"
  FROM "catering_block"`,
  'DROP TABLE "catering_block"',
  'ALTER TABLE "catering_block_new" RENAME TO "catering_block"',
  'CREATE INDEX "idx_catering_block_enterprise_id" ON "catering_block" ("enterprise_id")',
  'ALTER TABLE "eia_project" ADD COLUMN "compiler" text',
  'ALTER TABLE "eia_project" ADD COLUMN "total_investment" integer',
  'ALTER TABLE "eia_project" ADD COLUMN "env_investment" integer',
  'ALTER TABLE "eia_project" ADD COLUMN "note" text',
];

/** 餐饮情况 (cateringBlock) changes; 环评项目 (eiaProject) changes. */
export class ContentFields1796116195504 implements MigrationInterface {
  readonly name = 'ContentFields1796116195504';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
