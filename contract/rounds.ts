// Inspection rounds and the board of who visits what.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { SCOPE_RULES } from '../domain/rounds/entities.ts';
import { filter } from './lists.ts';
import { base, calendarDay, id, page, type Done, type Page, type Saved } from './shared.ts';

export interface RoundRow {
  id: string;
  no: number;
  name: string;
  startDate: string;
  endDate: string;
  state: string;
  scopeRule: string;
  baseRoundId: string | null;
  baseRoundName: string | null;
  targets: number;
  visited: number;
  pending: number;
  refused: number;
  closedDoor: number;
  skipped: number;
  outOfDenominator: number;
  /** Printed coverage, e.g. `97.5%`, over targets less those out of the denominator. */
  coverage: string;
  coverageNumerator: number;
  coverageDenominator: number;
  findings: number;
  openFindings: number;
}

export interface TargetRow {
  id: string;
  enterpriseId: string;
  enterpriseName: string;
  villageName: string | null;
  objectKind: string;
  address: string | null;
  status: string;
  skipReason: string | null;
  skipNote: string | null;
  /** Its enterprise closed or moved away while the round ran. */
  left: boolean;
  attempts: number;
  staffId: string | null;
  staffName: string | null;
  plannedDate: string | null;
  visitId: string | null;
  visitDate: string | null;
  visitState: string | null;
  openFindings: number;
  baseFindings: number;
  findings: number;
  overallRisk: string | null;
}

export interface RoundBoard {
  round: RoundRow;
  byVillage: { id: string | null; name: string; targets: number; visited: number; out: number; coverage: string }[];
  byStaff: { id: string | null; name: string; targets: number; visited: number }[];
  /** How many are out of the denominator, by reason: 3 家关停、1 家搬离. */
  left: string;
  skips: { reason: string; count: number; inDenominator: boolean }[];
  finishProblems: string[];
}

const scope = z.object({
  scopeRule: z.enum(SCOPE_RULES.ids),
  baseRoundId: id.nullable().default(null),
  startDate: calendarDay,
  /** Enterprises within which the rule takes; with the rule `custom` those themselves. */
  filter: filter.nullable().default(null),
  enterpriseIds: z.array(id).max(20_000).default([]),
});

export const rounds = {
  board: base.input(z.object({ id })).output(typed<RoundBoard>()),
  /** Which enterprises a scope would take; counts only and the first names. */
  previewScope: base.input(scope).output(
    typed<{
      count: number;
      sample: { id: string; name: string; why: string }[];
      excluded: { reason: string; count: number }[];
    }>(),
  ),
  create: base
    .input(
      scope.extend({
        no: z.int().min(1).nullable().default(null),
        name: z.string().min(1).max(60),
        endDate: calendarDay,
      }),
    )
    .output(typed<Saved & { targets: number }>()),
  /** Its name and days; who is in it is said by its targets. */
  update: base
    .input(
      z.object({
        id,
        name: z.string().min(1).max(60).optional(),
        startDate: calendarDay.optional(),
        endDate: calendarDay.optional(),
      }),
    )
    .output(typed<Done>()),
  targets: base
    .input(
      z.object({
        roundId: id,
        status: z.string().max(20).nullable().default(null),
        villageId: id.nullable().default(null),
        staffId: id.nullable().default(null),
        text: z.string().max(60).default(''),
        page: page.prefault({}),
      }),
    )
    .output(typed<Page<TargetRow>>()),
  addTargets: base
    .input(z.object({ roundId: id, enterpriseIds: z.array(id).min(1).max(5000) }))
    .output(typed<Done & { added: number }>()),
  assign: base
    .input(
      z.object({
        targetIds: z.array(id).min(1).max(5000),
        staffId: id.nullable().optional(),
        plannedDate: calendarDay.nullable().optional(),
      }),
    )
    .output(typed<Done>()),
  remove: base.input(z.object({ id })).output(typed<Done>()),
};
