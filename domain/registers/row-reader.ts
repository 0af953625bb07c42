// Reads one row of a register by the recognised columns: every cell becomes a value, a warning or a part of the remark.
import { entityFieldNames } from './targets.ts';
import type { IndustryIndex } from '../values/industry-code.ts';
import { statusHint } from '../values/name-key.ts';
import { headingParts, isUnknownToken, trimEdges } from '../values/text.ts';
import type { CellValue, RegisterCell, RowWarning } from './cell.ts';
import { choiceValue, dayValue, fourStateValue, numberValue, saysNothing, siteNoValue, textValue } from './cell-values.ts';
import { readPosition } from './position-cells.ts';
import { readCreditCode } from './credit-code-cell.ts';
import { labelSystemOf, labelValueIn } from './label-words.ts';
import type { MappedColumn } from './mapping.ts';
import { readPeople } from './people-cells.ts';
import { AREA_FIELDS, type AreaLevel, type FieldValues, type RowContent } from './row-content.ts';
import type { Target } from './targets.ts';

/** What holds for a whole sheet. */
export interface SheetRules {
  readonly columns: readonly MappedColumn[];
  readonly date1904: boolean;
  readonly industries: IndustryIndex;
  /** Of the whole import; null: not said. */
  readonly coordinateSystem: string | null;
  /** Label system of the column of grades, found from all its cells. */
  readonly labelSystem: string | null;
}

/** The label system of a sheet's column of grades: what most of its words belong to. */
export function labelSystemFor(columns: readonly MappedColumn[], rows: Iterable<readonly RegisterCell[]>): string | null {
  const column = columns.find((c) => c.target?.key === 'label.value');
  if (!column) return null;
  const texts: string[] = [];
  for (const row of rows) { texts.push(row[column.index]?.text ?? ''); if (texts.length >= 2000) break; }
  return labelSystemOf(texts);
}

const AREA_OF_FIELD = new Map(Object.entries(AREA_FIELDS).map(([level, field]) => [field as string, level as AreaLevel]));
const vagueFields = new Set(['enterprise', 'eiaProject', 'acceptance'].flatMap((e) => entityFieldNames(e).filter((f) => f.endsWith('Precision')).map((f) => `${e}.${f.slice(0, -9)}`)));

/** Names that no enterprise has: rows of sums. */
export const isTotalName = (name: string): boolean => /^(?:合计|小计|总计|共计|累计|本页合计|本页小计|总数)[:：]?$/u.test(name.replace(/\s/g, ''));

class RowDraft {
  readonly records = new Map<string, FieldValues>();
  readonly areas: Partial<Record<AreaLevel, string>> = {};
  readonly remarks: string[] = [];
  readonly warnings: RowWarning[] = [];
  readonly blanks: string[] = [];
  readonly unmapped: Record<string, string> = {};
  readonly names = new Map<number, RegisterCell>();
  readonly phones = new Map<number, RegisterCell[]>();
  readonly formerNames: string[] = [];
  readonly products: string[] = [];
  readonly coordinates: { longitude: RegisterCell | null; latitude: RegisterCell | null } = { longitude: null, latitude: null };
  grid: string | null = null;
  label: { system: string; value: string } | null = null;
  ehs = false;
  industryCode: RegisterCell | null = null;
  industryName: RegisterCell | null = null;
  eiaNumbers: string[] = [];

  record(entity: string): FieldValues {
    let values = this.records.get(entity);
    if (!values) this.records.set(entity, (values = {}));
    return values;
  }

  warn(...warnings: readonly RowWarning[]): void { this.warnings.push(...warnings); }

  keep(label: string, text: string | null): void {
    if (text !== null && text !== '') this.remarks.push(`${label}：${text}`);
  }

  put(target: Target, result: CellValue): void {
    if (result.value !== null) this.record(target.entity)[target.field] = result.value;
    this.warn(...result.warnings);
    this.keep(target.label, result.keep);
  }
}

const splitList = (text: string, max: number): string[] => text.split(/[、,，;；\n]+/u).map((s) => trimEdges(s)).filter((s) => s !== '' && !isUnknownToken(s)).map((s) => s.slice(0, max));

/** Several approval numbers in one cell, each ending in 号. */
const splitNumbers = (text: string): string[] => {
  const parts = text.split(/[;；、\n]+|(?<=号)[,，\s]+/u).map((s) => trimEdges(s)).filter((s) => s !== '');
  return parts.length > 1 && parts.every((p) => /号$|[〔[（(]\d{4}/u.test(p)) ? parts.map((p) => p.slice(0, 100)) : [text];
};

type Special = (draft: RowDraft, cell: RegisterCell, column: MappedColumn, rules: SheetRules) => void;

const SPECIAL: Readonly<Record<string, Special>> = {
  'enterprise.creditCode': (draft, cell) => {
    const read = readCreditCode(cell);
    const own = draft.record('enterprise');
    if (read.code) own.creditCode = read.code;
    if (read.quarantine) own.creditCodeQuarantine = read.quarantine;
    if (read.oldRegNo) own.oldRegNo = read.oldRegNo;
    draft.warn(...read.warnings);
    draft.keep('信用代码栏', read.keep);
  },
  'enterprise.siteNo': (draft, cell, { target }) => { if (target) draft.put(target, siteNoValue(target, cell)); },
  'enterprise.industryCode': (draft, cell) => { draft.industryCode = cell; },
  'enterprise.industryName': (draft, cell) => { draft.industryName = cell; },
  'enterprise.longitude': (draft, cell) => { draft.coordinates.longitude = cell; },
  'enterprise.latitude': (draft, cell) => { draft.coordinates.latitude = cell; },
  'enterprise.remark': (draft, cell) => { draft.remarks.unshift(trimEdges(cell.text).slice(0, 1000)); },
  'enterprise.gridId': (draft, cell) => { draft.grid = trimEdges(cell.text).slice(0, 200); },
  'contact.name': (draft, cell, { slot, heading }) => { draft.names.set(slot, cell); if (/EHS/i.test(heading)) draft.ehs = true; },
  'contact.mobile': (draft, cell, { slot }) => { draft.phones.set(slot, [...(draft.phones.get(slot) ?? []), cell]); },
  'contact.landline': (draft, cell, { slot }) => { draft.phones.set(slot, [...(draft.phones.get(slot) ?? []), cell]); },
  'formerName.name': (draft, cell) => { draft.formerNames.push(...splitList(cell.text, 100)); },
  'product.name': (draft, cell) => { draft.products.push(...splitList(cell.text, 100)); },
  'eiaProject.approvalNo': (draft, cell, { target }) => {
    if (!target) return;
    const [first = '', ...more] = splitNumbers(trimEdges(cell.text));
    const kind = choiceWord(cell, 'missing');
    if (kind !== null) { draft.record('eiaProject').documentKind ??= kind; return; }
    draft.put(target, textValue(target, { ...cell, text: first }));
    draft.eiaNumbers = more;
  },
  'acceptance.kind': (draft, cell, { target }) => {
    if (!target) return;
    const answer = fourStateValue(target, cell);
    if (answer.value === 'yes') draft.record('acceptance').passed = 'yes';
    const kind = choiceValue(target, cell);
    if (kind.value !== null || answer.value !== 'yes') draft.put(target, kind);
  },
  'permit.number': (draft, cell, { target }) => {
    if (!target) return;
    const answer = fourStateValue(target, cell);
    // 是否有许可证: an answer is no number; having none leaves open whether one is needed.
    if (answer.value !== null && !/\d{6}/.test(cell.text)) {
      draft.warn({ code: 'PERMIT_NUMBER_MISSING', sentence: `${target.label}只写了“${cell.text}”，已写入备注，请补编号` });
      draft.keep(target.label, cell.text);
      return;
    }
    draft.put(target, textValue(target, { ...cell, text: cell.text.replace(/\s+/g, '') }));
  },
  'label.value': (draft, cell, { target }, { labelSystem }) => {
    if (!target || saysNothing(cell)) return;
    const value = labelSystem ? labelValueIn(labelSystem, cell.text) : null;
    if (labelSystem && value) { draft.label = { system: labelSystem, value }; return; }
    draft.warn({ code: 'WORD_UNKNOWN', sentence: `${target.label}“${cell.text}”无法识别，已写入备注` });
    draft.keep('等级', cell.text);
  },
};

/** Words by which a number column says that the thing itself is missing. */
const choiceWord = (cell: RegisterCell, id: string): string | null => (/^(?:无|没有|未办理?|缺失?|无环评|无手续|未批先建)$/u.test(cell.text.replace(/\s/g, '')) ? id : null);

function readCell(draft: RowDraft, cell: RegisterCell, column: MappedColumn, rules: SheetRules): void {
  const { target } = column;
  if (!target) return;
  const special = SPECIAL[target.key];
  if (special) { if (!saysNothing(cell) || target.key === 'acceptance.kind' || target.key === 'eiaProject.approvalNo') special(draft, cell, column, rules); return; }
  const level = target.entity === 'enterprise' ? AREA_OF_FIELD.get(target.field) : undefined;
  if (level) { if (!saysNothing(cell)) draft.areas[level] = trimEdges(cell.text).slice(0, 60); return; }
  switch (target.meta.kind) {
    case 'choice': draft.put(target, choiceValue(target, cell)); return;
    case 'fourState': draft.put(target, fourStateValue(target, cell)); return;
    case 'flag': {
      const answer = fourStateValue(target, cell);
      draft.put(target, { ...answer, value: answer.value === 'yes' ? true : null });
      return;
    }
    case 'integer': case 'decimal': draft.put(target, numberValue(target, cell, headingParts(column.heading).unit)); return;
    case 'day': {
      const day = dayValue(target, cell, { date1904: rules.date1904, vague: vagueFields.has(target.key), startField: target.key === 'permit.validTo' ? 'validFrom' : null });
      if (Object.keys(day.values).length > 0) Object.assign(draft.record(target.entity), { ...day.values, ...pickStart(draft, target, day.values) });
      draft.warn(...day.warnings);
      draft.keep(target.label, day.keep);
      return;
    }
    default: draft.put(target, textValue(target, cell));
  }
}

/** The start that a column of its own gave stays. */
function pickStart(draft: RowDraft, target: Target, values: FieldValues): FieldValues {
  const known = target.key === 'permit.validTo' ? draft.record('permit').validFrom : undefined;
  return known !== undefined && 'validFrom' in values ? { validFrom: known } : {};
}

function readIndustry(draft: RowDraft, { industries }: SheetRules): void {
  const own = draft.record('enterprise');
  const code = draft.industryCode && !saysNothing(draft.industryCode) ? trimEdges(draft.industryCode.text) : '';
  const name = draft.industryName && !saysNothing(draft.industryName) ? trimEdges(draft.industryName.text) : '';
  const byCode = code === '' ? null : industries.parse(code);
  if (byCode?.ok) {
    if (byCode.industry.code !== '') own.industryCode = byCode.industry.code;
    own.industryName = (name !== '' && !/^[A-T]?\d+$/i.test(name) ? name : byCode.industry.name).slice(0, 100);
    if (byCode.sentence) draft.warn({ code: 'INDUSTRY_SECTION', sentence: byCode.sentence });
    return;
  }
  if (byCode) { draft.warn({ code: 'INDUSTRY_UNKNOWN', sentence: `${byCode.sentence}。原文写入备注` }); draft.keep('行业代码', code); }
  if (name === '') return;
  const byName = industries.parse(name);
  if (byName.ok) {
    if (byName.industry.code !== '') own.industryCode = byName.industry.code;
    own.industryName = (/\p{Script=Han}/u.test(name) ? name : byName.industry.name).slice(0, 100);
    if (byName.sentence) draft.warn({ code: 'INDUSTRY_SECTION', sentence: byName.sentence });
  } else {
    own.industryName = name.slice(0, 100);
    draft.warn({ code: 'INDUSTRY_UNKNOWN', sentence: `行业“${name}”不是国民经济行业大类名称，按原文保留，代码待补` });
  }
}

function readNames(draft: RowDraft): void {
  const own = draft.record('enterprise');
  if (own.name === undefined) {
    const stand = own.signName ?? own.shortName ?? own.creditCode ?? own.creditCodeQuarantine;
    if (stand === undefined) return;
    own.name = stand;
    draft.warn({ code: 'NAME_MISSING', sentence: `没有单位名称，暂用“${String(stand)}”，请补全称` });
    return;
  }
  const name = String(own.name);
  if ([...name].length < 2) draft.warn({ code: 'NAME_LENGTH', sentence: `单位名称“${name}”过短，请核对` });
  const hint = statusHint(name);
  if (hint && own.operatingStatus === undefined) {
    own.operatingStatus = hint;
    draft.warn({ code: 'STATUS_FROM_NAME', sentence: `按名称后的说明“${name}”登记了经营状态` });
  }
}

/** Cleans 单位名称: line breaks inside a name are the sheet's, not the name's. */
const nameCell = (cell: RegisterCell): RegisterCell => ({ ...cell, text: cell.text.replace(/\s*\n\s*/g, '') });

const hasValues = (values: FieldValues | undefined): FieldValues | null => (values && Object.keys(values).length > 0 ? values : null);

/** Reads one row. Nothing of it gets lost: what no field can hold is in `remarks` or `unmapped`. */
export function readRow(cells: readonly RegisterCell[], rules: SheetRules): RowContent {
  const draft = new RowDraft();
  for (const column of rules.columns) {
    const cell = cells[column.index];
    const blank = cell === undefined || cell.kind === 'empty' || cell.text === '';
    const { target } = column;
    if (cell?.kind === 'error' && cell.text === '' && target) {
      draft.warn({ code: 'FORMULA_WITHOUT_RESULT', sentence: `“${column.heading}”是公式，文件里没有存下结果，按不详处理；请用表格软件打开、保存后再导入` });
      continue;
    }
    if (target && (blank || saysNothing(cell))) draft.blanks.push(target.key);
    if (blank || column.how === 'ignored') continue;
    if (cell.kind === 'error') {
      draft.warn({ code: 'CELL_ERROR', sentence: `“${column.heading}”是公式错误 ${cell.text}，按不详处理` });
      continue;
    }
    if (!target) { draft.unmapped[column.heading || `第${column.index + 1}列`] = cell.text; continue; }
    readCell(draft, target.key === 'enterprise.name' ? nameCell(cell) : cell, column, rules);
  }
  readIndustry(draft, rules);
  readPosition(draft, rules.coordinateSystem);
  readNames(draft);
  const own = draft.record('enterprise');
  const people = readPeople({ names: draft.names, phones: draft.phones, ehs: draft.ehs, legalRep: typeof own.legalRep === 'string' ? own.legalRep : null });
  draft.warn(...people.warnings);
  const eia = hasValues(draft.records.get('eiaProject'));
  return {
    enterprise: own, areas: draft.areas, grid: draft.grid, contacts: people.contacts, formerNames: draft.formerNames, products: draft.products,
    eiaProjects: [...(eia ? [eia] : []), ...draft.eiaNumbers.map((approvalNo): FieldValues => ({ approvalNo }))],
    acceptance: hasValues(draft.records.get('acceptance')), permit: hasValues(draft.records.get('permit')), hazWasteProfile: hasValues(draft.records.get('hazWasteProfile')),
    label: draft.label, remarks: draft.remarks, blanks: draft.blanks, unmapped: draft.unmapped, warnings: draft.warnings,
  };
}
