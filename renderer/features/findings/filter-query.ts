// Conditions of the finding list in the address, so that a link, "back" and another screen can open the same list.
import type { LocationQueryRaw, LocationQuery } from 'vue-router';
import { findingFilter, type FindingFilter } from '../../../contract/findings.ts';

const LISTS = ['statuses', 'categories', 'handlingClasses', 'villageIds', 'ids'] as const;
const FLAGS = ['open', 'overdue', 'deleted'] as const;
const TEXTS = ['text', 'enterpriseId', 'roundId', 'visitId', 'foundFrom', 'foundTo', 'responsibleStaffId'] as const;

/** The address of the list with these conditions. */
export function queryOf(filter: FindingFilter): LocationQueryRaw {
  const query: LocationQueryRaw = {};
  for (const key of LISTS) if (filter[key]?.length) query[key] = filter[key].join(',');
  for (const key of FLAGS) if (filter[key] === true) query[key] = '1';
  for (const key of TEXTS) if (filter[key]) query[key] = filter[key];
  if (filter.dueWithinDays !== undefined) query['dueWithinDays'] = String(filter.dueWithinDays);
  return query;
}

/** Conditions that stand in an address; what is not a condition is passed over. */
export function filterOf(query: LocationQuery): FindingFilter {
  const filter: Record<string, unknown> = {};
  const of = (key: string): string | null => (typeof query[key] === 'string' && query[key] !== '' ? query[key] : null);
  for (const key of LISTS) { const value = of(key); if (value) filter[key] = value.split(','); }
  for (const key of FLAGS) if (of(key) === '1') filter[key] = true;
  for (const key of TEXTS) { const value = of(key); if (value) filter[key] = value; }
  const days = of('dueWithinDays');
  if (days && /^\d+$/.test(days)) filter['dueWithinDays'] = Number(days);
  const parsed = findingFilter.safeParse(filter);
  return parsed.success ? filter as FindingFilter : {};
}
