// Today: what has to be done, each row with the rule that put it there.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { Filter } from '../domain/dictionary/filter.ts';
import type { TodayTone } from '../domain/dictionary/today.ts';
import type { BackupNotice } from '../domain/backup/index.ts';
import { base } from './shared.ts';

export interface TodayRow {
  /** Rule that puts it here. */
  ruleId: string;
  /** Name of its kind. */
  entity: string;
  id: string;
  enterpriseId: string | null;
  enterpriseName: string;
  lead: string;
  status: string | null;
  text: string;
  who: string | null;
  rule: string;
  tail: string;
  tone: TodayTone;
  day: string | null;
  /** Where the enterprise is; on the list that is printed alone. */
  address?: string | null;
  /** Record whose page it opens. */
  opens: { kind: string; id: string };
  /** Address that it opens instead, where its kind has no page. */
  at: string | null;
}

export interface TodayGroup {
  id: string;
  title: string;
  rule: string;
  glyph: string;
  tone: TodayTone;
  count: number;
  rows: TodayRow[];
  rest: { label: string; count: number }[];
  /** The lists behind it, one for each of its rules that has rows. */
  lists: { title: string; kind: string; filter: Filter; count: number }[];
}

/** A row that somebody does not want to see before a day. */
export interface TodayPutOff {
  /** Of the record that says so. */
  id: string;
  /** What the row is about. */
  title: string;
  until: string;
  reason: string;
  by: string | null;
  row: TodayRow;
}

export interface TodayPage {
  today: string;
  groups: TodayGroup[];
  putOff: TodayPutOff[];
  done: { title: string; note: string }[];
  total: number;
  mine: number;
  /** What is there to begin with; null once there is an enterprise. */
  begin: { project: boolean } | null;
  /** Monday to Sunday. */
  week: { day: string; planned: number; done: number; today: boolean }[];
  followUps: { due: number; done: number; late: number };
  next: { day: string; count: number } | null;
  /** State of the backups, the most urgent line first. */
  backup: BackupNotice[];
}

export const today = {
  /** `paper`: every row, with the address, as one takes it along. */
  get: base
    .input(z.object({ mine: z.boolean().default(false), paper: z.boolean().default(false) }).prefault({}))
    .output(typed<TodayPage>()),
};
