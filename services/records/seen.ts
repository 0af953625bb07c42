// A field that changed since it was shown is not gone over without a word: what was shown travels with what is to be stored.
import { fieldsOf, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import { localTime } from '../../domain/values/clock.ts';
import type { FieldProblem, Values } from '../../contract/shared.ts';
import { changesOf, type Reader } from '../../db/index.ts';
import { ServiceError } from '../errors.ts';
import { namesOf } from './names.ts';

type Value = string | number | boolean | null;
/** Values that the caller was shown before they were changed, by field; fields that are not among them are not asked about. */
export type Seen = Values | undefined;

/** One value however it came: a flag as the database holds it, nothing as null. */
function plain(value: unknown): string | number | null {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  return typeof value === 'number' ? value : null;
}

/** Of the values of a form those that are not as they were shown: a field that nobody touched is not written. */
export function touched<V extends Readonly<Record<string, unknown>>>(values: V, seen: Seen): V {
  const same = (field: string): boolean =>
    seen !== undefined && Object.hasOwn(seen, field) && plain(values[field]) === plain(seen[field]);
  return Object.fromEntries(Object.entries(values).filter(([field]) => !same(field))) as V;
}

async function textOf(read: Reader, meta: FieldMeta, value: Value): Promise<string> {
  if (value === null) return '空白';
  const names = meta.kind === 'reference' ? await namesOf(read, [String(value)]) : new Map<string, string>();
  return `“${valueText(meta, typeof value === 'boolean' ? Number(value) : value, { name: (id) => names.get(id) })}”`;
}

/** Who changed a field last, and when. */
async function lastAuthor(read: Reader, id: string, field: string): Promise<string> {
  const changes = await changesOf(read, [id]);
  const last = changes.findLast((change) => change.fields.some((one) => one.field === field));
  return last ? `${last.actor ?? '别人'} ${localTime(last.at)} ` : '';
}

/**
 * Asked inside the action that writes. @throws ServiceError INVALID with one problem (CHANGED_MEANWHILE) for each field that is
 * neither as it was shown nor as it is to be; `now` of the problem is what it holds
 */
export async function requireSeen(
  read: Reader,
  entity: EntityDefinition,
  id: string,
  clean: Readonly<Record<string, unknown>>,
  seen: Seen,
): Promise<void> {
  if (!seen || Object.keys(seen).length === 0) return;
  const row = (await read.get(entity, id)) as Record<string, Value> | null;
  const problems: FieldProblem[] = [];
  for (const { name, meta } of fieldsOf(entity)) {
    if (!row || !Object.hasOwn(seen, name) || !Object.hasOwn(clean, name)) continue;
    const now = row[name] ?? null;
    if (plain(now) === plain(seen[name]) || plain(now) === plain(clean[name])) continue;
    const said = `${meta.label}在你填写时已由${await lastAuthor(read, id, name)}改为${await textOf(read, meta, now)}`;
    problems.push({
      code: 'CHANGED_MEANWHILE',
      field: name,
      severity: 'error',
      sentence: `${said}，没有覆盖。要用你填的，请再确认一次`,
      now,
    });
  }
  const [first] = problems;
  if (first) throw new ServiceError('INVALID', first.sentence, { problems });
}
