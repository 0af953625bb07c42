// A kind with its machine, and a record of it as the guards see it.
import { STAFF_ROLES } from '../../domain/identity/entities.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { WORKFLOWS, type KindWithWorkflow } from '../../domain/workflows.ts';
import { listOf } from '../../domain/lists.ts';
import type { Reader } from '../../db/index.ts';
import type { Context } from '../context.ts';
import type { Seen } from '../effects.ts';
import { notFound, refused } from '../errors.ts';
import { referenceNames } from '../records/index.ts';
import { effectsOf } from './effects.ts';

/** The kind of that name. @throws REFUSED for one without states */
export function kindOf(name: string): KindWithWorkflow {
  const kind = WORKFLOWS.get(name);
  if (!kind) throw refused(`“${name}”没有流转状态；有流转状态的是：${[...WORKFLOWS.keys()].join('、')}`);
  return kind;
}

/** A record with its state and what the guards look at. @throws NOT_FOUND, also for one in the bin */
export async function seen(ctx: Context, kind: KindWithWorkflow, read: Reader, id: string): Promise<Seen> {
  const row = (await read.get(kind, id)) as Record<string, unknown> | null;
  if (!row || row.deletedAt) throw notFound(kind.label);
  const { see } = effectsOf(kind.name);
  return see ? await see(ctx, read, id) : { row, state: String(row[kind.workflow.state]), facts: row };
}

/** How one record of several is named: by its number or title, or by the record that it is about. */
export async function nameOf(read: Reader, kind: KindWithWorkflow, row: Seen['row']): Promise<string> {
  const about = typeof kind.home === 'object' ? kind.home.follow[0] : undefined;
  const own = row.no ?? (kind.title ? row[kind.title] : null);
  const [names] = own || !about ? [] : await referenceNames(read, kind, [row]);
  return String(own ?? (about && names?.[about]) ?? kind.label).slice(0, 40);
}

/** So many records in words. */
export const countWords = (kind: KindWithWorkflow, count: number): string => `${count} ${listOf(kind.name).counted}`;

/** A role in words. */
export const roleWords = (role: string): string => labelOf(STAFF_ROLES, role);
