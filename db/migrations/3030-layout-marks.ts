// 平面布置图标注 (layoutMark) gets its table.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "layout_mark" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "enterprise_id" text NOT NULL, "attachment_id" text NOT NULL, "x" text NOT NULL, "y" text NOT NULL,
    "outlet_id" text, "facility_id" text, "storage_id" text, "place_id" text,
    CONSTRAINT "fk_layout_mark_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_layout_mark_attachment_id" FOREIGN KEY ("attachment_id") REFERENCES "attachment" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_layout_mark_outlet_id" FOREIGN KEY ("outlet_id") REFERENCES "outlet" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_layout_mark_facility_id" FOREIGN KEY ("facility_id") REFERENCES "treatment_facility" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_layout_mark_storage_id" FOREIGN KEY ("storage_id") REFERENCES "waste_storage" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_layout_mark_place_id" FOREIGN KEY ("place_id") REFERENCES "enterprise_place" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_layout_mark_enterprise_id" ON "layout_mark" ("enterprise_id")',
  'CREATE INDEX "idx_layout_mark_attachment_id" ON "layout_mark" ("attachment_id")',
];

/** 平面布置图标注 (layoutMark) gets its table. */
export class LayoutMarks1796100007300 implements MigrationInterface {
  readonly name = 'LayoutMarks1796100007300';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
