// The canonical dump: everything that offices with the same operations must show alike, as text that can be compared byte by byte.
import { capturedFields, laterInitials, snake } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import type { Reader } from '../reader.ts';
import { tableOf } from '../schema/columns.ts';
import { SHADOW } from './placeholder.ts';
import type { ConflictHead } from './write-plan.ts';

type Cell = string | number | null;

/** Lines of the dump, in order: rows of shared kinds by their captured fields, conflicts with their values, merged rows. */
export async function canonicalDump(read: Reader): Promise<string[]> {
  const lines: string[] = [];
  for (const entity of ENTITIES) {
    if (entity.scope !== 'shared') continue;
    const rows = await read.sql<Record<string, Cell>>(
      `SELECT t.id, ${capturedFields(entity)
        .map((f) => `t."${snake(f)}" AS "${f}"`)
        .join(', ')} FROM "${tableOf(entity)}" t
       JOIN sync_row r ON r.id = t.id WHERE t.deleted_at IS NOT '${SHADOW}' ORDER BY t.id`,
    );
    // A field that came later says nothing where it holds what rows of before do: frozen dumps stay true.
    const later = laterInitials(entity);
    for (const row of rows)
      lines.push(
        canonicalJson([
          entity.name,
          Object.fromEntries(Object.entries(row).filter(([name, v]) => v !== null && v !== later.get(name))),
        ]),
      );
  }
  const conflicts = await read.sql<{
    id: string;
    rowId: string;
    field: string;
    class: string;
    level: string;
    heads: string;
    base: string | null;
    provisional: number;
  }>('SELECT id, row_id AS rowId, field, class, level, heads, base, provisional FROM sync_conflict ORDER BY id');
  for (const c of conflicts) {
    const heads = (JSON.parse(c.heads) as ConflictHead[]).map((h) => [h.dot, h.value, h.shown]);
    lines.push(
      canonicalJson([
        'conflict',
        c.id,
        c.rowId,
        c.field,
        c.class,
        c.level,
        heads,
        c.base ? (JSON.parse(c.base) as { value: Cell }).value : null,
        c.provisional,
      ]),
    );
  }
  for (const r of await read.sql<{ id: string; root: string }>('SELECT id, root FROM sync_alias_root ORDER BY id'))
    lines.push(canonicalJson(['alias', r.id, r.root]));
  return lines;
}
