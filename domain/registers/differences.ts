// Where values of a row differ from those on file, and which of the two is the better one (domain reference 6.5).
import type { EntityDefinition } from '../dictionary/entity.ts';
import { addressKey, addressesAgree } from './matching.ts';
import { displayValue, type Names } from './display.ts';
import type { PlannedChange, Write } from './enterprise-state.ts';
import { fieldOf, SUBJECT } from './kinds.ts';
import type { FieldValues } from './row-content.ts';
import { targetOf } from './targets.ts';

/** What a plan has to know besides the row. */
export interface PlanContext {
  readonly blankOverwrites: boolean;
  /** Names of areas and grids by id, for showing. */
  readonly names: Names;
  readonly today: string;
  /** The row adds to an enterprise of an earlier row: what differs there is another record, no correction. */
  readonly joined?: boolean;
  /** The row is known by something stronger than its name: another name waits for a person. */
  readonly nameWaits?: boolean;
}

/** Says a value nothing? */
export const empty = (v: unknown): boolean => v === null || v === undefined || v === '' || v === 'unknown';
const sameNumber = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' &&
  typeof b === 'string' &&
  /^-?\d+(\.\d+)?$/.test(a) &&
  /^-?\d+(\.\d+)?$/.test(b) &&
  Number(a) === Number(b);

/** Is this vague day the same as the exact one that is known already? */
function coarser(field: string, values: FieldValues, before: Record<string, unknown>): boolean {
  const precision = values[`${field}Precision`];
  const known = before[field];
  if ((precision !== 'month' && precision !== 'year') || typeof known !== 'string') return false;
  const length = precision === 'month' ? 7 : 4;
  const knownPrecision = before[`${field}Precision`];
  return String(values[field]).slice(0, length) === known.slice(0, length) && knownPrecision !== 'year';
}

/** Why the value on file is better than the row's, or null. */
function worse(definition: EntityDefinition, field: string, before: unknown, after: unknown): string | null {
  if (empty(before)) return null;
  if (fieldOf(definition, field)?.forward && String(after) < String(before)) return '新值早于原值';
  if (definition !== SUBJECT) return null;
  if (field === 'address' && addressesAgree(addressKey(String(after)), addressKey(String(before)))) return '新值较简略';
  return ASKED[field] ?? null;
}

/** Fields of the enterprise in which only a person says who is right, and why: the value on file stays, and the other waits. */
const ASKED: Readonly<Record<string, string>> = {
  managementTier: '同一企业只能由一级管理，先留原值，新值待定',
  creditCode: '与原代码不同，先留原值，新值待定',
};

/** A value that differs from the one on file; `keep` says why that one is the better. */
export interface FieldDiff {
  field: string;
  patch: Record<string, unknown>;
  before: unknown;
  after: unknown;
  keep: string | null;
  /** The other value waits for a person. */
  waits?: boolean;
}

/** Fields in which values differ from those on file. */
export function diffFields(
  definition: EntityDefinition,
  values: FieldValues,
  before: Record<string, unknown>,
): FieldDiff[] {
  const diffs: FieldDiff[] = [];
  for (const [field, after] of Object.entries(values)) {
    if (field.endsWith('Precision')) continue;
    const known = before[field];
    if (known === after || sameNumber(known, after)) continue;
    if (!empty(known) && coarser(field, values, before)) continue;
    if (field === 'address' && !empty(known) && addressKey(String(known)) === addressKey(String(after))) continue;
    const precision = `${field}Precision`;
    const patch = { [field]: after, ...(precision in values && { [precision]: values[precision] }) };
    const shorter = field === 'address' && !empty(known) && String(after).length > String(known).length;
    const keep = shorter ? null : worse(definition, field, known, after);
    const waits = keep !== null && keep === ASKED[field];
    diffs.push({ field, patch, before: known, after, keep, ...(waits && { waits }) });
  }
  return diffs;
}

/** The difference as people see it. */
export function toChange(
  entity: string,
  d: FieldDiff,
  write: (patch: Record<string, unknown>) => Write[],
  names: Names,
): PlannedChange {
  const target = `${entity}.${d.field}`;
  const meta = targetOf(target)?.meta ?? null;
  return {
    target,
    label: meta?.label ?? d.field,
    before: empty(d.before) && d.before !== 'unknown' ? null : displayValue(meta, d.before, names),
    after: displayValue(meta, d.after, names),
    use: d.keep ? 'old' : 'new',
    note: d.keep ?? '',
    ...(d.waits && { waits: true }),
    writes: write(d.patch),
  };
}
