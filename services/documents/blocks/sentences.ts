// Sentences of a paper, numbered where there are several.
import type { FileChild } from 'docx';
import type { PaperBlock } from '../../../domain/dictionary/paper.ts';
import { withoutStop } from '../../../domain/reports/words.ts';
import type { Place } from '../../paper-words/index.ts';
import { line } from '../layout/form.ts';
import { noneSaid, type Sheet } from './sheet.ts';

/** The sentences that a list of the data holds, masked. */
export function sentences(
  sheet: Sheet,
  place: Place,
  { of, none, keepNext }: Extract<PaperBlock, { type: 'lines' }>,
): FileChild[] {
  const said = sheet.words
    .sentences(place, of)
    .map((sentence) => sheet.words.masked(sentence, false))
    .filter((sentence) => sentence.trim() !== '');
  if (said.length === 0) return noneSaid(sheet, none);
  return said.map((sentence, index) =>
    line(sheet.theme, `${said.length > 1 ? `${index + 1}.` : ''}${withoutStop(sentence)}。`, {
      indent: true,
      ...(keepNext && { keepNext }),
    }),
  );
}
