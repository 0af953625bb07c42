// Photos and documents of a record. Bytes go up by POST files/upload and come down from media/.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { ATTACHMENT_KINDS } from '../domain/attachments/entities.ts';
import { ENTITIES, type KindName, type KindWith } from '../domain/entities.ts';
import { base, calendarDay, id, uploadId, type Done, type Saved } from './shared.ts';

export interface AttachmentRow {
  id: string;
  kind: string;
  seq: number;
  name: string;
  title: string | null;
  caption: string | null;
  /** The day that the paper itself bears. */
  documentDate: string | null;
  mime: string;
  size: number;
  width: number | null;
  height: number | null;
  takenAt: string | null;
  createdAt: string;
  createdBy: string | null;
  originalId: string | null;
  /** `media/<id>`, from where the window is; add `?size=thumb` for a small picture. */
  url: string;
  isImage: boolean;
  isHere: boolean;
  /** The original is not here, but the small picture that a package brought in its place is. */
  onlyThumbnail: boolean;
}

/** A paper of another site of the same legal person: kept there alone, seen here. */
export interface SiteFile extends AttachmentRow {
  site: { id: string; name: string; siteNo: string; siteName: string | null };
  /** What it belongs to there: the enterprise, a permit, an assessment. */
  of: string;
}

/** A paper of a row of the file: of a permit, a waste, a duty that was done. */
export interface PartFile extends AttachmentRow {
  /** The kind of the row and what it is called. */
  of: { kind: string; id: string; title: string };
}

/** Kinds that may carry files. */
export type AttachmentOwner = Exclude<KindName, KindWith<{ attach: null }>>;
const owner = z.enum(
  ENTITIES.filter((e) => e.facets.attach !== null).map((e) => e.name) as [AttachmentOwner, ...AttachmentOwner[]],
);

export const attachments = {
  list: base.input(z.object({ ownerId: id })).output(typed<AttachmentRow[]>()),
  /** Papers of the other sites of an enterprise's legal person, by reference. */
  ofSites: base.input(z.object({ enterpriseId: id })).output(typed<SiteFile[]>()),
  /** What hangs on the rows of an enterprise's file, in the order of its parts. */
  ofParts: base.input(z.object({ enterpriseId: id })).output(typed<PartFile[]>()),
  /** Makes an uploaded file an attachment. A picture that can't be read is refused with UNREADABLE_FILE and its sentence. */
  add: base
    .input(
      z.object({
        ownerEntity: owner,
        ownerId: id,
        uploadId,
        name: z.string().min(1).max(200),
        kind: z.enum(ATTACHMENT_KINDS.ids),
        caption: z.string().max(300).nullable().default(null),
        originalId: id.nullable().default(null),
      }),
    )
    .output(typed<Saved>()),
  update: base
    .input(
      z.object({
        id,
        caption: z.string().max(300).nullable().optional(),
        title: z.string().max(200).nullable().optional(),
        documentDate: calendarDay.nullable().optional(),
        seq: z.int().optional(),
      }),
    )
    .output(typed<Done>()),
  remove: base.input(z.object({ id })).output(typed<Done>()),
};
