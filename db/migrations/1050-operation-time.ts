// The moment of the action in progress, which its operations take from the store instead of asking the clock each.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A note of the action to its triggers, beside who acts and in which batch. */
export class OperationTime1794900000000 implements MigrationInterface {
  readonly name = 'OperationTime1794900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_local ADD COLUMN at TEXT');
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('operations could not be written without it'));
  }
}
