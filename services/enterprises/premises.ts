// Who else is on the premises: what lies inside of an enterprise or in its building, and the other sites of its legal person.
import type { NearEnterprise } from '../../contract/enterprises.ts';
import type { Reader } from '../../db/index.ts';
import { inside, insideParameters, liveEnterprise, openFindingsOf } from '../conditions/index.ts';

type Row = Record<string, unknown>;

/** More are looked at in the list of enterprises. */
const MOST = 200;

const COLUMNS = `e.id, e.name, e.site_no AS "siteNo", e.site_name AS "siteName", e.address, e.room_no AS "roomNo",
  e.operating_status AS "operatingStatus",
  e.object_kind AS "objectKind", e.credit_code_missing_reason AS "noCode", ${openFindingsOf()} AS "openFindings"`;

const near = (rows: (Omit<NearEnterprise, 'unregistered'> & { noCode: string | null })[]): NearEnterprise[] =>
  rows.map(({ noCode, ...row }) => ({ ...row, unregistered: noCode === 'not_registered' }));

/** What lies inside of an enterprise: those that say so, and in a building that is looked after all others that lie in it. */
export async function tenantsOf(read: Reader, row: Row): Promise<NearEnterprise[]> {
  return near(
    await read.sql(
      `SELECT ${COLUMNS} FROM enterprise e WHERE ${inside()} ORDER BY e.room_no, e.name, e.id LIMIT ${MOST}`,
      insideParameters(row),
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
