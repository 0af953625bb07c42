// What the answers of a visit come to, by the scoring rule of each checklist.
import type { ChecklistScore, VisitFinding, VisitItem } from '../../contract/visits.ts';
import { scoreOf, scoringRule } from '../../domain/knowledge/scoring.ts';
import { inList, listParameter, type SqlReader } from '../../db/index.ts';

/** Scores of the checklists of which anything is checked. */
export async function scoresOf(
  read: SqlReader,
  items: readonly VisitItem[],
  findings: readonly VisitFinding[],
): Promise<ChecklistScore[]> {
  const lists = await read.sql<{ id: string; name: string; scoring: string | null }>(
    `SELECT id, name, scoring FROM checklist WHERE ${inList('id')} ORDER BY seq, id`,
    [listParameter([...new Set(items.map((item) => item.checklistId))])],
  );
  const isRectified = (itemId: string): boolean => {
    const own = findings.filter((finding) => finding.itemId === itemId);
    return own.length > 0 && own.every((finding) => finding.status === 'closed');
  };
  return lists.flatMap(({ id, name, scoring }) => {
    const rule = scoringRule(scoring);
    if (!rule) return [];
    const own = items.filter((item) => item.checklistId === id);
    const score = scoreOf(
      rule,
      own.map((item) => ({ ...item, rectified: isRectified(item.id) })),
    );
    if (score.level === null) return [];
    const levelName = rule.levels.find((level) => level.id === score.level)?.name ?? null;
    return [{ checklistId: id, checklistName: name, levelName, ...score }];
  });
}
