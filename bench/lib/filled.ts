// A store of 100,000 enterprises with a visit each and 300,000 findings, written straight into the tables: the log is not what is measured.
import { area } from '../../domain/areas/entities.ts';
import { FINDING_CATEGORIES } from '../../domain/findings/vocabulary.ts';
import type { Context } from '../../services/context.ts';
import { VILLAGES } from './made-up.ts';
import { TODAY } from './workspace.ts';

export const ENTERPRISES = 100_000;
const FINDINGS_EACH = 3;

const id = (prefix: string, n: string): string => `printf('01900000-${prefix}-7000-8000-%012x', ${n})`;

/** Fills an empty workspace with so many enterprises; gives the ids of the villages. */
export async function fillStore(ctx: Context, enterprises = ENTERPRISES): Promise<string[]> {
  const { value: places } = await ctx.store.withAction({ name: '区域', actor: '基准', source: 'bench' }, async (tx) => {
    const town = await tx.insert(area, { level: 'town', name: '华漕镇' });
    const villages: string[] = [];
    for (const name of VILLAGES)
      villages.push((await tx.insert(area, { level: 'village', name, parentId: town.id })).id);
    return { town: town.id, villages };
  });
  const at = `'${TODAY}T00:00:00.000Z'`;
  const numbers = (upto: number): string =>
    `WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < ${upto - 1})`;
  const dayOf = (n: string): string => `date('2023-03-03', '+' || (${n} % 1095) || ' days')`;
  const categories = JSON.stringify(FINDING_CATEGORIES.ids);
  await ctx.store.withoutCapture(async (tx) => {
    await tx.execute(
      `${numbers(enterprises)} INSERT INTO enterprise(id, created_at, updated_at, name, internal_code, site_no, object_kind, management_tier, operating_status, town_id, village_id,
        is_factory_in_factory, is_model_enterprise, suspected_duplicate, name_key, pinyin)
      SELECT ${id('0001', 'n')}, ${at}, ${at}, '企业' || n, 'HC-' || n, '001', CASE n % 3 WHEN 0 THEN 'catering' ELSE 'industrial' END, 'town', CASE n % 20 WHEN 0 THEN 'closed' ELSE 'operating' END,
        ?, json_extract(?, '$[' || (n % ${VILLAGES.length}) || ']'), 0, 0, 0, '企业' || n, 'qi ye ' || n FROM c`,
      [places.town, JSON.stringify(places.villages)],
    );
    await tx.execute(`${numbers(enterprises)} INSERT INTO visit(id, created_at, updated_at, no, enterprise_id, date, state, outcome, is_night, nature, consent, card_left,
        law_explained, refused_sign)
      SELECT ${id('0002', 'n')}, ${at}, ${at}, 'V' || n, ${id('0001', 'n')}, ${dayOf('n')}, 'finished', 'completed', n % 10 = 0, 'service', 'not_recorded', 0, 0, 0 FROM c`);
    await tx.execute(
      `${numbers(enterprises * FINDINGS_EACH)} INSERT INTO finding(id, created_at, updated_at, no, enterprise_id, visit_id, found_date, category, handling_class, description, status, deadline, original_deadline,
        extension_count, report_date, closed_date, close_reason, return_count, owner)
      SELECT ${id('0003', 'n')}, ${at}, ${at}, 'F' || n, ${id('0001', `n / ${FINDINGS_EACH}`)}, ${id('0002', `n / ${FINDINGS_EACH}`)}, ${dayOf('n')}, json_extract(?, '$[' || (n % ${FINDING_CATEGORIES.ids.length}) || ']'),
        CASE n % 4 WHEN 0 THEN 'immediate' ELSE 'deadline' END, '危废贮存间标识不全', CASE n % 5 WHEN 0 THEN 'open' ELSE 'closed' END, date(${dayOf('n')}, '+15 days'), date(${dayOf('n')}, '+15 days'),
        0, CASE n % 5 WHEN 0 THEN NULL ELSE date(${dayOf('n')}, '+9 days') END, CASE n % 5 WHEN 0 THEN NULL ELSE date(${dayOf('n')}, '+10 days') END, CASE n % 5 WHEN 0 THEN NULL ELSE 'verified' END, 0, 'service' FROM c`,
      [categories],
    );
  });
  return places.villages;
}
