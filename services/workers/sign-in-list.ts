// Reads a sign-in list: columns are found by the headings of the dictionary.
import { enterprise } from '../../domain/enterprises/entities.ts';
import { trainingAttendance } from '../../domain/training/entities.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { normaliseHeading, trimEdges } from '../../domain/values/text.ts';
import { findTable, readWorkbook } from '../spreadsheets/index.ts';

/** One line of a sign-in list. */
export interface SignInPerson {
  unit: string;
  name: string;
  post: string | null;
  phone: string | null;
}

const headings = (meta: { label: string; headings?: readonly string[] }): Set<string> =>
  new Set([meta.label, ...(meta.headings ?? [])].map(normaliseHeading));

const COLUMNS = {
  unit: headings(metaOf(enterprise.fields.name)),
  name: headings(metaOf(trainingAttendance.fields.personName)),
  post: headings(metaOf(trainingAttendance.fields.post)),
  phone: headings(metaOf(trainingAttendance.fields.phone)),
} as const;

const isKnown = (heading: string): number => (Object.values(COLUMNS).some((c) => c.has(heading)) ? 1 : 0);

/** People of a sign-in list. Lines without a unit or a name are left out. @throws UnreadableFile */
export function readSignInList(bytes: Uint8Array, fileName: string): SignInPerson[] {
  const people: SignInPerson[] = [];
  for (const sheet of readWorkbook(bytes, fileName).sheets) {
    const table = findTable(sheet, isKnown);
    if (!table) continue;
    const at = (key: keyof typeof COLUMNS): number =>
      table.columns.findIndex((c) => COLUMNS[key].has(normaliseHeading(c.leaf)));
    const [unit, name, post, phone] = [at('unit'), at('name'), at('post'), at('phone')];
    for (const row of table.rows) {
      const text = (i: number): string => (i < 0 ? '' : trimEdges(row.cells[table.columns[i]!.index]?.text ?? ''));
      if (text(unit) && text(name))
        people.push({ unit: text(unit), name: text(name), post: text(post) || null, phone: text(phone) || null });
    }
  }
  return people;
}
