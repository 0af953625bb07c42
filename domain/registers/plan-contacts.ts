// People named in a row and people on file: found again by name or phone, added when new, never doubled.
import { displayValue } from './display.ts';
import { rowsOf, type EnterpriseState, type PlannedChange, type StateRow, type Write } from './enterprise-state.ts';
import { PEOPLE } from './kinds.ts';
import { targetOf } from './targets.ts';

/** A person named in a row, as the fields of a contact. */
export type StagedContact = {
  name: string;
  post: string;
  mobile: string | null;
  landline: string | null;
};

const digits = (text: unknown): string => String(text ?? '').replace(/[^\d]/g, '');
const phonesOf = (row: StateRow): string[] =>
  [row.values.mobile, row.values.landline].map(digits).filter((d) => d.length >= 7);
const samePhone = (row: StateRow, c: StagedContact): boolean => {
  const known = phonesOf(row);
  return [c.mobile, c.landline].map(digits).some((d) => d.length >= 7 && known.includes(d));
};
/** Two numbers of one person that a file gives in two rows are two numbers, no correction. */
const otherPhone = (row: StateRow, c: StagedContact): boolean =>
  digits(row.values.mobile) !== '' && digits(c.mobile) !== '' && digits(row.values.mobile) !== digits(c.mobile);
const sameName = (row: StateRow, c: StagedContact): boolean =>
  String(row.values.name ?? '').replace(/\s/g, '') === c.name.replace(/\s/g, '');

/** Name of a contact of whom only the phone is known. */
export const UNNAMED_CONTACT = '联系人';

/** Fields that are compared in a way of their own; who is called first is settled among all contacts. */
const SETTLED: ReadonlySet<string> = new Set(['name', 'mobile', 'landline', 'isPrimary', 'seq']);

const KIND = PEOPLE?.entity.name ?? '';

const change = (field: string, before: unknown, after: string, writes: Write[], note = ''): PlannedChange => ({
  target: `${KIND}.${field}`,
  label: targetOf(`${KIND}.${field}`)?.meta.label ?? '',
  before: (before as string | null | undefined) ?? null,
  after,
  use: 'new',
  note,
  writes,
});

function changesOf(row: StateRow, c: StagedContact): PlannedChange[] {
  const changes: PlannedChange[] = [];
  const update = (patch: Record<string, unknown>): Write[] => [{ kind: 'update', entity: KIND, row, patch }];
  if (!sameName(row, c) && c.name !== UNNAMED_CONTACT)
    changes.push(change('name', row.values.name, c.name, update({ name: c.name })));
  for (const field of ['mobile', 'landline'] as const) {
    const value = c[field];
    if (value !== null && digits(value) !== digits(row.values[field]))
      changes.push(change(field, row.values[field], value, update({ [field]: value })));
  }
  for (const [field, value] of Object.entries(c)) {
    const before = row.values[field];
    if (SETTLED.has(field) || value === null || value === before) continue;
    // Who somebody is, once said, is not taken back by a list that does not say it, or says another post.
    if (field === 'post' && (value === 'other' || before !== 'other')) continue;
    const shown = displayValue(targetOf(`${KIND}.${field}`)?.meta ?? null, value, new Map());
    changes.push(change(field, field === 'post' ? null : before, shown, update({ [field]: value })));
  }
  return changes;
}

/** Differences between the people of a row and those on file. */
export function planContacts(contacts: readonly StagedContact[], state: EnterpriseState): PlannedChange[] {
  const known = rowsOf(state, KIND);
  const taken = new Set<StateRow>();
  const pairs = new Map<StagedContact, StateRow>();
  const tests = [
    (r: StateRow, c: StagedContact) => sameName(r, c) && samePhone(r, c),
    (r: StateRow, c: StagedContact) => sameName(r, c) && !(r.id === null && otherPhone(r, c)),
    samePhone,
    // Only a phone: it is that of the contact there is.
    (r: StateRow, c: StagedContact) => c.name === UNNAMED_CONTACT && r.values.isPrimary === true,
    (r: StateRow, c: StagedContact) => r.values.name === UNNAMED_CONTACT && c.name !== UNNAMED_CONTACT,
  ];
  for (const test of tests) {
    for (const c of contacts) {
      if (pairs.has(c)) continue;
      const row = known.find((r) => !taken.has(r) && test(r, c));
      if (row) {
        pairs.set(c, row);
        taken.add(row);
      }
    }
  }
  const changes: PlannedChange[] = [];
  contacts.forEach((c, i) => {
    const row = pairs.get(c);
    if (row) {
      changes.push(...changesOf(row, c));
      return;
    }
    const primary = known.find((r) => r.values.isPrimary === true);
    // One that this very import made is no older list's.
    const replaces = i === 0 && primary !== undefined && primary.id !== null && !taken.has(primary);
    const writes: Write[] = [
      {
        kind: 'insert',
        entity: KIND,
        row: { id: null, values: { ...c, seq: known.length + i + 1, isPrimary: i === 0 && (replaces || !primary) } },
      },
    ];
    // The person who was the contact stays on file, no longer first.
    if (replaces && primary) writes.push({ kind: 'update', entity: KIND, row: primary, patch: { isPrimary: false } });
    changes.push(
      change(
        'name',
        replaces ? primary?.values.name : null,
        [c.name, c.mobile ?? c.landline].filter(Boolean).join(' '),
        writes,
        replaces ? '原联系人保留' : '',
      ),
    );
  });
  return changes;
}
