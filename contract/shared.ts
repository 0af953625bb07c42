// What all capabilities share: the base procedure with its declared errors, pages, ids.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { isDay } from '../domain/values/day.ts';

/** A row id. */
export const id = z.uuid();

/** A day that the calendar has, `YYYY-MM-DD`. */
export const calendarDay = z
  .string()
  .refine(isDay, { error: (issue) => `“${String(issue.input).slice(0, 20)}”不是日历上的一天。请写成 2026-06-30 这样` });

/** For `refine` of whatever has a period, with what is said else. */
export const periodInOrder = (given: { from: string; to: string }): boolean => given.from <= given.to;
export const PERIOD_DISORDER = '期间的第一天晚于最后一天。请改开始日期或结束日期';

/** The sentence of an input that the contract refused, where it has one of ours; else null. `issues` as zod gives them. */
export function issueSentence(issues: unknown): string | null {
  const messages = Array.isArray(issues) ? issues.map((issue) => (issue as { message?: unknown } | null)?.message) : [];
  return messages.find((m): m is string => typeof m === 'string' && /\p{Script=Han}/u.test(m)) ?? null;
}

/** Protects a file: at least 8 characters, since whoever has the file may try for ever. */
export const passphrase = z.string().min(8).max(200);

/** A value of a field as it travels. */
export const fieldValue = z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]);
export type FieldValue = z.infer<typeof fieldValue>;

/** Field values by camelCase name. */
export const values = z.record(z.string().max(60), fieldValue);
export type Values = z.infer<typeof values>;
/** Values as they were shown before they were changed: a field that holds another one by now is not gone over. */
export const seen = values.optional();
/** The members of a set as they were shown: what another window added or took out meanwhile stays so. */
export const seenMembers = z.array(z.string().max(60)).max(5000).optional();

/** Part of a list: `offset` rows left out, at most `limit` given. */
export const page = z.object({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) });

/** Order of a list by one column. */
export const sort = z
  .object({ field: z.string().max(40), descending: z.boolean().default(false) })
  .nullable()
  .default(null);

/** A page of rows and how many there are. */
export interface Page<Row> {
  rows: Row[];
  total: number;
}

/** What is wrong with one field, in the user's words. */
export interface FieldProblem {
  code: string;
  field: string;
  severity: 'error' | 'warn';
  sentence: string;
  /** The record that it is about, to be opened; with the number that a further site of it would have. */
  other?: { id: string; name: string; siteNo: string | null };
  /** A code that breaks the check rule alone: what it should end in, or a person says that its paper has it so. */
  confirmable?: { code: string; expected: string };
  /** What the field holds now, where that is another value than the one that was shown. */
  now?: FieldValue;
}

const sentence = z.object({ sentence: z.string() });

/** Every procedure may fail in these ways; `sentence` says in Chinese what is wrong and what to do. */
export const base = oc.errors({
  NO_WORKSPACE: { status: 409, data: sentence },
  NOT_FOUND: { status: 404, data: sentence },
  INVALID: { status: 422, data: sentence.extend({ problems: z.array(z.custom<FieldProblem>()) }) },
  REFUSED: { status: 409, data: sentence.extend({ missing: z.array(sentence.extend({ code: z.string() })) }) },
  UNDO_BLOCKED: { status: 409, data: sentence },
  WORKSPACE: { status: 409, data: sentence.extend({ code: z.string() }) },
  UNREADABLE_FILE: { status: 422, data: sentence.extend({ code: z.string() }) },
});

/** A write that can be undone as a whole. */
export interface Done {
  actionId: string;
}

/** A row that was written. */
export interface Saved extends Done {
  id: string;
  problems: FieldProblem[];
}

/** Long work that was started; watch it with `jobs.watch`. */
export interface Started {
  jobId: string;
}

/** An uploaded file waits on the server under this id until it is used. */
export const uploadId = z.string().regex(/^[0-9a-f]{64}$/);

/** Largest file that may be uploaded, in bytes, and what is said of one that is larger. */
export const UPLOAD_LIMIT = 512 * 1024 * 1024;
export const UPLOAD_TOO_BIG = '文件超过 512 MB，没有上传。请压缩或拆分后再上传';

/** Largest call in bytes: a list of every enterprise of a large town is below a tenth of it. */
export const CALL_LIMIT = 32 * 1024 * 1024;
/** What is said of one that is larger. */
export const CALL_TOO_BIG = '一次交来的内容超过 32 MB，没有写入。请减少内容，或分几次办理';

/** A file that can be downloaded from `url`. */
export interface FileLink {
  url: string;
  fileName: string;
  size: number;
}
