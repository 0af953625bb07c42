// Which earlier finding one may be a repeat of: proposals by enterprise, item and place; a person decides (domain reference 8.2, 1).
import { countedFinding } from '../conditions/index.ts';
import { differs, type SqlReader } from '../../db/index.ts';
import { wordsInCommon } from '../../domain/values/likeness.ts';
import type { EarlierFinding, EarlierFindings } from '../../contract/findings.ts';

interface Earlier extends Omit<EarlierFinding, 'samePlace'> {
  sameItem: number;
  samePlace: number;
  /** One of the two does not say where. */
  placeUnknown: number;
}

/** So many are proposed, and so many others offered. */
const LIKELY = 5;
const OTHERS = 50;

const shown = ({ sameItem: _i, placeUnknown: _p, samePlace, ...row }: Earlier): EarlierFinding => ({
  ...row,
  samePlace: samePlace === 1,
});

/**
 * Earlier findings of the enterprise: `likely` those of the same item that are not known to be of another place, those of the same place
 * first, then those whose words are most alike; `others` the rest, newest first.
 */
export async function earlierFindings(
  read: SqlReader,
  of: Readonly<Record<string, unknown>> & { id: string },
): Promise<EarlierFindings> {
  const text = (field: string): string | null => (of[field] as string | null | undefined) ?? null;
  const rows = await read.sql<Earlier>(
    `SELECT f.id, f.no, f.found_date AS "foundDate", f.description, f.status, p.name AS place,
       coalesce(f.checklist_item_id = ?2, 0) AS "sameItem", (p.id IS NULL OR o.id IS NULL) AS "placeUnknown",
       coalesce(p.id = o.id OR p.name = o.name, 0) AS "samePlace"
     FROM finding f LEFT JOIN enterprise_place p ON p.id = f.place_id LEFT JOIN enterprise_place o ON o.id = ?4
     WHERE f.enterprise_id = ?1 AND ${differs('f.id', '?3')} AND ${countedFinding()}
       AND (f.found_date < ?5 OR (f.found_date = ?5 AND f.no < ?6))
     ORDER BY f.found_date DESC, f.no DESC`,
    [text('enterpriseId'), text('checklistItemId'), of.id, text('placeId'), text('foundDate'), text('no')],
  );
  const alike = (row: Earlier): number => wordsInCommon(text('description') ?? '', row.description);
  const isLikely = (row: Earlier): boolean => row.sameItem === 1 && (row.samePlace === 1 || row.placeUnknown === 1);
  const likely = rows
    .filter(isLikely)
    .sort((a, b) => b.samePlace - a.samePlace || alike(b) - alike(a))
    .slice(0, LIKELY);
  const others = rows.filter((row) => !likely.includes(row)).slice(0, OTHERS);
  return { likely: likely.map(shown), others: others.map(shown) };
}
