// Rows of a form: fields and texts side by side, headings, lists in one cell, photos; filled in by the program or by hand.
import { shownFields } from '../../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../../domain/dictionary/field.ts';
import type { FormRow, Slot } from '../../../domain/dictionary/paper.ts';
import { entityNamed } from '../../../domain/entities.ts';
import { fieldOf } from '../../../domain/papers.ts';
import type { Place } from '../../paper-words/index.ts';
import { photoPairs, photoRows, wideRow } from '../layout/form.ts';
import { mm } from '../layout/page.ts';
import { resolvePhotos } from '../layout/picture.ts';
import type { GridRow } from '../layout/table.ts';
import { isLong, pairs, saidFacts, type Labelled } from './facts.ts';
import { refsOf, UNKNOWN, type Sheet } from './sheet.ts';

type Listed = Extract<FormRow, { list: string }>;
/** Letters that a cell over the whole width holds in three lines. */
const MOST_IN_CELL = 150;
/** So many choices stand beside boxes to tick. */
const FEW_CHOICES = 8;

/** A field on a paper that is filled in by hand: boxes to tick, room for a day or a number, and help. */
function toFillIn(meta: FieldMeta, help = meta.help): string {
  const helped = help ? `（${help}）` : '';
  const choices = meta.vocabulary ? Object.values(meta.vocabulary.labels as Record<string, string>) : [];
  if (meta.kind === 'choice' && choices.length <= FEW_CHOICES)
    return `${choices.map((label) => `□${label}`).join(' ')}${helped}`;
  if (meta.kind === 'fourState') return `□是 □否 □不涉及${helped}`;
  if (meta.kind === 'flag') return `□是 □否${helped}`;
  if (meta.kind === 'day') return `　　年　　月　　日${helped}`;
  return `${meta.unit ? `　　　　${meta.unit}` : ''}${helped}`;
}

/** Fields of an extension: what is said, or what to fill in. */
function extensionFacts(sheet: Sheet, place: Place, of: string): Labelled[] {
  if (sheet.words.paper.blank === null) return saidFacts(sheet, place, of);
  return shownFields(entityNamed(of))
    .filter(({ name, meta }) => !meta.derived && name !== entityNamed(of).parent)
    .map(({ name, meta }) => ({
      label: meta.label,
      text: helpOf(sheet, `${of}.${name}`, undefined) ?? '',
      wide: meta.kind === 'longText',
    }));
}

/** A slot with its label and what it says. */
function slotOf(sheet: Sheet, place: Place, slot: Slot): Labelled {
  if (typeof slot !== 'string' && 'field' in slot) {
    const { label, text, wide } = slotOf(sheet, place, slot.field);
    const said = text === UNKNOWN && slot.or ? sheet.words.value(place, slot.or) || text : text;
    const isEmpty = said === UNKNOWN;
    return { label, text: helpOf(sheet, slot.field, slot.help, isEmpty) ?? said, wide: slot.wide ?? wide };
  }
  if (typeof slot !== 'string')
    return {
      label: sheet.words.text(place, slot.label),
      text: sheet.words.text(place, slot.text) || (slot.height === undefined ? UNKNOWN : ''),
      wide: slot.wide ?? slot.height !== undefined,
      ...(slot.height !== undefined && { minHeight: mm(slot.height) }),
      ...(slot.keepNext && { keepNext: true }),
    };
  const meta = fieldOf(sheet.words.paper, sheet.words.find(place, slot).path);
  const text = sheet.words.value(place, slot);
  return { label: meta?.label ?? slot, text: text || UNKNOWN, wide: isLong(meta, text) };
}

/** What stands in place of a value on a paper that is filled in by hand; what is printed on it stays, unless there is nothing. */
function helpOf(sheet: Sheet, path: string, help: string | undefined, isEmpty = false): string | null {
  const { blank } = sheet.words.paper;
  if (blank === null || (blank.includes(path) && !isEmpty)) return null;
  const meta = fieldOf(sheet.words.paper, path.split('.'));
  return meta ? toFillIn(meta, help) : (help ?? '');
}

/** Rows of a part in one cell. */
function listedRow(sheet: Sheet, place: Place, { list, label, text, most, help, ...row }: Listed): GridRow {
  if (sheet.words.paper.blank)
    return wideRow(label, help ?? '', { ...(row.room !== undefined && { minHeight: mm(row.room) }) });
  const rows = sheet.words.rows(place, list).map((one) => sheet.words.text(one, text));
  const [between, said] = [row.between ?? '；', rows.filter((one) => one !== '')];
  let shown = Math.min(most, said.length);
  while (shown > 1 && said.slice(0, shown).join(between).length > MOST_IN_CELL) shown -= 1;
  const rest = said.length > shown ? `${between === '；' ? '；' : ' '}等 ${said.length} 项，详见一企一档` : '';
  return wideRow(label, said.slice(0, shown).join(between) + rest || UNKNOWN);
}

/** The rows of a form; fields that wait for a neighbour stand before whatever comes next. */
export async function formRows(sheet: Sheet, place: Place, rows: readonly FormRow[]): Promise<GridRow[]> {
  const done: GridRow[] = [];
  let waiting: Labelled[] = [];
  const flush = (): void => {
    done.push(...pairs(waiting));
    waiting = [];
  };
  for (const row of rows) {
    if (typeof row !== 'string' && 'when' in row && !sheet.words.holds(place, row.when)) continue;
    if (typeof row !== 'string' && 'list' in row) {
      flush();
      done.push(listedRow(sheet, place, row));
    } else if (typeof row !== 'string' && 'fields' in row) waiting.push(...extensionFacts(sheet, place, row.fields));
    else if (typeof row === 'string' || 'text' in row || 'field' in row) waiting.push(slotOf(sheet, place, row));
    else if ('head' in row) {
      flush();
      const content = sheet.words.text(place, row.head);
      // The heading of the whole form stands again above what goes on over the page.
      const header = done.length === 0;
      done.push({
        cells: [{ content, head: true, span: 5, align: 'left' }],
        keepNext: true,
        ...(header && { header }),
      });
    } else {
      flush();
      done.push(...(await photoRowsOf(sheet, place, row)));
    }
  }
  flush();
  return done;
}

async function photoRowsOf(sheet: Sheet, place: Place, row: Extract<FormRow, { photos: string }>): Promise<GridRow[]> {
  const photos = resolvePhotos(refsOf(sheet, place, row.photos), sheet.photos);
  const none = sheet.words.text(place, row.none);
  if (row.beside === undefined) return await photoRows(sheet.theme, row.label, photos, none);
  const others = resolvePhotos(refsOf(sheet, place, row.beside), sheet.photos);
  return await photoPairs(sheet.theme, row.label, [photos, others], { heads: row.heads ?? ['', ''], none });
}
