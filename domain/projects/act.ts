// The word of a project for what a steward does at an enterprise (domain reference 8.1).
import { labelOf, vocabulary } from '../dictionary/vocabulary.ts';

/** The words that a project may choose from. */
export const VISIT_ACTS = vocabulary({ patrol: '巡查', call: '走访', checkup: '体检', inspection: '检查' });

/** The word in which all labels and texts of the program are written. */
const WRITTEN = VISIT_ACTS.labels.patrol;

/** The word of a project by what it chose; the usual one where there is no project. */
export const actWord = (chosen: string | null | undefined): string => labelOf(VISIT_ACTS, chosen ?? 'patrol');

/** A text of the program's own in the word of the project; never for what people wrote. */
export const inAct = (text: string, word: string | undefined): string =>
  word === undefined || word === WRITTEN ? text : text.replaceAll(WRITTEN, word);
