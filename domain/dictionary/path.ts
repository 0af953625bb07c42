// Paths of the dictionary: fields reached through references, computed columns of a list, and the kinds that refer to a kind.
import { fieldsOf, shownFields, type EntityDefinition } from './entity.ts';
import { metaOf, type FieldMeta } from './field.ts';
import type { NamedCondition } from './filter.ts';
import { isPathColumn, plainMeta, type ComputedColumn, type ListColumn, type ListDefinition } from './list.ts';

/** The kinds that paths lead through. */
export interface Dictionary {
  readonly entities: readonly EntityDefinition[];
  find(name: string): EntityDefinition | undefined;
  /** The list of a kind: its own, or the one that follows from its fields. */
  listOf(entity: EntityDefinition): ListDefinition;
}

/** A reference on the way: of the row so far, to a row of `to`. */
export interface Step {
  readonly field: string;
  readonly meta: FieldMeta;
  readonly to: EntityDefinition;
}

/** Where a path ends: at a stored field, or at a computed column (`column` set), of `entity`. */
export interface PathEnd {
  readonly steps: readonly Step[];
  readonly entity: EntityDefinition;
  readonly field: string;
  readonly meta: FieldMeta;
  readonly column: ComputedColumn | null;
  /** What people call it: the column's label where a list has it, else the labels along the way. */
  readonly label: string;
}

const BASE: Readonly<Record<string, FieldMeta>> = {
  createdAt: plainMeta('instant', '建立时间'),
  updatedAt: plainMeta('instant', '更新时间'),
  deletedAt: plainMeta('instant', '删除时间'),
};

/** Metadata of a field, of the base fields too; null when the kind has none of that name. */
export function metaOfField(entity: EntityDefinition, field: string): FieldMeta | null {
  const schema = Object.hasOwn(entity.fields, field) ? entity.fields[field] : undefined;
  if (schema) return metaOf(schema);
  if (field === 'id') return plainMeta('reference', entity.label, { target: entity.name });
  return Object.hasOwn(BASE, field) ? (BASE[field] ?? null) : null;
}

/** All fields that a filter may name, the base fields last. */
export const filterFields = (entity: EntityDefinition): { name: string; meta: FieldMeta }[] => [
  ...shownFields(entity),
  ...['id', ...Object.keys(BASE)].map((name) => ({ name, meta: metaOfField(entity, name) as FieldMeta })),
];

/** Metadata of a computed column. */
export function metaOfColumn(dictionary: Dictionary, entity: EntityDefinition, column: ComputedColumn): FieldMeta {
  const own = { label: column.label };
  if ('sql' in column) {
    const { vocabulary, unit } = column;
    return plainMeta(column.kind, column.label, { ...(vocabulary && { vocabulary }), ...(unit && { unit }) });
  }
  if ('count' in column) return plainMeta('integer', column.label);
  if ('until' in column) return plainMeta('integer', column.label, { unit: '天' });
  if ('rate' in column) return plainMeta('decimal', column.label, { unit: '%' });
  if ('first' in column) {
    const end = resolvePath(dictionary, entity, column.first[0] ?? '');
    return end ? { ...end.meta, ...own } : plainMeta('text', column.label);
  }
  const child = childOf(dictionary, entity, 'pick' in column ? column.pick.child : column.join.child);
  const field = 'pick' in column ? [column.pick.field].flat()[0] : column.join.field;
  const end = child && resolvePath(dictionary, child.entity, field ?? '');
  if (!end) return plainMeta('text', column.label);
  if ('join' in column && end.meta.kind === 'reference') return plainMeta('text', column.label);
  return { ...end.meta, ...own };
}

/** The column of that key in the list of a kind. */
export const columnOf = (dictionary: Dictionary, entity: EntityDefinition, key: string): ListColumn | undefined =>
  dictionary.listOf(entity).columns.find((c) => c.key === key);

function endOf(dictionary: Dictionary, entity: EntityDefinition, name: string, steps: readonly Step[]): PathEnd | null {
  const meta = metaOfField(entity, name);
  const labels = (last: string): string => [...steps.map((s) => s.meta.label), last].join(' · ');
  if (meta) return { steps, entity, field: name, meta, column: null, label: labels(meta.label) };
  const column = columnOf(dictionary, entity, name);
  if (!column) return null;
  if (isPathColumn(column)) {
    const inner = column.path === name ? null : resolvePath(dictionary, entity, column.path);
    return inner && { ...inner, steps: [...steps, ...inner.steps], label: labels(column.label ?? inner.label) };
  }
  const found = metaOfColumn(dictionary, entity, column);
  return { steps, entity, field: name, meta: found, column, label: labels(column.label) };
}

/** Follows a path from a kind; null where a part of it does not exist. */
export function resolvePath(dictionary: Dictionary, of: EntityDefinition, path: string): PathEnd | null {
  const parts = path.split('.');
  const last = parts.pop() as string;
  const steps: Step[] = [];
  let entity = of;
  for (const part of parts) {
    const meta = metaOfField(entity, part);
    const to = meta?.kind === 'reference' && meta.target ? dictionary.find(meta.target) : undefined;
    if (!meta || !to) return null;
    steps.push({ field: part, meta, to });
    entity = to;
  }
  const end = endOf(dictionary, entity, last, steps);
  if (!end || steps.length === 0) return end;
  // A list that shows the path under a label of its own names it for people.
  const shown = dictionary.listOf(of).columns.find((c) => isPathColumn(c) && c.path === path && c.label);
  return shown?.label ? { ...end, label: shown.label } : end;
}

/** A kind whose rows refer to rows of another, and by which field. */
export interface Child {
  readonly entity: EntityDefinition;
  readonly field: string;
}

/** The fields by which rows of a kind refer to rows of another; a reference to whatever it may be counts for every kind. */
const referring = (entity: EntityDefinition, of: EntityDefinition): Child[] =>
  fieldsOf(entity)
    .filter((f) => f.meta.kind === 'reference' && (f.meta.target === of.name || f.meta.target === ''))
    .map((f) => ({ entity, field: f.name }));

/** All kinds that refer to a kind, by each of their fields. */
export const childrenOf = (dictionary: Dictionary, of: EntityDefinition): Child[] =>
  dictionary.entities.flatMap((entity) => referring(entity, of));

/**
 * The child that `has` names: `permit`, or `enterprise.hostEnterpriseId` where a kind refers by several fields. Of
 * several its parent is meant first.
 */
export function childOf(dictionary: Dictionary, of: EntityDefinition, has: string): Child | null {
  const [kind = '', field] = has.split('.');
  const entity = dictionary.find(kind);
  const all = entity ? referring(entity, of).filter((c) => !field || c.field === field) : [];
  return all.find((c) => c.field === c.entity.parent) ?? all[0] ?? null;
}

/** The condition of that name of a kind. */
export const conditionOf = (entity: EntityDefinition, id: string): NamedCondition | undefined =>
  entity.conditions.find((c) => c.id === id);
