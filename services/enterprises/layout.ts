// The layout pictures of an enterprise on paper: each with the points that its marks stand on.
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { fillTemplate, templatePaths } from '../../domain/dictionary/template.ts';
import { layoutMark } from '../../domain/production/entities.ts';
import { layoutPictures, MARK_NAME } from '../../domain/production/layout.ts';
import type { PhotoRef } from '../../domain/reports/figures.ts';
import { captionOnPaper, listAttachments, photoForPaper } from '../attachments/index.ts';
import type { Context } from '../context.ts';
import type { PicturePoint } from '../photos/index.ts';
import { wordsOf } from '../records/index.ts';

/** Layout pictures for a paper: in order, with their bytes and points by the picture. */
export interface LayoutOnPaper {
  readonly refs: readonly PhotoRef[];
  readonly bytes: Record<string, Uint8Array>;
  readonly points: Record<string, PicturePoint[]>;
}

/** The layout pictures of an enterprise as a paper prints them. */
export async function layoutOf(ctx: Context, id: string): Promise<LayoutOnPaper> {
  const { read } = ctx.store;
  const marks = await read.find(layoutMark, { enterpriseId: id });
  const kind: EntityDefinition = layoutMark as never;
  const ids = marks.map((mark) => mark.id);
  const words = await wordsOf(read, kind, ids, templatePaths(MARK_NAME));
  const [refs, bytes, points]: [PhotoRef[], LayoutOnPaper['bytes'], LayoutOnPaper['points']] = [[], {}, {}];
  for (const picture of layoutPictures(await listAttachments(ctx, id), marks)) {
    const content = await photoForPaper(ctx, picture);
    if (content) bytes[picture.id] = content;
    refs.push({ id: picture.id, caption: captionOnPaper(picture, picture.title ?? picture.name) });
    points[picture.id] = marks
      .filter((mark) => mark.attachmentId === picture.id)
      .map((mark) => ({
        x: Number(mark.x),
        y: Number(mark.y),
        label: fillTemplate(MARK_NAME, words.get(mark.id) ?? (() => '')),
      }));
  }
  return { refs, bytes, points };
}
