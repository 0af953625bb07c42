// Lists of every kind of record: rows of a filter, their ids, a sheet, saved views.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { Condition, Filter } from '../domain/dictionary/filter.ts';
import { LIST_KINDS } from '../domain/lists.ts';
import { base, id, page, type Done, type FileLink, type Page } from './shared.ts';

const path = z.string().min(1).max(120);
const scalar = z.union([z.string().max(2000), z.number(), z.boolean()]);
const operand = z.union([scalar, z.strictObject({ today: z.int() }), z.strictObject({ field: path })]);
const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({
      field: path,
      op: z.enum([
        'eq',
        'ne',
        'in',
        'notIn',
        'contains',
        'startsWith',
        'lt',
        'le',
        'gt',
        'ge',
        'between',
        'empty',
        'filled',
      ]),
      value: z.union([operand, z.array(operand).max(100_000)]).optional(),
    }),
    z.strictObject({ is: path, value: operand.optional(), not: z.literal(true).optional() }),
    z.strictObject({ has: path, where: z.array(condition).max(50).optional(), not: z.literal(true).optional() }),
    z.strictObject({ any: z.array(z.array(condition).max(50)).max(50) }),
    z.strictObject({ text: z.string().max(100) }),
  ]),
) as z.ZodType<Condition>;

/** A filter as it travels; whether it fits its kind is checked where it is used, with a sentence. */
export const filter: z.ZodType<Filter> = z.array(condition).max(100);

/** A kind of record by its name in the dictionary. */
export const listKind = z
  .string()
  .max(60)
  .refine((name) => LIST_KINDS.includes(name), { error: '没有这一种记录' });

/** Order of the rows by a column of the list, or by any path. */
const sort = z
  .object({ field: path, descending: z.boolean().default(false) })
  .nullable()
  .default(null);

/** A row of a list: values by column key (a reference gives the id), names of references by column key. */
export interface ListRow {
  id: string;
  deletedAt: string | null;
  values: Record<string, string | number | boolean | null>;
  names: Record<string, string>;
}

/** A page of a list. `all`: how many rows there are without any condition. */
export type ListPage = Page<ListRow> & { all: number };

/** A view that somebody saved. */
export interface SavedView {
  id: string;
  kind: string;
  name: string;
  filter: Filter;
  sort: { field: string; descending: boolean } | null;
  columns: string[] | null;
}

const columns = z.array(path).max(120).nullable().default(null);
const chosen = { kind: listKind, filter: filter.default([]), sort };

export const lists = {
  /** Rows in order. `columns`: keys of the list's columns or any path; null for those that are shown at first. */
  list: base.input(z.object({ ...chosen, columns, page: page.prefault({}) })).output(typed<ListPage>()),
  /** Ids of all rows that match, in order: for "select all" and for the next row. */
  ids: base.input(z.object(chosen)).output(typed<string[]>()),
  /** The list as Excel. `columns` null: those of the list's own sheet. `personal`: whether telephone numbers are masked. */
  export: base
    .input(z.object({ ...chosen, columns, personal: z.enum(['shown', 'masked']).default('shown') }))
    .output(typed<FileLink>()),
  /** Names of the rows that a filter mentions, by id, for its chips. */
  names: base.input(z.object({ kind: listKind, filter })).output(typed<Record<string, string>>()),
  /** Views that somebody saved, in the order in which they were made. */
  views: base.input(z.object({ kind: listKind })).output(typed<SavedView[]>()),
  /** Saves a view; with the id of one that is there, in its place. */
  saveView: base
    .input(
      z.object({
        ...chosen,
        id: id.nullable().default(null),
        name: z.string().trim().min(1).max(20),
        columns,
      }),
    )
    .output(typed<Done & { id: string }>()),
  removeView: base.input(z.object({ id })).output(typed<Done>()),
};
