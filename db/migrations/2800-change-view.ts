// A view without rows, through which the triggers of all tables hand what changed to the one that logs it: see capture/triggers.ts.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const VIEW = `CREATE VIEW "sync_change" AS
  SELECT NULL AS row_id, NULL AS tbl, NULL AS kind, NULL AS body, NULL AS seen WHERE 0`;

/** The view through which changes are handed to the trigger that logs them. */
export class ChangeView1796100005000 implements MigrationInterface {
  readonly name = 'ChangeView1796100005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(VIEW);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW "sync_change"');
  }
}
