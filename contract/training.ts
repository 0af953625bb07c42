// Trainings: the record itself goes through `records`; here is what goes beyond it.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { AttachmentRow } from './attachments.ts';
import { filter } from './lists.ts';
import { base, id, page, seenMembers, uploadId, type Done, type FileLink, type Page } from './shared.ts';

/** Coverage with its denominator said in words (domain reference 4.6). */
export interface TrainingCoverage {
  numerator: number;
  denominator: number;
  printed: string;
  basis: 'audience' | 'invited' | 'all';
  basisLabel: string;
  missing: number;
}

export interface TrainingPage {
  id: string;
  values: Record<string, string | number | boolean | null>;
  names: Record<string, string>;
  deletedAt: string | null;
  audience: string[];
  coverage: TrainingCoverage;
  invited: number;
  persons: number;
  materials: AttachmentRow[];
}

export interface TrainingEnterpriseRow {
  id: string;
  name: string;
  villageName: string | null;
  objectKind: string;
  invited: boolean;
  persons: string;
  attended: boolean;
}

export const training = {
  get: base.input(z.object({ id })).output(typed<TrainingPage>()),
  setAudience: base
    .input(z.object({ id, audience: z.array(z.string().max(30)).max(20), seen: seenMembers }))
    .output(typed<Done>()),
  invite: base
    .input(
      z.object({
        id,
        enterpriseIds: z.array(id).max(5000).default([]),
        filter: filter.nullable().default(null),
      }),
    )
    .output(typed<Done & { invited: number }>()),
  uninvite: base.input(z.object({ id, enterpriseIds: z.array(id).min(1).max(5000) })).output(typed<Done>()),
  enterprises: base
    .input(
      z.object({
        id,
        show: z.enum(['invited', 'attended', 'absent', 'audience']).default('invited'),
        text: z.string().max(60).default(''),
        page: page.prefault({}),
      }),
    )
    .output(typed<Page<TrainingEnterpriseRow>>()),
  /** A sign-in list (单位, 姓名, 职务, 电话) read into attendance rows; names that are not found come back. */
  importSignIn: base
    .input(z.object({ id, uploadId, name: z.string().max(260) }))
    .output(typed<Done & { added: number; unknown: string[] }>()),
  /** Sign-in sheet in Word. */
  signInSheet: base.input(z.object({ id })).output(typed<FileLink>()),
  /** Summary in Word, once it has been held. */
  summaryFile: base.input(z.object({ id })).output(typed<FileLink>()),
};
