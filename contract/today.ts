// Today: what has to be done, each row with the rule that put it there.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { BackupNotice } from '../domain/backup/index.ts';
import { base } from './shared.ts';

export interface TodayRow {
  entity: 'finding' | 'visit' | 'roundTarget' | 'permit' | 'emergencyPlan' | 'hazWasteProfile' | 'enterprise' | 'training'; id: string; enterpriseId: string | null; enterpriseName: string;
  lead: string; status: string | null; text: string; who: string | null; rule: string; tail: string; tone: 'red' | 'amber' | 'blue' | 'green' | 'violet' | 'plain'; day: string | null;
}

export interface TodayGroup { id: string; title: string; rule: string; count: number; rows: TodayRow[]; rest: { label: string; count: number }[] }

export interface TodayPage {
  today: string; groups: TodayGroup[]; done: { title: string; note: string }[]; total: number; mine: number;
  week: { day: string; planned: number; done: number; today: boolean }[]; followUps: { due: number; done: number; late: number };
  next: { day: string; count: number } | null;
  /** State of the backups, the most urgent line first. */
  backup: BackupNotice[];
}

export const today = {
  get: base.input(z.object({ mine: z.boolean().default(false) }).prefault({})).output(typed<TodayPage>()),
};
