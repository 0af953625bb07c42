// The same change to many rows: looked at first, then made in one action that can be undone in one step.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { filter, listKind } from './lists.ts';
import { base, values, type Done, type Started } from './shared.ts';

/** A field of a row that would change, in words. */
export interface EditedField {
  label: string;
  old: string;
  new: string;
}

/** A row that would change. */
export interface EditedRow {
  id: string;
  title: string;
  fields: EditedField[];
  /** Why the new value is proposed; empty where a person chose it. */
  reason: string;
}

/** Rows that can't be changed so, by the reason. */
export interface RefusedRows {
  sentence: string;
  count: number;
  /** The first of them. */
  titles: string[];
}

/** What a change of many rows would do. */
export interface EditPreview {
  kind: string;
  /** Rows that were asked for: those that change, are so already, have no proposal, are refused. */
  total: number;
  changed: number;
  same: number;
  none: number;
  /** Rows that were not looked at, because no more are changed in one action. */
  left: number;
  refused: RefusedRows[];
  /** The first rows that change. */
  rows: EditedRow[];
  /** What was looked at: given back when it is done, so that nothing else is written. */
  seen: string;
}

/** A change that was made. */
export interface EditDone extends Done {
  changed: number;
  refused: number;
}

/** Most rows that are changed in one action. */
export const MOST_EDITED = 5000;

/** What was looked at in the preview. */
export const seenEdit = z.string().length(64);

const given = {
  kind: listKind,
  filter: filter.default([]),
  values: values.refine((fields) => Object.keys(fields).length > 0, { error: '请先选要改的一项' }),
};

export const edits = {
  /** Result of the job: {@link EditPreview}. */
  preview: base.input(z.object(given)).output(typed<Started>()),
  /** Result of the job: {@link EditDone}. */
  apply: base.input(z.object({ ...given, seen: seenEdit })).output(typed<Started>()),
};
