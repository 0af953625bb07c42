// Records that need no screen of their own: everything follows from the dictionary.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { EntityDefinition } from '../domain/dictionary/entity.ts';
import { metaOf } from '../domain/dictionary/field.ts';
import { ENTITIES, entityNamed, type KindName, type KindWith } from '../domain/entities.ts';
import {
  base,
  id,
  page,
  seen,
  seenMembers,
  sort,
  values,
  type Done,
  type FieldProblem,
  type Page,
  type Saved,
} from './shared.ts';

/** Any kind may be read as plain records. */
export type RecordName = KindName;
/** Kinds that the dictionary alone can write. The others have procedures of their own, which keep their rules. */
export type WritableRecord = KindWith<{ write: 'plain' }>;

/** Whether rows of a kind are written as plain records. */
export const isWritable = (kind: string): kind is WritableRecord => entityNamed(kind).facets.write === 'plain';

const named = <Name extends string>(keep: (entity: EntityDefinition) => boolean) =>
  z.enum(ENTITIES.filter(keep).map((entity) => entity.name) as [Name, ...Name[]]);
const entity = named<RecordName>(() => true);
const writable = named<WritableRecord>((e) => e.facets.write === 'plain');

/** Whether the rows of a set are written by the dictionary alone: it says so, or its record is a plain one. */
export const isPlainSet = (kind: string): boolean => {
  const { shape, parent, fields } = entityNamed(kind);
  const owner = parent && fields[parent] ? metaOf(fields[parent]).target : undefined;
  return shape === 'set' && owner !== undefined && (isWritable(kind) || isWritable(owner));
};
const plainSet = named<RecordName>((e) => isPlainSet(e.name));

/** A row with the names of what it refers to, by field. */
export interface RecordRow {
  id: string;
  values: Record<string, string | number | boolean | null>;
  names: Record<string, string>;
  /** How many papers and photos it carries. */
  files?: number;
  deletedAt: string | null;
  updatedAt: string;
}

/** One choice of a reference picker. */
export interface ReferenceOption {
  id: string;
  name: string;
  detail: string;
}

/** The visit at which it was seen: the history names it as the source. */
const visitId = id.optional();

const members = z.array(z.string().min(1).max(60)).max(5000);

export const records = {
  list: base
    .input(
      z.object({
        entity,
        parentId: id.nullable().default(null),
        /** Only rows that refer to this one by a field. */
        of: z.strictObject({ field: z.string().max(60), id }).optional(),
        text: z.string().max(100).default(''),
        withDeleted: z.boolean().default(false),
        sort,
        page: page.prefault({}),
      }),
    )
    .output(typed<Page<RecordRow>>()),
  get: base.input(z.object({ entity, id })).output(typed<RecordRow>()),
  create: base.input(z.object({ entity: writable, values, visitId })).output(typed<Saved>()),
  update: base.input(z.object({ entity: writable, id, values, seen, visitId })).output(typed<Saved>()),
  remove: base.input(z.object({ entity: writable, id })).output(typed<Done>()),
  restore: base.input(z.object({ entity: writable, id })).output(typed<Done>()),
  /** Several rows in one action. */
  removeMany: base.input(z.object({ entity: writable, ids: z.array(id).min(1).max(5000) })).output(typed<Done>()),
  restoreMany: base.input(z.object({ entity: writable, ids: z.array(id).min(1).max(5000) })).output(typed<Done>()),
  /** The rows of a set as members: which other rows, or which words of a vocabulary, a record has. */
  setMembers: base.input(z.object({ set: plainSet, parentId: id, members, seen: seenMembers })).output(typed<Done>()),
  /** What would be said of these values, without writing. */
  check: base.input(z.object({ entity: writable, values })).output(typed<FieldProblem[]>()),
  /** Rows of a kind that has a title, for a picker; areas optionally of one level. */
  options: base
    .input(
      z.object({
        target: named<RecordName>((e) => e.title !== null),
        text: z.string().max(60).default(''),
        level: z.string().max(20).nullable().default(null),
        parentId: id.nullable().default(null),
        limit: z.int().min(1).max(500).default(50),
      }),
    )
    .output(typed<ReferenceOption[]>()),
};
