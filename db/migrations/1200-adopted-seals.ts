// Seals that an office made in place of a device of its own whose key is lost.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The office that sealed; empty where the device did. */
export class AdoptedSeals1795000001000 implements MigrationInterface {
  readonly name = 'AdoptedSeals1795000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_seal ADD COLUMN adopter TEXT');
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('without it nobody could tell who sealed'));
  }
}
