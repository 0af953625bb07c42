// What the groups of a dimension are called.
import { metaOf, type FieldMeta } from '../../domain/dictionary/field.ts';
import { inList, listParameter } from '../../db/index.ts';
import { snake } from '../../domain/dictionary/entity.ts';
import type { DimensionDefinition } from '../../domain/dictionary/figure.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { entityNamed } from '../../domain/entities.ts';
import type { Context } from '../context.ts';
import { industriesOf } from '../knowledge/index.ts';

/** The fields whose values a dimension's keys are made of. */
function fieldsBehind({ of, by }: DimensionDefinition): (FieldMeta | null)[] {
  const meta = (kind: string, field: string): FieldMeta | null => {
    const schema = entityNamed(kind).fields[field];
    return schema ? metaOf(schema) : null;
  };
  if ('each' in by) return by.fields.map((field) => meta(by.each, field));
  if ('pick' in by) return [meta(by.pick, by.field)];
  if ('fields' in by && of) return by.fields.slice(0, 1).map((field) => meta(of, field));
  return [];
}

/** Rows that the keys of a dimension are ids of, or null. */
function targetOf(d: DimensionDefinition): string | null {
  if ('place' in d.by || 'area' in d.by) return 'area';
  if ('target' in d.by) return d.by.target;
  const [field, ...more] = fieldsBehind(d);
  return more.length === 0 ? (field?.target ?? null) : null;
}

async function titles(ctx: Context, target: string, ids: readonly string[]): Promise<Map<string, string>> {
  const title = entityNamed(target).title ?? 'id';
  const rows = await ctx.store.slow.sql<{ id: string; title: string | null }>(
    `SELECT id, ${snake(title)} AS title FROM "${snake(target)}" WHERE ${inList('id')}`,
    [listParameter(ids)],
  );
  return new Map(rows.map((row) => [row.id, row.title ?? row.id]));
}

/** Names of groups by their keys; a key that nothing is known of stands for itself. */
export async function groupNames(
  ctx: Context,
  d: DimensionDefinition,
  keys: readonly (string | null)[],
): Promise<(key: string | null) => string> {
  const known = keys.filter((key) => key !== null);
  const target = targetOf(d);
  const byId = target ? await titles(ctx, target, [...new Set(known)]) : null;
  const fields = fieldsBehind(d);
  const nameOf = (key: string): string => {
    if (byId) return byId.get(key) ?? key;
    if ('ordinal' in d.by) return `第 ${key} 次`;
    if ('first' in d.by) {
      const name = industriesOf(ctx.resources).nameOf(key);
      return name ? `${key} ${name}` : key;
    }
    const parts = fields.length > 1 ? key.split(':') : [key];
    return parts
      .map((part, at) => (part === '' ? '' : fields[at]?.vocabulary ? labelOf(fields[at].vocabulary, part) : part))
      .filter(Boolean)
      .join(' ');
  };
  return (key) => (key === null || key === '' ? d.none : nameOf(key));
}
