// The enterprise file: list, page, timeline.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { DuplicateReason } from '../domain/handoff/duplicates.ts';
import { base, id, page, sort, values, type Done, type FieldProblem, type FileLink, type Page, type Saved } from './shared.ts';

/** Conditions of the enterprise list; all given ones must hold. */
export const enterpriseFilter = z.object({
  text: z.string().max(100).default(''),
  ids: z.array(id).max(5000).optional(),
  villageIds: z.array(id).max(200).optional(),
  townIds: z.array(id).max(200).optional(),
  parkIds: z.array(id).max(200).optional(),
  objectKinds: z.array(z.string().max(30)).max(30).optional(),
  operatingStatuses: z.array(z.string().max(30)).max(20).optional(),
  permitClasses: z.array(z.string().max(30)).max(20).optional(),
  overallRisks: z.array(z.string().max(30)).max(20).optional(),
  responsibleStaffIds: z.array(id).max(200).optional(),
  tags: z.array(z.string().max(30)).max(50).optional(),
  inScope: z.boolean().optional(),
  withOpenFindings: z.boolean().optional(),
  notVisitedInRoundId: id.optional(),
  permitExpiringDays: z.int().min(0).max(3650).optional(),
  suspectedDuplicate: z.boolean().optional(),
  unassigned: z.boolean().optional(),
  withoutVillage: z.boolean().optional(),
  staleDays: z.int().min(1).max(5000).optional(),
  deleted: z.boolean().default(false),
});
export type EnterpriseFilter = z.input<typeof enterpriseFilter>;

/** A row of the enterprise list. */
export interface EnterpriseListRow {
  id: string; name: string; shortName: string | null; signName: string | null; creditCode: string | null; creditCodeQuarantine: string | null;
  creditCodeMissingReason: string | null; objectKind: string; industryCode: string | null; industryName: string | null;
  operatingStatus: string; overallRisk: string | null; permitClass: string | null; permitValidTo: string | null;
  completeness: number | null; openFindings: number; overdueFindings: number; lastVisitDate: string | null; lastVisitOutcome: string | null;
  townName: string | null; villageName: string | null; parkName: string | null; address: string | null;
  responsibleName: string | null; contactName: string | null; contactPhone: string | null; suspectedDuplicate: boolean; siteNo: string; internalCode: string; deletedAt: string | null;
}

/** The four answers of the page head, with what stands under them. */
export interface EnterpriseHead {
  operatingStatus: string; statusDate: string | null; statusBasis: string | null; statusBefore: string | null;
  overallRisk: string | null; mediaRisks: { medium: string; value: string }[]; visitsThisYear: number; minimumVisits: number | null;
  papers: { missing: string[]; expiring: { what: string; day: string; daysLeft: number }[]; counts: { eia: number; acceptance: number; permit: number; plan: number } };
  findings: { open: number; overdue: number; byStatus: { status: string; count: number }[]; foundThisYear: number; closedThisYear: number; rateThisYear: string };
}

/** A section of the completeness bar. */
export interface MissingField { section: string; sectionLabel: string; entity: string; field: string; label: string }

/** One entry of the timeline, newest first. */
export interface TimelineEntry {
  at: string; day: string; kind: string; glyph: string; title: string; detail: string; who: string | null;
  entity: string; rowId: string;
}

/** Everything of the enterprise page except the long lists. */
export interface EnterprisePage {
  id: string; values: Record<string, string | number | boolean | null>; names: Record<string, string>; deletedAt: string | null;
  problems: FieldProblem[]; head: EnterpriseHead;
  completeness: { percent: number; filled: number; required: number; missing: MissingField[] };
  verified: { section: string; date: string; source: string | null }[];
  primaryContact: { name: string; post: string; phone: string | null } | null;
  formerNames: { name: string; until: string | null }[];
  /** Other live enterprises that this one may be. */
  duplicates: { id: string; name: string; internalCode: string; creditCode: string | null; address: string | null; reason: DuplicateReason }[];
  counts: Record<string, number>;
  block: string | null;
  sites: { id: string; siteNo: string; address: string | null }[];
}

export const enterprises = {
  list: base.input(z.object({ filter: enterpriseFilter.prefault({}), sort, page: page.prefault({}) }))
    .output(typed<Page<EnterpriseListRow> & { all: number }>()),
  /** Ids of all rows that match, for "select all n" and previous/next. */
  ids: base.input(z.object({ filter: enterpriseFilter.prefault({}), sort })).output(typed<string[]>()),
  get: base.input(z.object({ id })).output(typed<EnterprisePage>()),
  check: base.input(z.object({ id: id.nullable(), values })).output(typed<FieldProblem[]>()),
  create: base.input(z.object({ values })).output(typed<Saved>()),
  update: base.input(z.object({ id, values })).output(typed<Saved>()),
  /** What the list offers for many; all or none, one action, one log entry per row. */
  updateMany: base.input(z.object({ ids: z.array(id).min(1).max(5000), values: z.union([z.strictObject({ responsibleStaffId: id }), z.strictObject({ villageId: id })]) })).output(typed<Done & { changed: number }>()),
  /** Into the bin; refused where visits, findings or trainings hang on one. */
  remove: base.input(z.object({ ids: z.array(id).min(1).max(5000) })).output(typed<Done>()),
  restore: base.input(z.object({ ids: z.array(id).min(1).max(5000) })).output(typed<Done>()),
  timeline: base.input(z.object({ id, page: page.prefault({}) })).output(typed<Page<TimelineEntry>>()),
  verifySection: base.input(z.object({ id, section: z.string().max(30), source: z.string().max(100).default('') })).output(typed<Done>()),
  /** 一企一档 in Word; persons and phones masked unless asked for. */
  dossier: base.input(z.object({ id, contacts: z.enum(['masked', 'shown']).default('masked') })).output(typed<FileLink>()),
  /** The list as Excel. */
  exportList: base.input(z.object({ filter: enterpriseFilter.prefault({}), sort, columns: z.array(z.string()).max(60) })).output(typed<FileLink>()),
};
