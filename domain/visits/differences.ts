// What is found at a place against what was approved: more than allowed, or not allowed at all (capabilities MH-08, PJ-12).
import { metaOf } from '../dictionary/field.ts';
import type { ApprovedRule, EntityDefinition } from '../dictionary/entity.ts';
import { compareDecimals, isDecimal } from '../values/decimal.ts';

type Row = Readonly<Record<string, unknown>>;

const numberIn = (row: Row, field: string): string | null => {
  const value = row[field];
  const text = typeof value === 'number' ? String(value) : value;
  return isDecimal(text) ? text : null;
};

function differenceBy(entity: EntityDefinition, row: Row, { found, approved, by }: ApprovedRule): string | null {
  const name = String(row[entity.title ?? ''] ?? entity.label);
  if (approved === undefined) return row[found] === 'no' ? `${entity.label}“${name}”与${by}不一致` : null;
  const [now, allowed] = [numberIn(row, found), numberIn(row, approved)];
  if (now === null || allowed === null || compareDecimals(now, allowed) <= 0) return null;
  const schema = entity.fields[found];
  const unit = (schema && metaOf(schema).unit) ?? (typeof row.unit === 'string' ? row.unit : '');
  return `${entity.label}“${name}”现场 ${now}${unit}，${by} ${allowed}${unit}，多于批准`;
}

/** The first difference of a row to its approval in one sentence; null where there is none, or nothing to hold it against. */
export function differenceOf(entity: EntityDefinition, row: Row): string | null {
  for (const rule of entity.approved) {
    const said = differenceBy(entity, row, rule);
    if (said) return said;
  }
  return null;
}

/** Whoever was verified longer ago than this is asked for (capability FJ-17). */
export const CONTACT_DAYS = 180;
