// Photos and files that a package left out since they are gone or damaged, as the sent packages list them.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  "ALTER TABLE handoff_export ADD COLUMN left_out TEXT NOT NULL DEFAULT '[]'",
  'DROP VIEW "sent_package"',
  `CREATE VIEW "sent_package" AS SELECT x.package_id AS id, x.made_at AS created_at, x.made_at AS updated_at, NULL AS deleted_at, x.made_at,
    (SELECT group_concat(coalesce((SELECT p.name FROM handoff_partner p WHERE p.office = r.value), r.value), '、') FROM json_each(x.recipients) r) AS recipients,
    x.kind, x.ops AS operations, x.blobs AS attachments, (SELECT group_concat(f.value, '；') FROM json_each(x.left_out) f) AS left_out,
    x.folder, x.actor
  FROM handoff_export x`,
];

/** What a package left out stays with it. */
export class LeftOutFiles1796100002600 implements MigrationInterface {
  readonly name = 'LeftOutFiles1796100002600';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
