// People and phones of a row: names split, phones told apart, each phone put to its person.
import { splitPhones } from '../values/phone.ts';
import { isUnknownToken, trimEdges, wholeCharacters } from '../values/text.ts';
import type { RegisterCell, RowWarning } from './cell.ts';
import { LEGAL_SLOT, MANAGER_SLOT } from './mapping.ts';
import { UNNAMED_CONTACT, type StagedContact } from './plan-contacts.ts';

/** Slots of a row: 1 the contact, 2 the second one and so on, and those of the legal representative and the environmental manager. */
export interface PeopleCells {
  readonly names: ReadonlyMap<number, RegisterCell>;
  readonly phones: ReadonlyMap<number, readonly RegisterCell[]>;
  readonly ehs: boolean;
  readonly legalRep: string | null;
}

const POSTS: Readonly<Record<number, string>> = { [LEGAL_SLOT]: 'legal_rep', [MANAGER_SLOT]: 'env_manager' };

interface Person {
  name: string | null;
  post: string;
  mobiles: string[];
  landlines: string[];
}

const splitNames = (cell: RegisterCell | undefined): string[] => {
  const text = trimEdges(cell?.text ?? '');
  if (text === '' || isUnknownToken(text)) return [];
  return text
    .split(/[、,，;；/\n]+/u)
    .map((n) => n.trim())
    .filter((n) => n !== '' && !isUnknownToken(n))
    .map((n) => wholeCharacters(n, 60));
};

/** People of one slot: the first name gets the first mobile, and so on; what is over goes to the first. */
function personsOf(
  slot: number,
  nameCell: RegisterCell | undefined,
  phoneCells: readonly RegisterCell[],
  cells: PeopleCells,
  warnings: RowWarning[],
): Person[] {
  const post = slot === MANAGER_SLOT && cells.ehs ? 'ehs' : (POSTS[slot] ?? 'other');
  const inName = nameCell ? splitPhones(nameCell.text).filter((p) => p.kind !== 'other') : [];
  // `张三 13800001111` in the name column: the phone is taken out of it.
  const names =
    inName.length > 0
      ? inName.map((p) => p.note?.replace(/[()（）:：]/g, '').trim() ?? '').filter((n) => n !== '')
      : splitNames(nameCell);
  const phones = [...inName, ...phoneCells.filter((c) => !isUnknownToken(c.text)).flatMap((c) => splitPhones(c.text))];
  const persons: Person[] = names.map((name) => ({ name, post, mobiles: [], landlines: [] }));
  const personNamed = (note: string | undefined): Person | undefined => {
    const name = note?.replace(/先生|女士|经理|总$/gu, '').trim() ?? '';
    if (!/^\p{Script=Han}{2,4}$/u.test(name)) return undefined;
    const known = persons.find((p) => p.name === name);
    if (known) return known;
    const made: Person = { name, post, mobiles: [], landlines: [] };
    if (persons.length === 0 || persons[0]?.name) persons.push(made);
    return made;
  };
  let next = 0;
  for (const phone of phones) {
    if (phone.kind === 'other') {
      warnings.push({ code: 'PHONE_INVALID', sentence: `电话“${phone.number}”位数不对，原样保留，请核对` });
    }
    let person = personNamed(phone.note);
    if (!person) {
      if (persons.length === 0)
        persons.push({ name: slot === LEGAL_SLOT ? cells.legalRep : null, post, mobiles: [], landlines: [] });
      person = phone.kind === 'mobile' ? persons[Math.min(next, persons.length - 1)] : persons[0];
      if (phone.kind === 'mobile') next += 1;
    }
    (phone.kind === 'landline' ? person?.landlines : person?.mobiles)?.push(phone.number);
  }
  return persons;
}

const contactOf = (p: Person, mobile: string | null, landline: string | null): StagedContact => ({
  name: p.name ?? UNNAMED_CONTACT,
  post: p.post,
  mobile: mobile?.slice(0, 60) ?? null,
  landline: landline?.slice(0, 60) ?? null,
});

/** A person with several mobiles becomes several rows: one number each, so that each can be called and found. */
function toContacts(p: Person): StagedContact[] {
  const contacts = [contactOf(p, p.mobiles[0] ?? null, p.landlines.join('、') || null)];
  for (const mobile of p.mobiles.slice(1)) contacts.push(contactOf(p, mobile, null));
  return contacts;
}

/** The contacts that a row names, the primary one first. */
export function readPeople(cells: PeopleCells): { contacts: StagedContact[]; warnings: RowWarning[] } {
  const warnings: RowWarning[] = [];
  const bySlot = new Map<number, Person[]>();
  const numbered = [...new Set([...cells.names.keys(), ...cells.phones.keys()])].filter((slot) => slot < LEGAL_SLOT);
  for (const slot of [...numbered.sort((a, b) => a - b), MANAGER_SLOT, LEGAL_SLOT]) {
    if (slot === LEGAL_SLOT && !cells.phones.has(slot)) continue;
    const persons = personsOf(slot, cells.names.get(slot), cells.phones.get(slot) ?? [], cells, warnings);
    if (persons.length > 0) bySlot.set(slot, persons);
  }
  // One name column and one phone column belong together whatever their headings call them.
  const first = bySlot.get(1);
  const manager = bySlot.get(MANAGER_SLOT);
  if (
    first?.length === 1 &&
    first[0]?.name === null &&
    manager?.[0] &&
    manager[0].mobiles.length + manager[0].landlines.length === 0
  ) {
    manager[0].mobiles.push(...first[0].mobiles);
    manager[0].landlines.push(...first[0].landlines);
    bySlot.delete(1);
  }
  const persons = [...bySlot.values()].flat();
  const merged: Person[] = [];
  for (const p of persons) {
    const twin = p.name === null ? undefined : merged.find((m) => m.name === p.name);
    if (!twin) {
      merged.push(p);
      continue;
    }
    twin.mobiles.push(...p.mobiles.filter((m) => !twin.mobiles.includes(m)));
    twin.landlines.push(...p.landlines.filter((l) => !twin.landlines.includes(l)));
    if (twin.post === 'other') twin.post = p.post;
  }
  return { contacts: merged.flatMap(toContacts), warnings };
}
