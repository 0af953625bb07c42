// 工业情况 (industrialBlock) gets its table; 监管专项 (supervisionTopic) gets its table; 信用评价 (creditRating) changes.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "industrial_block" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "yearly_water" text, "yearly_power" text, "yearly_gas" text, "furnaces" text,
    "surface_treatment" text NOT NULL, "coating" text NOT NULL, "high_voc_materials" text NOT NULL,
    "sewer_connected" text NOT NULL,
    CONSTRAINT "fk_industrial_block_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_industrial_block_enterprise_id" ON "industrial_block" ("enterprise_id")',
  `CREATE TABLE "supervision_topic" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "date" text NOT NULL, "topic" text NOT NULL, "organiser" text, "document_no" text,
    "result" text, "findings" text,
    CONSTRAINT "fk_supervision_topic_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_supervision_topic_enterprise_id_date" ON "supervision_topic" ("enterprise_id", "date")',
  `CREATE TABLE "credit_rating_new" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "year" integer NOT NULL, "scheme_name" text, "grade_text" text NOT NULL,
    "published_date" text, "grade_rank" text, "source" text,
    CONSTRAINT "fk_credit_rating_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `INSERT INTO "credit_rating_new" (
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "year", "scheme_name", "grade_text",
    "published_date", "grade_rank", "source"
  ) SELECT
    "id", "created_at", "updated_at", "deleted_at", "enterprise_id", "year", "scheme_name", "grade_text", NULL,
    "grade_rank", "source"
  FROM "credit_rating"`,
  'DROP TABLE "credit_rating"',
  'ALTER TABLE "credit_rating_new" RENAME TO "credit_rating"',
  'CREATE INDEX "idx_credit_rating_enterprise_id_year" ON "credit_rating" ("enterprise_id", "year")',
];

/** 工业情况 (industrialBlock) gets its table; 监管专项 (supervisionTopic) gets its table; 信用评价 (creditRating) changes. */
export class SupervisionTopics1796100007200 implements MigrationInterface {
  readonly name = 'SupervisionTopics1796100007200';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
