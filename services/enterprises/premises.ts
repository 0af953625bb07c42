// Who else is on the premises: what lies inside of an enterprise or in its building, and the other sites of its legal person.
import type { NearEnterprise } from '../../contract/enterprises.ts';
import type { Reader } from '../../db/index.ts';
import { LETTING_KINDS } from '../../domain/enterprises/vocabulary.ts';
import { listed, liveEnterprise, openFindingsOf } from '../conditions/index.ts';

type Row = Record<string, unknown>;

/** More are looked at in the list of enterprises. */
const MOST = 200;

const COLUMNS = `e.id, e.name, e.site_no AS "siteNo", e.site_name AS "siteName", e.address, e.room_no AS "roomNo",
  e.operating_status AS "operatingStatus", e.credit_code_missing_reason AS "noCode", ${openFindingsOf()} AS "openFindings"`;

const near = (rows: (Omit<NearEnterprise, 'unregistered'> & { noCode: string | null })[]): NearEnterprise[] =>
  rows.map(({ noCode, ...row }) => ({ ...row, unregistered: noCode === 'not_registered' }));

/** What lies inside of an enterprise: those that say so, and in a building that is looked after all others that lie in it. */
export async function tenantsOf(read: Reader, row: Row): Promise<NearEnterprise[]> {
  const building = LETTING_KINDS.includes(String(row.objectKind)) ? (row.buildingId as string | null) : null;
  return near(
    await read.sql(
      `SELECT ${COLUMNS} FROM enterprise e WHERE e.id <> ?1 AND ${liveEnterprise()} AND e.id IN (
         SELECT h.id FROM enterprise h WHERE h.host_enterprise_id = ?1
         UNION SELECT b.id FROM enterprise b WHERE b.building_id = ?2 AND b.object_kind NOT IN ${listed(LETTING_KINDS)})
       ORDER BY e.room_no, e.name, e.id LIMIT ${MOST}`,
      [row.id as string, building],
    ),
  );
}

/** The other sites of a legal person: the same code under another number. */
export async function sitesOf(read: Reader, row: Row): Promise<NearEnterprise[]> {
  if (!row.creditCode) return [];
  return near(
    await read.sql(
      `SELECT ${COLUMNS} FROM enterprise e WHERE e.credit_code = ? AND e.site_no <> ? AND e.id <> ? AND ${liveEnterprise()}
       ORDER BY e.site_no, e.id`,
      [row.creditCode as string, row.siteNo as string, row.id as string],
    ),
  );
}
