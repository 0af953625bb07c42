// Names of the villages, rounds, staff and enterprises that conditions speak of.
import { reactive } from 'vue';
import type { FindingFilter } from '../../../contract/findings.ts';
import { api } from '../../app/client.ts';

const known = reactive(new Map<string, string>());

/** Remembers names as they become known; an unknown one is fetched when a condition needs it. */
export function useNames(): { of: (id: string) => string; need: (filter: FindingFilter) => Promise<void>; remember: (id: string, name: string) => void } {
  async function need(filter: FindingFilter): Promise<void> {
    const lacks = (ids: readonly (string | undefined)[]) => ids.some((id) => id && !known.has(id));
    const asks: Promise<{ id: string; name: string }[]>[] = [];
    if (lacks(filter.villageIds ?? [])) asks.push(api.records.options({ target: 'area', limit: 500 }));
    if (lacks([filter.roundId])) asks.push(api.records.options({ target: 'round', limit: 200 }));
    if (lacks([filter.responsibleStaffId])) asks.push(api.records.options({ target: 'staff', limit: 500 }));
    if (filter.enterpriseId && lacks([filter.enterpriseId])) asks.push(api.enterprises.get({ id: filter.enterpriseId }).then((page) => [{ id: page.id, name: String(page.values['name'] ?? '') }]));
    // A chip without its name still works; the list itself says what went wrong.
    for (const answer of await Promise.allSettled(asks)) if (answer.status === 'fulfilled') for (const option of answer.value) known.set(option.id, option.name);
  }
  return { of: (id) => known.get(id) ?? '…', need, remember: (id, name) => { known.set(id, name); } };
}
