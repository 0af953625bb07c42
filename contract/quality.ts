// Data quality: what deserves a second look, and what is proposed for it.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { Filter } from '../domain/dictionary/filter.ts';
import { qualityCheck } from '../domain/quality.ts';
import { MOST_EDITED, seenEdit } from './edits.ts';
import { base, id, page, type Page, type Started } from './shared.ts';

/** A check with the number of rows that it finds. */
export interface QualityCount {
  id: string;
  kind: string;
  count: number;
}

/** A proposal in words. */
export interface ProposalTold {
  fields: { label: string; old: string; new: string }[];
  reason: string;
}

/** A row that a check found. */
export interface QualityFound {
  id: string;
  title: string;
  /** The enterprise that it belongs to; null for an enterprise itself, and what belongs to none. */
  enterpriseId: string | null;
  enterprise: string;
  says: string;
  shown: { label: string; text: string }[];
  proposal: ProposalTold | null;
  /** Enterprises that it may be. */
  twins: { id: string; name: string; reason: string }[];
}

/** Rows of a check, and the filter by which the list of their kind shows them. */
export interface QualityRows extends Page<QualityFound> {
  filter: Filter;
}

const check = z
  .string()
  .max(120)
  .refine((name) => qualityCheck(name) !== null, { error: '没有这一项检查。全部检查列在“数据质量”里' });
const ids = z.array(id).min(1).max(MOST_EDITED).nullable().default(null);

export const quality = {
  /** Every check with its count. */
  counts: base.input(z.object({}).prefault({})).output(typed<QualityCount[]>()),
  rows: base.input(z.object({ check, page: page.prefault({}) })).output(typed<QualityRows>()),
  /** What taking the proposals of a check would do, of these rows or of all. Result of the job: `EditPreview`. */
  preview: base.input(z.object({ check, ids })).output(typed<Started>()),
  /** Takes them, in one action. Result of the job: `EditDone`. */
  take: base.input(z.object({ check, ids, seen: seenEdit })).output(typed<Started>()),
};
