// What the blocks of a paper are printed with, whatever their kind, and what all of them may say.
import type { FileChild } from 'docx';
import type { PhotoRef } from '../../../domain/reports/figures.ts';
import type { PaperWords, Place } from '../../paper-words/index.ts';
import { line } from '../layout/form.ts';
import type { PhotoBytes } from '../layout/picture.ts';
import type { Theme } from '../layout/theme.ts';

/** A part in the making: its looks, the words of its paper, the photos there are, the width of its text block in twips. */
export interface Sheet {
  readonly theme: Theme;
  readonly words: PaperWords;
  readonly photos: PhotoBytes | undefined;
  readonly width: number;
}

export const UNKNOWN = '不详';
export const DASH = '－';

/** What stands in place of a block that holds nothing. */
export function noneSaid(sheet: Sheet, none: string | undefined): FileChild[] {
  return none === undefined ? [] : [line(sheet.theme, none, { indent: true })];
}

/** The photos that a list of the data names. */
export function refsOf(sheet: Sheet, place: Place, of: string): PhotoRef[] {
  return sheet.words.rows(place, of).map(({ data }) => data as unknown as PhotoRef);
}
