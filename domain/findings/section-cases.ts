// Section 典型案例: findings that somebody chose, each with its photos before and after side by side.
import { paragraph, type Block } from '../reports/blocks.ts';
import type { CaseRow, PhotoRef } from '../reports/figures.ts';
import { phoneText } from '../reports/masking.ts';
import { withoutStop } from '../reports/words.ts';
import type { Writer } from '../reports/writer.ts';

const captioned = (word: string, photo: PhotoRef | undefined): PhotoRef | null =>
  photo ? { ...photo, caption: `${word}${photo.caption ? `　${photo.caption}` : ''}` } : null;

/** Before on the left, after on the right; a place stays empty where the other has more. */
function sideBySide({ before, after }: CaseRow): (PhotoRef | null)[] {
  const rows = Math.max(before.length, after.length);
  return Array.from({ length: rows }, (_, at) => [
    captioned('整改前', before[at]),
    captioned('整改后', after[at]),
  ]).flat();
}

/** Builds section 典型案例. */
export function casesSection(w: Writer): Block[] {
  return (w.f.cases ?? []).flatMap((row): Block[] => {
    const photos = sideBySide(row);
    return [
      { type: 'heading', level: 2, text: phoneText(row.title, w.contacts) },
      paragraph([{ text: `${withoutStop(phoneText(row.text, w.contacts))}。` }]),
      ...(photos.length > 0 ? [{ type: 'photos' as const, photos }] : []),
    ];
  });
}
