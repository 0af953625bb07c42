// Cells of ledgers that say more than a number: a limit of two ends, a value below detection, a code written in many ways.
import { pollutantName } from '../monitoring/pollutants.ts';
import { parsePosition } from '../values/coordinates.ts';
import { headingParts, trimEdges, wholeCharacters } from '../values/text.ts';
import { limitEnds, lowerEndOf } from '../values/limit-ends.ts';
import { measuredText } from '../values/measured.ts';
import { wasteCodeText } from '../values/waste-code.ts';
import type { RegisterCell } from './cell.ts';
import { choiceValue, fourStateValue, numberValue, unitWritten } from './cell-values.ts';
import { leafOf } from './heading-levels.ts';
import type { MappedColumn } from './mapping.ts';
import type { FieldValues } from './row-content.ts';
import type { RowDraft } from './row-draft.ts';
import { targetOf, type Target } from './targets.ts';

const isField = (target: Target, field: string): boolean => field in target.definition.fields;
const asCell = (text: string): RegisterCell => ({ text, raw: text, kind: 'text' });

/** `0.5mg/L` in one cell: the unit has a field of its own; where the row says another, the cell stands in its words. */
function keepUnit(draft: RowDraft, cell: RegisterCell, column: MappedColumn, target: Target): void {
  const written = unitWritten(cell, null);
  const own = target.meta.cell === 'limit' && isField(target, 'limitUnit') ? 'limitUnit' : 'unit';
  const unit = targetOf(`${target.entity}.${own}`);
  if (written === null || !unit) return;
  const { value } = choiceValue(unit, asCell(written));
  const known = draft.record(target.definition, column.slot).values[own];
  if (value !== null && (known === undefined || known === value)) draft.store(column, unit, cell, { [own]: value });
  else draft.keep(target.label, cell.text, target.entity);
}

/** Reads a limit: the field is its upper end; the lower one has a field beside it. */
export function readLimit(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  const { low, high } = limitEnds(cell.text);
  const lower = lowerEndOf(target.field);
  const numberOf = (text: string) =>
    numberValue({ ...target, meta: { ...target.meta, cell: 'own' } }, asCell(text), null);
  const top = numberOf(high);
  if (top.value === null) {
    draft.put(column, target, cell, top);
    return;
  }
  const bottom = low === null ? null : numberOf(low).value;
  const values: FieldValues = { [target.field]: top.value };
  if (bottom !== null && isField(target, lower)) values[lower] = bottom;
  draft.store(column, target, cell, values);
  keepUnit(draft, asCell(high), column, target);
}

/** Reads a result: its number, and that it lies below or above what was measured. */
export function readMeasured(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  const { operator, number } = measuredText(cell.text);
  const values: FieldValues = operator === null ? {} : { operator };
  if (number === '' && operator !== null) {
    draft.store(column, target, cell, values);
    return;
  }
  const read = numberValue(target, operator === null ? cell : asCell(number), null);
  if (read.value === null) draft.put(column, target, cell, read);
  else {
    draft.warn(...read.warnings);
    draft.store(column, target, cell, { ...values, [target.field]: read.value });
    keepUnit(draft, asCell(operator === null ? cell.text : number), column, target);
  }
}

/** Reads the name of what is measured; a unit in brackets behind it is its unit. */
export function readPollutant(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  const name = pollutantName(trimEdges(cell.text));
  draft.store(column, target, cell, { [target.field]: wholeCharacters(name, target.meta.max ?? 60) });
}

/** Reads the code of a waste. */
export function readWasteCode(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  draft.store(column, target, cell, {
    [target.field]: wholeCharacters(wasteCodeText(cell.text), target.meta.max ?? 20),
  });
}

/** 已作废 in a column of states: every other state is none. */
export function readVoided(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  if (/作废|撤销|取消|无效/u.test(cell.text) || fourStateValue(target, cell).value === 'yes')
    draft.store(column, target, cell, { [target.field]: true });
}

/** A position in one cell, or its longitude alone: the record of its own has the two fields. */
export function readPosition(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  const halves = trimEdges(cell.text)
    .split(/[,，;；、\s]+/u)
    .filter((part) => part !== '');
  const [first = '', second] = halves;
  if (second === undefined) {
    draft.put(column, target, cell, numberValue(target, cell, headingParts(leafOf(column.heading)).unit));
    return;
  }
  const read = parsePosition(first, second);
  if (read.kind !== 'value') {
    draft.warn({ code: 'COORDINATE_UNREADABLE', sentence: `${target.group}坐标“${cell.text}”看不懂，没有填入` });
    draft.keep(`${target.group}坐标`, cell.text, target.entity);
    return;
  }
  draft.store(column, target, cell, { longitude: read.longitude, latitude: read.latitude });
  if (read.swapped) draft.warn({ code: 'COORDINATES_SWAPPED', sentence: `${target.group}的经度和纬度填反了，已对调` });
}
