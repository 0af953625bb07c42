// Packages that came and went as views over the log of the hand-off, so that they are listed like any other kind.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
  `CREATE VIEW "received_package" AS SELECT i.id, i.applied_at AS created_at, coalesce(i.undone_at, i.applied_at) AS updated_at, NULL AS deleted_at,
    i.applied_at, coalesce(json_extract(i.summary, '$.officeName'), '') AS office_name, i.made_at, i.kind,
    coalesce(json_extract(i.summary, '$.created'), 0) AS created, coalesce(json_extract(i.summary, '$.changed'), 0) AS changed,
    coalesce(json_extract(i.summary, '$.conflicts.must'), 0) AS must_decide, coalesce(json_extract(i.summary, '$.conflicts.may'), 0) AS may_decide,
    i.undone_at, i.actor, i.device AS device_tag, i.package_id
  FROM handoff_import i`,
  `CREATE VIEW "sent_package" AS SELECT x.package_id AS id, x.made_at AS created_at, x.made_at AS updated_at, NULL AS deleted_at, x.made_at,
    (SELECT group_concat(coalesce((SELECT p.name FROM handoff_partner p WHERE p.office = r.value), r.value), '、') FROM json_each(x.recipients) r) AS recipients,
    x.kind, x.ops AS operations, x.blobs AS attachments, x.folder, x.actor
  FROM handoff_export x`,
];

/** Views over what the hand-off keeps of packages. */
export class PackageViews1796002000000 implements MigrationInterface {
  readonly name = 'PackageViews1796002000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const view of ['received_package', 'sent_package']) await runner.query(`DROP VIEW "${view}"`);
  }
}
