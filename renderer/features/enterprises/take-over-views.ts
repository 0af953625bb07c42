// Views of the enterprise list that an earlier version kept in the window become records of the office, once.
import type { Condition, Filter } from '../../../domain/dictionary/filter.ts';
import { api } from '../../desk/client.ts';
import { useSession } from '../../desk/session.ts';

const VIEWS = 'sd.enterprise.views';
const COLUMNS = 'sd.columns.enterprises';

/** Columns that have another key by now. */
const KEYS: Readonly<Record<string, string>> = {
  villageName: 'villageId',
  townName: 'townId',
  parkName: 'parkId',
  responsibleName: 'responsibleStaffId',
};
const columnKeys = (keys: readonly string[]): string[] => keys.map((key) => KEYS[key] ?? key);

/** What each condition of an earlier filter is called now. */
const CHOICES: Readonly<Record<string, string>> = {
  villageIds: 'villageId',
  townIds: 'townId',
  parkIds: 'parkId',
  objectKinds: 'objectKind',
  operatingStatuses: 'operatingStatus',
  overallRisks: 'overallRisk',
  permitClasses: 'permitClass',
  responsibleStaffIds: 'responsibleStaffId',
  ids: 'id',
};
const NAMED: Readonly<Record<string, string>> = {
  permitExpiringDays: 'permitExpiring',
  notVisitedInRoundId: 'notVisitedInRound',
  staleDays: 'stale',
};
const FLAGS: readonly string[] = ['withOpenFindings', 'unassigned', 'inScope', 'suspectedDuplicate', 'withoutVillage'];

function conditionOf(key: string, value: unknown): Condition | null {
  const [field, is] = [CHOICES[key], NAMED[key]];
  if (field && Array.isArray(value)) return { field, op: 'in', value: value.map(String) };
  if (is && (typeof value === 'number' || typeof value === 'string')) return { is, value };
  if (FLAGS.includes(key)) return { is: key, ...(value === false && { not: true as const }) };
  if (key === 'tags' && Array.isArray(value))
    return { has: 'enterpriseTag', where: [{ field: 'tag', op: 'in', value: value.map(String) }] };
  return key === 'text' && typeof value === 'string' && value ? { text: value } : null;
}

/** An earlier filter as conditions. */
export const filterFrom = (old: Readonly<Record<string, unknown>>): Filter =>
  Object.entries(old).flatMap(([key, value]) => conditionOf(key, value) ?? []);

interface OldView {
  name: string;
  filter: Record<string, unknown>;
  sort: { field: string; descending: boolean } | null;
  columns: string[] | null;
}

function oldViews(): OldView[] {
  try {
    const stored = JSON.parse(localStorage.getItem(VIEWS) ?? '[]') as OldView[];
    return Array.isArray(stored) ? stored.filter((view) => typeof view.name === 'string' && view.filter) : [];
  } catch {
    return [];
  }
}

/** Takes them over. One that can't be saved (its name is taken) is left behind: its conditions are chosen again in a moment. */
export async function takeOverViews(): Promise<void> {
  const views = oldViews();
  localStorage.removeItem(VIEWS);
  const columns = localStorage.getItem(COLUMNS);
  if (columns) {
    localStorage.setItem('sd.columns.enterprise', JSON.stringify(columnKeys(JSON.parse(columns) as string[])));
    localStorage.removeItem(COLUMNS);
  }
  if (views.length === 0) return;
  await Promise.allSettled(
    views.map((view) =>
      api.lists.saveView({
        kind: 'enterprise',
        name: view.name.trim().slice(0, 20),
        filter: [...filterFrom(view.filter)],
        sort: view.sort && { ...view.sort, field: KEYS[view.sort.field] ?? view.sort.field },
        columns: view.columns && columnKeys(view.columns),
      }),
    ),
  );
  useSession().bump();
}
