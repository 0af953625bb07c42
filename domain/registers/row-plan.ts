// What a row changes about an enterprise on file, field by field, and which value is to be used (domain reference 6.5).
import { addressKey, addressesAgree } from './matching.ts';
import type { ChildEntity, EnterpriseState, PlannedChange, StateRow, Write } from './enterprise-state.ts';
import { planContacts } from './plan-contacts.ts';
import { displayValue, type Names } from './display.ts';
import type { FieldValues, RowContent } from './row-content.ts';
import { targetOf } from './targets.ts';
import { nameKey } from '../values/name-key.ts';

/** What a plan has to know besides the row. */
export interface PlanContext {
  readonly blankOverwrites: boolean;
  /** Names of areas and grids by id, for showing. */
  readonly names: Names;
  readonly today: string;
}

const REMARK_MAX = 1000;
/** Days that only ever move forward: an earlier one is from an older list. */
const FORWARD_ONLY = new Set(['permit.validTo', 'hazWasteProfile.contractEnd']);

const empty = (v: unknown): boolean => v === null || v === undefined || v === '' || v === 'unknown';
const sameNumber = (a: unknown, b: unknown): boolean => typeof a === 'string' && typeof b === 'string' && /^-?\d+(\.\d+)?$/.test(a) && /^-?\d+(\.\d+)?$/.test(b) && Number(a) === Number(b);

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
function worse(entity: string, field: string, before: unknown, after: unknown): string | null {
  if (empty(before)) return null;
  if (FORWARD_ONLY.has(`${entity}.${field}`) && String(after) < String(before)) return '新值早于原值';
  if (field === 'address' && addressesAgree(addressKey(String(after)), addressKey(String(before)))) return '新值较简略';
  if (field === 'managementTier') return '同一企业只能由一级管理，请核对后再用新值';
  if (entity === 'enterprise' && field === 'creditCode') return '与原代码不同，请核对后再用新值';
  return null;
}

interface FieldDiff { field: string; patch: Record<string, unknown>; before: unknown; after: unknown; keep: string | null }

function diffFields(entity: string, values: FieldValues, before: Record<string, unknown>): FieldDiff[] {
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
    diffs.push({ field, patch, before: known, after, keep: shorter ? null : worse(entity, field, known, after) });
  }
  return diffs;
}

function toChange(entity: string, d: FieldDiff, write: (patch: Record<string, unknown>) => Write[], names: Names): PlannedChange {
  const target = `${entity}.${d.field}`;
  const meta = targetOf(target)?.meta ?? null;
  return {
    target, label: meta?.label ?? d.field, before: empty(d.before) && d.before !== 'unknown' ? null : displayValue(meta, d.before, names), after: displayValue(meta, d.after, names),
    use: d.keep ? 'old' : 'new', note: d.keep ?? '', writes: write(d.patch),
  };
}

/** The record of a child table that a row speaks of: the one with its number, or the only one; null: a new one. */
function pickChild(rows: readonly StateRow[], numberField: string, values: FieldValues, onlyEvenIfOther: boolean): StateRow | null {
  const compact = (v: unknown): string => String(v ?? '').replace(/\s/g, '').toUpperCase();
  const number = compact(values[numberField]);
  const same = number === '' ? undefined : rows.find((r) => compact(r.values[numberField]) === number);
  if (same) return same;
  const [only] = rows;
  if (rows.length !== 1 || !only) return null;
  return number === '' || compact(only.values[numberField]) === '' || onlyEvenIfOther ? only : null;
}

/** Values that a new record of a child table needs although no register gives them. */
export function withNeeded(entity: ChildEntity, values: FieldValues, enterpriseName: string): FieldValues {
  return entity === 'eiaProject' && !values.projectName ? { ...values, projectName: `${enterpriseName}建设项目`.slice(0, 200) } : values;
}

function planChild(state: EnterpriseState, entity: ChildEntity, values: FieldValues, row: StateRow | null, names: Names): PlannedChange[] {
  if (row) return diffFields(entity, values, row.values).map((d) => toChange(entity, d, (patch) => [{ kind: 'update', entity, row, patch }], names));
  const full = withNeeded(entity, values, String(state.own.values.name ?? ''));
  const fields = Object.keys(values).filter((f) => !f.endsWith('Precision'));
  const text = fields.map((f) => displayValue(targetOf(`${entity}.${f}`)?.meta ?? null, values[f], names)).join('，');
  const first = targetOf(`${entity}.${fields[0] ?? ''}`);
  return [{
    target: first?.key ?? entity, label: fields.length === 1 ? first?.label ?? '' : first?.group ?? '', before: null, after: text, use: 'new', note: '',
    writes: [{ kind: 'insert', entity, row: { id: null, values: { ...full } } }],
  }];
}

/** The remark with the row's parts added; null when it says them already. */
export function mergeRemark(before: unknown, parts: readonly string[]): string | null {
  const known = typeof before === 'string' ? before : '';
  const missing = parts.filter((p) => !known.includes(p));
  if (missing.length === 0) return null;
  const merged = [known, ...missing].filter((p) => p !== '').join('；').slice(0, REMARK_MAX);
  return merged === known ? null : merged;
}

function planName(content: RowContent, state: EnterpriseState): FieldValues {
  const { name, ...rest } = content.enterprise;
  if (name === undefined || nameKey(String(name)) === nameKey(String(state.own.values.name ?? ''))) return rest;
  // A name that the enterprise once had comes from an old list: it does not go back to it.
  const former = state.children.formerName.some((f) => nameKey(String(f.values.name)) === nameKey(String(name)));
  return former ? rest : { name, ...rest };
}

/** Wrong codes are only kept where there is no right one. */
function planCodes(values: FieldValues, own: Record<string, unknown>): FieldValues {
  const { creditCodeQuarantine, ...rest } = values;
  return creditCodeQuarantine !== undefined && empty(own.creditCode) ? { ...rest, creditCodeQuarantine } : rest;
}

/**
 * All differences between a row and the enterprise it is.
 * @param areaIds ids of the areas that the row itself names, by field.
 */
export function planRow(content: RowContent, areaIds: FieldValues, state: EnterpriseState, context: PlanContext): PlannedChange[] {
  const { names } = context;
  const own = state.own.values;
  const values = planCodes({ ...planName(content, state), ...areaIds }, own);
  // A coordinate system that is only the import's "not known" says nothing new.
  if (values.coordinateSystem === 'unknown' && !empty(own.longitude)) delete values.coordinateSystem;
  const changes = diffFields('enterprise', values, own).map((d) => toChange('enterprise', d, (patch) => [{
    kind: 'enterprise', patch: d.field === 'creditCode' ? { ...patch, creditCodeQuarantine: null, creditCodeMissingReason: null } : patch,
  }], names));
  const remark = mergeRemark(own.remark, content.remarks);
  if (remark !== null) {
    changes.push({ target: 'enterprise.remark', label: '备注', before: (own.remark as string | null) ?? null, after: remark, use: 'new', note: empty(own.remark) ? '' : '补在原备注后', writes: [{ kind: 'enterprise', patch: { remark } }] });
  }
  changes.push(...planContacts(content.contacts, state));
  for (const eia of content.eiaProjects) changes.push(...planChild(state, 'eiaProject', eia, pickChild(state.children.eiaProject, 'approvalNo', eia, false), names));
  if (content.acceptance) changes.push(...planChild(state, 'acceptance', content.acceptance, pickChild(state.children.acceptance, 'documentNo', content.acceptance, false), names));
  if (content.permit) changes.push(...planChild(state, 'permit', content.permit, pickChild(state.children.permit, 'number', content.permit, true), names));
  if (content.hazWasteProfile) changes.push(...planChild(state, 'hazWasteProfile', content.hazWasteProfile, state.children.hazWasteProfile[0] ?? null, names));
  changes.push(...planLists(content, state, context));
  if (context.blankOverwrites) changes.push(...planBlanks(content, state, names));
  return changes;
}

function planLists(content: RowContent, state: EnterpriseState, context: PlanContext): PlannedChange[] {
  const changes: PlannedChange[] = [];
  const add = (entity: ChildEntity, target: string, before: string | null, after: string, values: Record<string, unknown>): void => {
    changes.push({ target, label: targetOf(target)?.meta.label ?? '', before, after, use: 'new', note: '', writes: [{ kind: 'insert', entity, row: { id: null, values } }] });
  };
  const knownNames = new Set([String(state.own.values.name ?? ''), ...state.children.formerName.map((f) => String(f.values.name))].map(nameKey));
  for (const name of content.formerNames) if (!knownNames.has(nameKey(name))) add('formerName', 'formerName.name', null, name, { name });
  const products = new Set(state.children.product.map((p) => String(p.values.name)));
  for (const name of content.products) if (!products.has(name)) add('product', 'product.name', null, name, { name, seq: products.size + 1 });
  if (content.label) {
    const { system, value } = content.label;
    const current = state.children.label.filter((l) => l.values.system === system && empty(l.values.medium))
      .sort((a, b) => String(b.values.assessedDate).localeCompare(String(a.values.assessedDate)))[0];
    if (current?.values.value !== value) {
      const meta = targetOf('label.value')?.meta ?? null;
      add('label', 'label.value', current ? displayValue(meta, current.values.value, context.names) : null, displayValue(meta, value, context.names),
        { system, value, medium: null, assessedDate: context.today, basis: '名册导入' });
    }
  }
  return changes;
}

/** Blank cells that empty a field, where the person asked for it; what every enterprise must have stays. */
function planBlanks(content: RowContent, state: EnterpriseState, names: Names): PlannedChange[] {
  const changes: PlannedChange[] = [];
  for (const key of content.blanks) {
    const target = targetOf(key);
    if (!target || target.meta.required === 'F' || target.meta.kind === 'flag') continue;
    const isOwn = target.entity === 'enterprise';
    const rows = isOwn ? [state.own] : state.children[target.entity as ChildEntity] ?? [];
    const row = rows.length === 1 ? rows[0] : undefined;
    if (!row || empty(row.values[target.field]) || target.entity === 'label') continue;
    const value = target.meta.kind === 'fourState' ? 'unknown' : null;
    const patch = { [target.field]: value, ...(`${target.field}Precision` in row.values && { [`${target.field}Precision`]: null }) };
    const write: Write = isOwn ? { kind: 'enterprise', patch } : { kind: 'update', entity: target.entity as ChildEntity, row, patch };
    changes.push({ target: key, label: target.meta.label, before: displayValue(target.meta, row.values[target.field], names), after: null, use: 'new', note: '表中为空', writes: [write] });
  }
  return changes;
}
