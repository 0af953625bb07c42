// Where a record is shown: addresses inside the window.

/** Path of the page of a record, or null when it has none. */
export function pathOf(entity: string, id: string, enterpriseId?: string | null): string | null {
  switch (entity) {
    case 'enterprise': return `/enterprises/${id}`;
    case 'finding': return `/findings/${id}`;
    case 'visit': return `/visits/${id}`;
    case 'round': return `/rounds/${id}`;
    case 'training': return `/training/${id}`;
    case 'law': return `/knowledge/laws/${id}`;
    case 'roundTarget': case 'permit': case 'emergencyPlan': case 'hazWasteProfile': case 'contact':
      return enterpriseId ? `/enterprises/${enterpriseId}` : null;
    default: return enterpriseId ? `/enterprises/${enterpriseId}` : null;
  }
}
