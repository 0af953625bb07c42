// Laws and checklists.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { base, calendarDay, id, page, type Page } from './shared.ts';

/** An article as it is cited. */
export interface LawCitation {
  id: string;
  code: string;
  lawTitle: string;
  shortTitle: string;
  label: string;
  kind: string | null;
  summary: string | null;
  documentNumber: string | null;
  /** False: shown with 待核 and printed by the law's title alone. */
  verified: boolean;
  /** Why citing it on the given day deserves a second look, or null. */
  warning: string | null;
  /** The articles that stand in its place since it was repealed. */
  replacedBy: LawCitation[];
}

export interface LawRow {
  id: string;
  code: string;
  title: string;
  documentNumber: string | null;
  lawLevel: string | null;
  effectiveDate: string | null;
  repealedDate: string | null;
  status: string | null;
  articles: number;
  isUnchecked: boolean;
}

export interface ChecklistRow {
  id: string;
  code: string;
  name: string;
  description: string | null;
  version: string;
  items: number;
  aspects: number;
}

/** An industry found by its code, its name or what people call it; or a sub-industry (`code`) with what catalogues make of it. */
export interface IndustryHit {
  code: string;
  name: string;
  spoken: string | null;
}

export const knowledge = {
  industries: base
    .input(z.object({ text: z.string().max(60), limit: z.int().min(1).max(50).default(20) }))
    .output(typed<IndustryHit[]>()),
  subIndustries: base
    .input(z.object({ text: z.string().max(60), limit: z.int().min(1).max(50).default(20) }))
    .output(typed<IndustryHit[]>()),
  laws: base
    .input(z.object({ text: z.string().max(60).default(''), page: page.prefault({}) }))
    .output(typed<Page<LawRow>>()),
  articles: base
    .input(
      z.object({
        lawId: id.nullable().default(null),
        text: z.string().max(60).default(''),
        onDay: calendarDay.nullable().default(null),
        page: page.prefault({}),
      }),
    )
    .output(typed<Page<LawCitation>>()),
  checklists: base.output(typed<ChecklistRow[]>()),
  checklist: base.input(z.object({ id })).output(
    typed<{
      checklist: ChecklistRow;
      /** How its score is told, in words. */
      scoring: string[];
      aspects: {
        id: string;
        name: string;
        items: {
          id: string;
          code: string;
          text: string;
          howToCheck: string | null;
          condition: string | null;
          category: string;
          handlingClass: string;
          weight: number;
          villageMayVerify: boolean;
          laws: LawCitation[];
        }[];
      }[];
    }>(),
  ),
  /** Phrases for a finding: wordings of the checklists and of earlier findings. */
  phrases: base
    .input(z.object({ text: z.string().max(60).default(''), category: z.string().max(30).nullable().default(null) }))
    .output(
      typed<
        {
          text: string;
          measure: string | null;
          category: string;
          handlingClass: string;
          itemId: string | null;
          source: string;
        }[]
      >(),
    ),
};
