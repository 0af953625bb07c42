// The recurring duties of an enterprise over a year, and its measurements against its plans.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { base, id } from './shared.ts';

/** A duty of an enterprise, with what decides it. */
export interface DutyOfYear {
  ruleId: string;
  code: string;
  name: string;
  group: string;
  rule: string;
  proof: string | null;
  responsible: string | null;
  ifMissed: string | null;
  basis: string | null;
  origin: string | null;
  /** `unknown`: the file does not say whether it applies; `because` names what it does not say. */
  applies: 'yes' | 'unknown';
  because: string[];
  /** The next occurrence that nobody did. */
  dueDate: string | null;
  opensDate: string | null;
  lastDate: string | null;
  subject: string | null;
  standing: string | null;
  /** Its days are working days of a year whose holidays are not published. */
  unpublished: boolean;
}

/** One occurrence in the calendar. */
export interface DutyDay {
  ruleId: string;
  name: string;
  day: string;
  subject: string | null;
  standing: string;
}

export interface DutyYear {
  year: number;
  today: string;
  permitClass: string | null;
  duties: DutyOfYear[];
  days: DutyDay[];
}

/** A plan with how its periods stand. */
export interface PlanCompliance {
  planId: string;
  outletId: string | null;
  /** Code of the outlet, or the point. */
  outlet: string | null;
  pollutant: string;
  frequency: string;
  due: number;
  done: number;
  exceeds: number;
  missing: number;
  periods: { from: string; to: string; standing: string }[];
}

export interface MonitoringYear {
  year: number;
  plans: PlanCompliance[];
  /** Done of due periods up to today, as a percentage; null where none is due. */
  rate: string | null;
}

const ofYear = z.object({ enterpriseId: id, year: z.int().min(1990).max(2100) });

export const duties = {
  year: base.input(ofYear).output(typed<DutyYear>()),
  monitoring: base.input(ofYear).output(typed<MonitoringYear>()),
};
