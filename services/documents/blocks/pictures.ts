// Photos of a paper, and boxes for signatures with what was signed on the screen.
import type { FileChild } from 'docx';
import type { PaperBlock, PaperBox } from '../../../domain/dictionary/paper.ts';
import type { Place } from '../../paper-words/index.ts';
import type { signatureTable } from '../layout/form.ts';
import { gap } from '../layout/gap.ts';
import { photoGrid } from '../layout/photo-grid.ts';
import { resolvePhotos } from '../layout/picture.ts';
import { noneSaid, refsOf, type Sheet } from './sheet.ts';

/** The photos side by side, or each over the whole width. */
export async function photoBlock(
  sheet: Sheet,
  place: Place,
  { of, none, wide }: Extract<PaperBlock, { type: 'photos' }>,
): Promise<FileChild[]> {
  const photos = resolvePhotos(refsOf(sheet, place, of), sheet.photos);
  if (photos.length === 0) return noneSaid(sheet, none);
  return [await photoGrid(sheet.theme, photos, sheet.width, wide ? 1 : 2), gap(sheet.theme)];
}

/** The boxes that are to be signed. */
export function boxesOf(sheet: Sheet, place: Place, boxes: readonly PaperBox[]): Parameters<typeof signatureTable>[1] {
  return boxes
    .filter((box) => sheet.words.holds(place, box.when))
    .map((box) => {
      const day = box.day ? sheet.words.find(place, box.day).value : null;
      const [image] = box.image ? resolvePhotos(refsOf(sheet, place, box.image), sheet.photos) : [];
      return {
        label: sheet.words.text(place, box.label),
        names: box.names ? sheet.words.text(place, box.names) : '',
        image: image ?? null,
        day: typeof day === 'string' && day ? day : null,
        ...(box.lines && { lines: box.lines.map((text) => sheet.words.text(place, text)) }),
      };
    });
}
