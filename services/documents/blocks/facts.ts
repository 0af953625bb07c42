// Facts with their labels, two to a row: what the data brings, and what fields of a kind say.
import type { FileChild } from 'docx';
import { shownFields } from '../../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../../domain/dictionary/field.ts';
import { entityNamed, hasEntity } from '../../../domain/entities.ts';
import { says, type Place } from '../../paper-words/index.ts';
import { formTable, pairRow, wideRow } from '../layout/form.ts';
import { gap } from '../layout/gap.ts';
import type { GridRow } from '../layout/table.ts';
import { noneSaid, UNKNOWN, type Sheet } from './sheet.ts';

/** What a value needs to stand on one line of half the page. */
const LONG = 18;
/** Whether a value needs a row of its own. */
export const isLong = (meta: FieldMeta | null, text: string): boolean =>
  meta?.kind === 'longText' || text.length > LONG;

/** A label with its value. */
export interface Labelled {
  readonly label: string;
  readonly text: string;
  readonly wide: boolean;
  readonly minHeight?: number;
  readonly keepNext?: true;
}

/** Labelled values two to a row; a wide one, and one left over, over the whole width. */
export function pairs(facts: readonly Labelled[]): GridRow[] {
  const rows: GridRow[] = [];
  let waiting: Labelled | null = null;
  const alone = (fact: Labelled): void => {
    const { minHeight, keepNext } = fact;
    rows.push(
      wideRow(fact.label, fact.text, { ...(minHeight !== undefined && { minHeight }), ...(keepNext && { keepNext }) }),
    );
  };
  for (const fact of facts) {
    if (fact.wide) {
      if (waiting) alone(waiting);
      waiting = null;
      alone(fact);
    } else if (waiting) {
      rows.push(pairRow(waiting.label, waiting.text, fact.label, fact.text));
      waiting = null;
    } else waiting = fact;
  }
  if (waiting) alone(waiting);
  return rows;
}

/** A table of facts, or what stands in place of it. */
export function factTable(sheet: Sheet, facts: readonly Labelled[], none: string | undefined): FileChild[] {
  if (facts.length === 0) return noneSaid(sheet, none);
  return [formTable(sheet.theme, pairs(facts)), gap(sheet.theme)];
}

/** Facts that the data brings. */
export function givenFacts(sheet: Sheet, place: Place, of: string): Labelled[] {
  return sheet.words.rows(place, of).map(({ data }) => ({
    label: String(data.label),
    text: says(data.value)
      ? sheet.words.masked(String(data.value), data.personal === true)
      : data.blank === true
        ? ''
        : UNKNOWN,
    wide: data.long === true,
  }));
}

/** Fields of a kind that say something, but those that only the program reads. */
export function saidFacts(
  sheet: Sheet,
  place: Place,
  of: string | undefined,
  skip: readonly string[] = [],
): Labelled[] {
  const { paper } = sheet.words;
  if (!hasEntity(of ?? paper.of)) return [];
  return shownFields(entityNamed(of ?? paper.of))
    .filter(({ name, meta }) => !meta.derived && !skip.includes(name) && !name.endsWith('Precision'))
    .filter(({ name }) => !of || name !== entityNamed(of).parent)
    .filter(({ meta }) => meta.kind !== 'instant')
    .flatMap(({ name, meta }) => {
      const text = sheet.words.value(place, of ? `${of}.${name}` : name);
      return text ? [{ label: meta.label, text, wide: isLong(meta, text) }] : [];
    });
}
