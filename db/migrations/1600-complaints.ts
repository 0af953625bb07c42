// 信访 (complaint) gets its table.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "complaint" (
    "id" text PRIMARY KEY NOT NULL, "created_at" text NOT NULL, "updated_at" text NOT NULL, "deleted_at" text,
    "no" text NOT NULL, "state" text NOT NULL, "source" text NOT NULL, "order_no" text, "received_date" text NOT NULL,
    "medium" text NOT NULL, "content" text NOT NULL, "is_anonymous" integer NOT NULL, "complainant_name" text,
    "complainant_phone" text, "enterprise_id" text, "place" text, "area_id" text, "grid_id" text, "longitude" text,
    "latitude" text, "due_date" text, "handler_id" text, "expert_staff_id" text, "survey_date" text, "visit_id" text,
    "survey_note" text, "conclusion" text, "analysis" text, "answer" text, "answered_date" text,
    "not_accepted_reason" text, "closed_date" text, "previous_id" text, "relapse_of_id" text,
    CONSTRAINT "fk_complaint_enterprise_id" FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_complaint_area_id" FOREIGN KEY ("area_id") REFERENCES "area" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_complaint_grid_id" FOREIGN KEY ("grid_id") REFERENCES "grid" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_complaint_handler_id" FOREIGN KEY ("handler_id") REFERENCES "staff" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_complaint_expert_staff_id" FOREIGN KEY ("expert_staff_id") REFERENCES "staff" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_complaint_visit_id" FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_complaint_previous_id" FOREIGN KEY ("previous_id") REFERENCES "complaint" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "fk_complaint_relapse_of_id" FOREIGN KEY ("relapse_of_id") REFERENCES "complaint" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  'CREATE INDEX "idx_complaint_enterprise_id_medium" ON "complaint" ("enterprise_id", "medium")',
  'CREATE INDEX "idx_complaint_received_date" ON "complaint" ("received_date")',
  'CREATE INDEX "idx_complaint_state_due_date" ON "complaint" ("state", "due_date")',
  'CREATE INDEX "idx_complaint_area_id" ON "complaint" ("area_id")',
  'CREATE INDEX "idx_complaint_previous_id" ON "complaint" ("previous_id")',
  'CREATE INDEX "idx_complaint_relapse_of_id" ON "complaint" ("relapse_of_id")',
];

/** 信访 (complaint) gets its table. */
export class Complaints1796001283438 implements MigrationInterface {
  readonly name = 'Complaints1796001283438';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
