// What a cell says to the field that its column fills: each reading of the dictionary, then each kind of field.
import type { CellReading } from '../dictionary/field.ts';
import { parseFourState } from '../values/four-state.ts';
import {
  headingParts,
  isUnknownToken,
  normaliseHeading,
  trimEdges,
  wholeCharacters,
  squeezeText,
} from '../values/text.ts';
import type { RegisterCell, StoredValue } from './cell.ts';
import {
  choiceValue,
  dayValue,
  fourStateValue,
  moneyValue,
  numberValue,
  saysNothing,
  siteNoValue,
  textValue,
  unitWritten,
} from './cell-values.ts';
import { readCreditCode } from './credit-code-cell.ts';
import { leafOf } from './heading-levels.ts';
import { stateQuestion } from './heading-stems.ts';
import { isVague, registerKind, startOf, SUBJECT } from './kinds.ts';
import { readLimit, readMeasured, readPollutant, readPosition, readVoided, readWasteCode } from './measured-cells.ts';
import { labelValueIn } from './label-words.ts';
import { KEPT_SLOT, type MappedColumn } from './mapping.ts';
import { AREA_FIELDS, type AreaLevel, type FieldValues } from './row-content.ts';
import type { RowDraft } from './row-draft.ts';
import type { SheetRules } from './sheet-rules.ts';
import { BETWEEN, targetOf, type Target } from './targets.ts';

const AREA_OF_FIELD = new Map(
  Object.entries(AREA_FIELDS).map(([level, field]) => [field as string, level as AreaLevel]),
);

const splitList = (text: string): string[] =>
  text
    .split(/[、,，;；\n]+/u)
    .map((s) => trimEdges(s))
    .filter((s) => s !== '' && !isUnknownToken(s));

/** Several approval numbers in one cell, each ending in 号. */
const splitNumbers = (text: string): string[] => {
  const parts = text
    .split(/[;；、\n]+|(?<=号)[,，\s]+/u)
    .map((s) => trimEdges(s))
    .filter((s) => s !== '');
  return parts.length > 1 && parts.every((p) => /号$|[〔[（(]\d{4}/u.test(p)) ? parts : [text];
};

type Reading = (draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn, rules: SheetRules) => void;

/** What each reading of the dictionary makes of a cell that says something. */
const READINGS: Readonly<Partial<Record<CellReading, Reading>>> = {
  name: (draft, cell, target, column) => {
    // Line breaks inside a name are the sheet's, not the name's.
    const whole = { ...cell, text: cell.text.replace(/(?<!\s)\s*\n\s*/g, '') };
    draft.put(column, target, whole, textValue(target, whole));
  },
  creditCode: (draft, cell) => {
    const read = readCreditCode(cell);
    if (read.code) draft.own.creditCode = read.code;
    if (read.quarantine) draft.own.creditCodeQuarantine = read.quarantine;
    if (read.oldRegNo) draft.own.oldRegNo = read.oldRegNo;
    draft.warn(...read.warnings);
    draft.keep('信用代码栏', read.keep);
  },
  ownNumber: (draft, cell, target, column) => {
    // Only a number of this program is one; what else a list calls 内部编号 is its own numbering.
    const text = trimEdges(cell.text).toUpperCase();
    if (/^[0-9A-Z]{2,10}-\d{2}-\d{4,}$/.test(text)) draft.own[target.field] = text;
    else draft.keep(leafOf(column.heading), text);
  },
  siteNo: (draft, cell, target, column) => draft.put(column, target, cell, siteNoValue(target, cell)),
  industryCode: (draft, cell) => {
    draft.industryCode = cell;
  },
  industryName: (draft, cell) => {
    draft.industryName = cell;
  },
  longitude: (draft, cell) => {
    draft.coordinates.longitude = cell;
  },
  latitude: (draft, cell) => {
    draft.coordinates.latitude = cell;
  },
  remark: (draft, cell, target, { slot, heading }) => {
    const text = trimEdges(cell.text);
    if (slot === KEPT_SLOT) draft.keep(leafOf(heading), text);
    else draft.remarks.unshift(wholeCharacters(text, target.meta.max ?? 1000));
  },
  state: readState,
  person: (draft, cell, _target, { slot, heading }) => {
    draft.names.set(slot, cell);
    if (/EHS/i.test(heading)) draft.ehs = true;
  },
  phone: (draft, cell, _target, { slot }) => {
    draft.phones.set(slot, [...(draft.phones.get(slot) ?? []), cell]);
  },
  number: readNumber,
  numbers: readNumbers,
  answer: readAnswer,
  grade: readGrade,
  wasteCode: readWasteCode,
  pollutant: readPollutant,
  measured: readMeasured,
  limit: readLimit,
  position: readPosition,
  voided: readVoided,
  code: readCode,
};

/** A code of letters and figures, as the standard writes it: da001 and ＤＡ 001 are DA001. */
function readCode(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  const squeezed = squeezeText(cell.text);
  const text = /^[a-z]{1,4}-?\d+$/iu.test(squeezed) ? squeezed.toUpperCase() : cell.text;
  draft.put(column, target, cell, textValue(target, { ...cell, text }));
}

/** Readings that take a cell which says 无 or / as an answer. */
const TAKES_NOTHING: ReadonlySet<CellReading | undefined> = new Set(['answer', 'numbers']);

/** 是否停产: 是 and 否 are answered by the heading; whatever else stands there is a state itself. */
function readState(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  const question = stateQuestion(normaliseHeading(leafOf(column.heading)));
  const answer = question ? parseFourState(cell.kind === 'boolean' ? cell.raw : trimEdges(cell.text)) : null;
  const meant = answer?.value === 'yes' ? question?.yes : answer?.value === 'no' ? question?.no : undefined;
  if (meant === undefined) draft.put(column, target, cell, choiceValue(target, cell));
  else draft.put(column, target, cell, { value: meant, warnings: [], keep: answer?.note ? cell.text : null });
}

/** A number that begins with the code of its holder. */
const CODED = /^[0-9a-z]{22}$/iu;

/** The number of a paper. 是否有许可证: an answer is no number; having none leaves open whether one is needed. */
function readNumber(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  const answer = fourStateValue(target, cell);
  if (answer.value !== null && !/\d{6}/.test(cell.text)) {
    draft.warn({
      code: 'PERMIT_NUMBER_MISSING',
      sentence: `${target.label}只写了“${cell.text}”，已写入备注，请补编号`,
    });
    draft.keep(target.label, cell.text);
    return;
  }
  const squeezed = squeezeText(cell.text);
  const text = CODED.test(squeezed) ? squeezed.toUpperCase() : cell.text.replace(/\s+/g, '');
  draft.put(column, target, cell, textValue(target, { ...cell, text }));
}

/** Numbers of papers, several in a cell; a word for having none says so of the kind of paper. */
function readNumbers(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  const [first = '', ...more] = splitNumbers(trimEdges(cell.text));
  const lacking = /^(?:无|没有|未办理?|缺失?|无环评|无手续|未批先建)$/u.test(cell.text.replace(/\s/g, ''));
  const kindOfPaper = targetOf(`${target.entity}.documentKind`);
  if (lacking && kindOfPaper) {
    const { values } = draft.record(target.definition, column.slot);
    if (values[kindOfPaper.field] === undefined)
      draft.store(column, kindOfPaper, cell, { [kindOfPaper.field]: 'missing' });
    return;
  }
  if (saysNothing(cell)) return;
  // A project that is only filed has a number of the filing system: digits alone.
  const filing = targetOf(`${target.entity}.filingNo`);
  if (filing && more.length === 0 && /^\d{12,}$/u.test(first)) {
    draft.put(column, filing, cell, textValue(filing, { ...cell, text: first }));
    return;
  }
  draft.put(column, target, cell, textValue(target, { ...cell, text: first }));
  for (const number of more)
    draft.add(target.entity, {
      values: { [target.field]: number },
      said: [{ heading: leafOf(column.heading), text: number, fields: [target.field] }],
    });
}

/** 验收: 是 says that it was passed, a kind which one it was. */
function readAnswer(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  const answer = fourStateValue(target, cell);
  if (answer.value === 'yes') draft.store(column, target, cell, { passed: 'yes' });
  const kind = choiceValue(target, cell);
  if (kind.value !== null || answer.value !== 'yes') draft.put(column, target, cell, kind);
}

/** A grade of the label system that the whole column belongs to. */
function readGrade(
  draft: RowDraft,
  cell: RegisterCell,
  target: Target,
  column: MappedColumn,
  { labelSystem }: SheetRules,
): void {
  const value = labelSystem ? labelValueIn(labelSystem, cell.text) : null;
  if (labelSystem && value) {
    draft.store(column, target, cell, { system: labelSystem, [target.field]: value });
    return;
  }
  draft.warn({ code: 'WORD_UNKNOWN', sentence: `${target.label}“${cell.text}”无法识别，已写入备注` });
  draft.keep('等级', cell.text);
}

/** A cell that may name several records: the products of an enterprise, the lists it stands on. */
function readSeveral(draft: RowDraft, cell: RegisterCell, target: Target, column: MappedColumn): void {
  const record = draft.record(target.definition, column.slot);
  const values: StoredValue[] = [];
  for (const part of splitList(cell.text)) {
    const one: RegisterCell = { ...cell, text: part };
    const read = target.meta.kind === 'choice' ? choiceValue(target, one) : textValue(target, one);
    draft.warn(...read.warnings);
    draft.keep(target.label, read.keep);
    if (read.value !== null && !values.includes(read.value)) values.push(read.value);
  }
  const said = { heading: leafOf(column.heading) || target.label, text: trimEdges(cell.text), fields: [target.field] };
  record.items = { field: target.field, values, said };
}

/** Is this the field by which a kind of which a row names several is told? */
const namesSeveral = (target: Target): boolean => {
  const kind = registerKind(target.entity);
  return kind?.facet.several === true && kind.facet.find[0] === target.field && target.meta.cell !== 'person';
};

/** The word that the profile of the ledger has for a text, in the words of the dictionary. */
function byCodeList(cell: RegisterCell, target: Target, rules: SheetRules): RegisterCell {
  const id = rules.codeLists?.get(target.key)?.get(trimEdges(cell.text));
  const label = id === undefined ? undefined : (target.meta.vocabulary?.labels as Record<string, string>)[id];
  return label === undefined ? cell : { text: label, raw: label, kind: 'text' };
}

/** Reads a cell into the draft of its row, by the reading that its field has in the dictionary, else by the kind of field. */
export function readCell(draft: RowDraft, given: RegisterCell, column: MappedColumn, rules: SheetRules): void {
  const { target } = column;
  if (!target) return;
  const cell = byCodeList(given, target, rules);
  const reading = target.meta.cell ? READINGS[target.meta.cell] : undefined;
  if (reading) {
    if (!saysNothing(cell) || TAKES_NOTHING.has(target.meta.cell)) reading(draft, cell, target, column, rules);
    return;
  }
  if (namesSeveral(target)) {
    if (!saysNothing(cell)) readSeveral(draft, cell, target, column);
    return;
  }
  if (target.meta.kind === 'reference') {
    if (saysNothing(cell)) return;
    if (target.definition === SUBJECT || target === BETWEEN) readPlace(draft, cell, target);
    else draft.link(column, target, cell);
    return;
  }
  readByKind(draft, cell, target, column, rules);
}

function readPlace(draft: RowDraft, cell: RegisterCell, target: Target): void {
  const level = AREA_OF_FIELD.get(target.field);
  if (target.meta.target === 'staff') draft.staff = wholeCharacters(trimEdges(cell.text), 60);
  else if (target === BETWEEN) draft.areas.sector = wholeCharacters(trimEdges(cell.text), 60);
  else if (level) draft.areas[level] = wholeCharacters(trimEdges(cell.text), 60);
  else draft.grid = wholeCharacters(trimEdges(cell.text), 200);
}

function readByKind(
  draft: RowDraft,
  cell: RegisterCell,
  target: Target,
  column: MappedColumn,
  rules: SheetRules,
): void {
  const unit = headingParts(leafOf(column.heading)).unit;
  switch (target.meta.kind) {
    case 'choice':
      draft.put(column, target, cell, choiceValue(target, cell));
      return;
    case 'fourState':
      draft.put(column, target, cell, fourStateValue(target, cell));
      return;
    case 'flag': {
      const answer = fourStateValue(target, cell);
      draft.put(column, target, cell, { ...answer, value: answer.value === 'yes' ? true : null });
      return;
    }
    case 'money':
      draft.put(column, target, cell, moneyValue(target, cell, unit));
      return;
    case 'integer':
    case 'decimal': {
      const read = numberValue(target, cell, unit);
      draft.put(column, target, cell, read);
      if (read.value !== null) keepUnit(draft, cell, target, column, unitWritten(cell, unit));
      return;
    }
    case 'day':
      readDay(draft, cell, target, column, rules);
      return;
    default:
      draft.put(column, target, cell, textValue(target, cell));
  }
}

/** 100吨 where the dictionary names no unit: the kind has a field for it, or the whole stays in the remark. */
function keepUnit(
  draft: RowDraft,
  cell: RegisterCell,
  target: Target,
  column: MappedColumn,
  written: string | null,
): void {
  if (written === null || target.meta.unit !== undefined) return;
  const unit = targetOf(`${target.entity}.unit`);
  const known = draft.record(target.definition, column.slot).values.unit;
  if (unit && (known === undefined || known === written)) draft.store(column, unit, cell, { unit: written });
  else draft.keep(target.label, cell.text, target.entity);
}

function readDay(
  draft: RowDraft,
  cell: RegisterCell,
  target: Target,
  column: MappedColumn,
  { date1904 }: SheetRules,
): void {
  const { definition, field } = target;
  const startField = startOf(definition, field);
  const day = dayValue(target, cell, { date1904, vague: isVague(definition, field), startField });
  // The start that a column of its own gave stays.
  const known = startField
    ? draft.record(definition, definition === SUBJECT ? 1 : column.slot).values[startField]
    : undefined;
  const values = {
    ...day.values,
    ...(startField && known !== undefined && startField in day.values && { [startField]: known }),
  };
  draft.warn(...day.warnings);
  draft.keep(target.label, day.keep, target.entity);
  if (Object.keys(values).length > 0) draft.store(column, target, cell, values as FieldValues);
}
