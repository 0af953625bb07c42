// Records that need no screen of their own: everything follows from the dictionary.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { base, id, page, sort, values, type Done, type FieldProblem, type Page, type Saved } from './shared.ts';

/** Entities that the window may read as plain records, by dictionary name. */
export const RECORD_NAMES = [
  'area', 'areaAlias', 'grid', 'organisation', 'staff', 'serviceProject',
  'contact', 'formerName', 'product', 'keyListEntry', 'statusHistory', 'sectionCheck', 'label', 'enterpriseTag',
  'carRepairBlock', 'cateringBlock', 'laboratoryBlock',
  'eiaProject', 'acceptance', 'permit', 'emergencyPlan', 'hazWasteProfile',
  'training', 'trainingAttendance', 'followUp', 'verification',
] as const;
export type RecordName = (typeof RECORD_NAMES)[number];

/** Of these, the ones with a procedure of their own, which keeps their rules: they are not written as plain records. */
export const READ_ONLY_RECORDS = ['serviceProject', 'sectionCheck', 'followUp', 'verification'] as const satisfies readonly RecordName[];
export type WritableRecord = Exclude<RecordName, (typeof READ_ONLY_RECORDS)[number]>;

const entity = z.enum(RECORD_NAMES);
const writable = entity.exclude(READ_ONLY_RECORDS);

/** A row with the names of what it refers to, by field. */
export interface RecordRow { id: string; values: Record<string, string | number | boolean | null>; names: Record<string, string>; deletedAt: string | null; updatedAt: string }

/** One choice of a reference picker. */
export interface ReferenceOption { id: string; name: string; detail: string }

export const records = {
  list: base.input(z.object({
    entity, parentId: id.nullable().default(null), text: z.string().max(100).default(''), withDeleted: z.boolean().default(false), sort, page: page.prefault({}),
  })).output(typed<Page<RecordRow>>()),
  get: base.input(z.object({ entity, id })).output(typed<RecordRow>()),
  create: base.input(z.object({ entity: writable, values })).output(typed<Saved>()),
  update: base.input(z.object({ entity: writable, id, values })).output(typed<Saved>()),
  remove: base.input(z.object({ entity: writable, id })).output(typed<Done>()),
  restore: base.input(z.object({ entity: writable, id })).output(typed<Done>()),
  /** What would be said of these values, without writing. */
  check: base.input(z.object({ entity: writable, values })).output(typed<FieldProblem[]>()),
  /** Rows of an entity for a picker: areas (optionally of one level), staff, grids, organisations, rounds, enterprises. */
  options: base.input(z.object({
    target: z.enum(['area', 'staff', 'grid', 'organisation', 'serviceProject', 'round', 'enterprise', 'checklist']),
    text: z.string().max(60).default(''), level: z.string().max(20).nullable().default(null), parentId: id.nullable().default(null), limit: z.int().min(1).max(500).default(50),
  })).output(typed<ReferenceOption[]>()),
};
