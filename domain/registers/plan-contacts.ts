// People named in a row and people on file: found again by name or phone, added when new, never doubled.
import type { EnterpriseState, PlannedChange, StateRow, Write } from './enterprise-state.ts';
import type { StagedContact } from './row-content.ts';
import { targetOf } from './targets.ts';

const digits = (text: unknown): string => String(text ?? '').replace(/[^\d]/g, '');
const phonesOf = (row: StateRow): string[] => [row.values.mobile, row.values.landline].map(digits).filter((d) => d.length >= 7);
const samePhone = (row: StateRow, c: StagedContact): boolean => {
  const known = phonesOf(row);
  return [c.mobile, c.landline].map(digits).some((d) => d.length >= 7 && known.includes(d));
};
const sameName = (row: StateRow, c: StagedContact): boolean => String(row.values.name ?? '').replace(/\s/g, '') === c.name.replace(/\s/g, '');

/** Name of a contact of whom only the phone is known. */
export const UNNAMED_CONTACT = '联系人';

const change = (field: string, before: unknown, after: string, writes: Write[], note = ''): PlannedChange => ({
  target: `contact.${field}`, label: targetOf(`contact.${field}`)?.meta.label ?? '', before: (before as string | null | undefined) ?? null, after, use: 'new', note, writes,
});

/** The contact rows that new contacts make; the first is the primary one. */
export function newContacts(contacts: readonly StagedContact[]): StateRow[] {
  return contacts.map((c, i) => ({ id: null, values: { ...c, seq: i + 1, isPrimary: i === 0 } }));
}

function changesOf(row: StateRow, c: StagedContact): PlannedChange[] {
  const changes: PlannedChange[] = [];
  const update = (patch: Record<string, unknown>): Write[] => [{ kind: 'update', entity: 'contact', row, patch }];
  if (!sameName(row, c) && c.name !== UNNAMED_CONTACT) changes.push(change('name', row.values.name, c.name, update({ name: c.name })));
  for (const field of ['mobile', 'landline'] as const) {
    const value = c[field];
    if (value !== null && digits(value) !== digits(row.values[field])) changes.push(change(field, row.values[field], value, update({ [field]: value })));
  }
  if (c.post !== 'other' && row.values.post === 'other') changes.push({ ...change('post', null, '', update({ post: c.post })), label: '职务', after: c.post === 'legal_rep' ? '法定代表人' : c.post === 'ehs' ? 'EHS' : '环保负责人' });
  return changes;
}

/** Differences between the people of a row and those on file. */
export function planContacts(contacts: readonly StagedContact[], state: EnterpriseState): PlannedChange[] {
  const known = state.children.contact;
  const taken = new Set<StateRow>();
  const pairs = new Map<StagedContact, StateRow>();
  const tests = [
    (r: StateRow, c: StagedContact) => sameName(r, c) && samePhone(r, c), (r: StateRow, c: StagedContact) => sameName(r, c), samePhone,
    // Only a phone: it is that of the contact there is.
    (r: StateRow, c: StagedContact) => c.name === UNNAMED_CONTACT && r.values.isPrimary === true,
    (r: StateRow, c: StagedContact) => r.values.name === UNNAMED_CONTACT && c.name !== UNNAMED_CONTACT,
  ];
  for (const test of tests) {
    for (const c of contacts) {
      if (pairs.has(c)) continue;
      const row = known.find((r) => !taken.has(r) && test(r, c));
      if (row) { pairs.set(c, row); taken.add(row); }
    }
  }
  const changes: PlannedChange[] = [];
  contacts.forEach((c, i) => {
    const row = pairs.get(c);
    if (row) { changes.push(...changesOf(row, c)); return; }
    const primary = known.find((r) => r.values.isPrimary === true);
    const replaces = i === 0 && primary !== undefined && !taken.has(primary);
    const writes: Write[] = [{ kind: 'insert', entity: 'contact', row: { id: null, values: { ...c, seq: known.length + i + 1, isPrimary: i === 0 && (replaces || !primary) } } }];
    // The person who was the contact stays on file, no longer first.
    if (replaces && primary) writes.push({ kind: 'update', entity: 'contact', row: primary, patch: { isPrimary: false } });
    changes.push(change('name', replaces ? primary?.values.name : null, [c.name, c.mobile ?? c.landline].filter(Boolean).join(' '), writes, replaces ? '原联系人保留' : ''));
  });
  return changes;
}
