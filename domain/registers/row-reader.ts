// Reads one row of a register by the recognised columns: every cell becomes a value, a warning or a part of the remark.
import { checkCreditCode, normaliseCreditCode } from '../values/credit-code.ts';
import { nameKey, statusHint } from '../values/name-key.ts';
import { trimEdges, wholeCharacters } from '../values/text.ts';
import type { CellReading } from '../dictionary/field.ts';
import type { RegisterCell, StoredValue } from './cell.ts';
import { readCell } from './cell-readings.ts';
import { saysNothing } from './cell-values.ts';
import { fieldRead, OTHER_NAMES, PEOPLE, REGISTER_KINDS } from './kinds.ts';
import type { MappedColumn } from './mapping.ts';
import { guessKind } from './object-kind-guess.ts';
import { readPeople } from './people-cells.ts';
import { readPosition } from './position-cells.ts';
import type { FieldValues, RowContent, StagedRecord } from './row-content.ts';
import { RowDraft } from './row-draft.ts';
import type { Target } from './targets.ts';
import type { SheetRules } from './sheet-rules.ts';

/** Names that no enterprise has: rows of sums. */
export const isTotalName = (name: string): boolean =>
  /^(?:合计|小计|总计|共计|累计|本页合计|本页小计|总数)[:：]?$/u.test(name.replace(/\s/g, ''));

/** Reads the industry; gives the section that it lies in, where that is known. */
function readIndustry(draft: RowDraft, { industries }: SheetRules): string | null {
  const { own } = draft;
  const code = draft.industryCode && !saysNothing(draft.industryCode) ? trimEdges(draft.industryCode.text) : '';
  const name = draft.industryName && !saysNothing(draft.industryName) ? trimEdges(draft.industryName.text) : '';
  const byCode = code === '' ? null : industries.parse(code);
  if (byCode?.ok) {
    if (byCode.industry.code !== '') own.industryCode = byCode.industry.code;
    own.industryName = wholeCharacters(name !== '' && !/^[A-T]?\d+$/i.test(name) ? name : byCode.industry.name, 100);
    if (byCode.sentence) draft.warn({ code: 'INDUSTRY_SECTION', sentence: byCode.sentence });
    return byCode.industry.section;
  }
  if (byCode) {
    draft.warn({ code: 'INDUSTRY_UNKNOWN', sentence: `${byCode.sentence}。原文写入备注` });
    draft.keep('行业代码', code);
  }
  if (name === '') return null;
  const byName = industries.parse(name);
  if (byName.ok) {
    if (byName.industry.code !== '') own.industryCode = byName.industry.code;
    own.industryName = wholeCharacters(/\p{Script=Han}/u.test(name) ? name : byName.industry.name, 100);
    if (byName.sentence) draft.warn({ code: 'INDUSTRY_SECTION', sentence: byName.sentence });
    return byName.industry.section;
  } else {
    own.industryName = wholeCharacters(name, 100);
    const sentence =
      byName.reason === 'divided'
        ? `行业${byName.sentence}；按原文保留`
        : `行业“${name}”不是国民经济行业大类名称，按原文保留，代码待补`;
    draft.warn({ code: 'INDUSTRY_UNKNOWN', sentence });
  }
  return null;
}

/** Is there anything in a name by which an enterprise could be called: a letter, a character, a figure? */
const isName = (name: StoredValue | undefined): name is StoredValue =>
  name !== undefined && /[\p{L}\p{N}]/u.test(String(name)) && nameKey(String(name)) !== '';

/** Number of a permit: the code of the enterprise, its site, and what kind of number it is. */
const PERMIT_NUMBER = /^([0-9A-Z]{18})(\d{3})[A-Z]$/;

/** A permit names its holder by the code in its number, where the row says no code by itself. */
function codeOfPermit(draft: RowDraft, records: Record<string, StagedRecord[]>): RowContent['byPermit'] {
  if (draft.own.creditCode !== undefined || draft.own.creditCodeQuarantine !== undefined) return null;
  const numbers = REGISTER_KINDS.flatMap(({ entity }) => {
    const field = fieldRead(entity, 'number');
    return field === null ? [] : (records[entity.name] ?? []).map((record) => record.values[field]);
  });
  const found = new Map<string, string>();
  for (const number of numbers) {
    const [, code = '', siteNo = ''] = PERMIT_NUMBER.exec(normaliseCreditCode(String(number ?? ''))) ?? [];
    if (checkCreditCode(code).ok) found.set(code, siteNo);
  }
  const [only, ...others] = found;
  return only && others.length === 0 ? { code: only[0], siteNo: only[1] } : null;
}

/** Reads the name; true where the row has none and something else stands in for it. */
function readNames(draft: RowDraft): boolean {
  const { own } = draft;
  if (own.name !== undefined && !isName(own.name)) {
    draft.warn({ code: 'NAME_UNUSABLE', sentence: `单位名称“${String(own.name)}”只有符号，不能作名称` });
    draft.keep('单位名称', String(own.name));
    delete own.name;
  }
  if (own.name === undefined) {
    const stand = [own.signName, own.shortName, own.creditCode, own.creditCodeQuarantine].find(isName);
    if (stand === undefined) return false;
    own.name = stand;
    draft.warn({ code: 'NAME_MISSING', sentence: `没有单位名称，暂用“${String(stand)}”，请补全称` });
    return true;
  }
  const name = String(own.name);
  if ([...name].length < 2) draft.warn({ code: 'NAME_LENGTH', sentence: `单位名称“${name}”过短，请核对` });
  const hint = statusHint(name);
  if (hint && own.operatingStatus === undefined) {
    own.operatingStatus = hint;
    draft.warn({ code: 'STATUS_FROM_NAME', sentence: `按名称后的说明“${name}”登记了经营状态` });
  }
  return false;
}

/** The people of a row become records of their kind; what else its columns say of them is said of the first. */
function addPeople(draft: RowDraft, records: Record<string, StagedRecord[]>): void {
  if (!PEOPLE) return;
  const { own } = draft;
  const people = readPeople({
    names: draft.names,
    phones: draft.phones,
    ehs: draft.ehs,
    legalRep: typeof own.legalRep === 'string' ? own.legalRep : null,
  });
  draft.warn(...people.warnings);
  const kind = PEOPLE.entity.name;
  const [also, ...others] = records[kind] ?? [];
  const made = people.contacts.map((contact): StagedRecord => {
    const values = Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== null)) as FieldValues;
    return { values, said: [] };
  });
  const [first, ...rest] = made;
  if (first && also)
    records[kind] = [{ values: { ...first.values, ...also.values }, said: also.said }, ...rest, ...others];
  else if (first) records[kind] = made;
}

/** Reads one row. Nothing of it gets lost: what no field can hold is in `remarks` or `unmapped`. */
export function readRow(cells: readonly RegisterCell[], rules: SheetRules): RowContent {
  const draft = new RowDraft();
  const at = (cell: CellReading): number | undefined => rules.columns.find((c) => c.target?.meta.cell === cell)?.index;
  for (const column of rules.columns)
    draft.about(column.index, () => readColumn(draft, cells[column.index], column, rules));
  let section: string | null = null;
  draft.about(at('industryName') ?? at('industryCode'), () => (section = readIndustry(draft, rules)));
  draft.about(at('longitude') ?? at('latitude'), () => readPosition(draft, rules.coordinateSystem));
  const { own } = draft;
  const records = draft.finish();
  const byPermit = codeOfPermit(draft, records);
  const codeColumn = at('creditCode');
  if (byPermit && codeColumn !== undefined)
    draft.warn({
      code: 'CODE_IN_PERMIT',
      sentence: `没有信用代码，许可证编号里的代码是 ${byPermit.code}，可以采用`,
      column: codeColumn,
      proposal: byPermit.code,
    });
  let standIn = false;
  draft.about(at('name'), () => (standIn = readNames(draft)));
  draft.about(at('phone') ?? at('person'), () => addPeople(draft, records));
  dropOwnName(own, records);
  return {
    enterprise: own,
    standIn,
    records,
    areas: draft.areas,
    grid: draft.grid,
    staff: draft.staff,
    byPermit,
    guess:
      own.objectKind !== undefined
        ? null
        : guessKind({ name: own.name, code: own.industryCode, industry: own.industryName, section }, rules.industries),
    remarks: draft.remarks,
    kept: draft.kept,
    blanks: draft.blanks,
    unmapped: draft.unmapped,
    warnings: draft.warnings,
  };
}

/** Names and phones of a paper on which they were masked: 王**, 138****6021. */
const isMasked = ({ meta }: Target, text: string): boolean =>
  (meta.masked === true || meta.person === true) && /(?:[\p{Script=Han}\d-])[*＊]+|[*＊]{2,}/u.test(text);

function readColumn(draft: RowDraft, cell: RegisterCell | undefined, column: MappedColumn, rules: SheetRules): void {
  const blank = cell === undefined || cell.kind === 'empty' || cell.text === '';
  const { target } = column;
  if (cell?.kind === 'error' && cell.text === '' && target) {
    draft.warn({
      code: 'FORMULA_WITHOUT_RESULT',
      sentence: `“${column.heading}”是公式，文件里没有存下结果，按不详处理；请用表格软件打开、保存后再导入`,
    });
    return;
  }
  if (target && (blank || saysNothing(cell))) draft.blanks.push(target.key);
  if (blank || column.how === 'ignored') return;
  if (cell.kind === 'error') {
    draft.warn({ code: 'CELL_ERROR', sentence: `“${column.heading}”是公式错误 ${cell.text}，按不详处理` });
    return;
  }
  if (target && isMasked(target, cell.text)) {
    draft.warn({ code: 'MASKED', sentence: `${target.label}“${cell.text}”是遮挡过的，没有导入` });
    return;
  }
  if (!target) draft.unmapped[column.heading || `第${column.index + 1}列`] = cell.text;
  else readCell(draft, cell, column, rules);
}

/** A former name that is the name itself says nothing. */
function dropOwnName(own: FieldValues, records: Record<string, StagedRecord[]>): void {
  const kind = OTHER_NAMES?.entity.name;
  const names = kind === undefined ? undefined : records[kind];
  if (kind !== undefined && names && own.name !== undefined)
    records[kind] = names.filter((r) => nameKey(String(r.values.name)) !== nameKey(String(own.name)));
}
