// History of rows and actions, and undo.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { base, id, type Done } from './shared.ts';

export interface ChangeRow {
  seq: number;
  entity: string;
  entityLabel: string;
  rowId: string;
  rowTitle: string;
  kind: 'create' | 'update' | 'delete' | 'restore';
  at: string;
  actor: string | null;
  /** The office that sealed it in place of the device of its author, whose key is lost. */ adoptedBy: string | null;
  source: string;
  /** The other office that wrote it; null for what was written here. */ office: string | null;
  /** The visit at which it was seen. */ visitId: string | null;
  actionId: string | null;
  actionName: string | null;
  fields: { field: string; label: string; before: string | null; after: string | null }[];
}

export interface ActionRow {
  id: string;
  name: string;
  /** The enterprise whose file it wrote, where it is one. */ about: { id: string; name: string } | null;
  actor: string;
  at: string;
  ops: number;
  undone: boolean;
  /** It was taken back, and that was taken back too. */ restored: boolean;
  /** It took another back: what takes it back restores. */ isUndo: boolean;
  /** Everything else stands on it: it cannot be undone. */ fixed: boolean;
}

export const history = {
  /** Changes of a row and of everything that hangs on it, newest first. */
  of: base
    .input(
      z.object({
        id,
        withChildren: z.boolean().default(true),
        /** Only changes of these kinds. */
        entities: z.array(z.string().max(60)).max(200).optional(),
        limit: z.int().min(1).max(1000).default(200),
      }),
    )
    .output(typed<ChangeRow[]>()),
  actions: base
    .input(z.object({ limit: z.int().min(1).max(200).default(50) }).prefault({}))
    .output(typed<ActionRow[]>()),
  undo: base
    .input(z.object({ actionId: z.uuid() }))
    .output(typed<Done & { name: string; rows: number; /** An undo was taken back. */ restored: boolean }>()),
};
