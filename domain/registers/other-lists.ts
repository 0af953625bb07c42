// Lists that are often taken for registers: what tells them, what they are called, and where they belong.
import { FILE_TABS } from '../enterprises/file-tabs.ts';
import { nameKey } from '../values/name-key.ts';
import { normaliseHeading } from '../values/text.ts';
import type { ColumnLook } from './column-values.ts';
import { SUBJECT } from './kinds.ts';
import type { MappedColumn } from './mapping.ts';

const tab = (id: string): string => `企业页“${FILE_TABS.find((one) => one.id === id)?.label ?? ''}”`;

interface OtherList {
  readonly name: string;
  /** Headings that only such a list has. */
  readonly headings: RegExp;
  readonly belongs: string;
}

const KEPT_AS_FILE = '原表可以作为附件存到各企业';

/** The first of those with most headings wins. */
const OTHER_LISTS: readonly OtherList[] = [
  {
    name: '危险废物台账',
    headings: /废物|危废|联单|废液|贮存量|转移量|处置去向|处置单位/u,
    belongs: `危废请在${tab('waste')}里登记`,
  },
  {
    name: '监测台账',
    headings: /监测|检测|采样|点位|浓度|限值|因子|排放口/u,
    belongs: KEPT_AS_FILE,
  },
  {
    name: '设备清单',
    headings: /设备|设施|型号|功率|台数|出厂/u,
    belongs: KEPT_AS_FILE,
  },
  {
    name: '环评台账',
    headings: /环评|批复|项目名称|建设项目|环境影响|验收/u,
    belongs: `环评和验收请在${tab('formalities')}里登记，或在表里补上单位名称列`,
  },
  {
    name: '排污许可台账',
    headings: /许可|排污登记/u,
    belongs: `许可请在${tab('formalities')}里登记，或在表里补上单位名称列`,
  },
  {
    name: '产品清单',
    headings: /产品|产量|产能|原料|辅料/u,
    belongs: KEPT_AS_FILE,
  },
  { name: '文件清单', headings: /文件|文档|上传|页数|档号|法规|标准名称|文号/u, belongs: KEPT_AS_FILE },
  {
    name: '物品或价目清单',
    headings: /品名|药品|试剂|物料|货物|商品|单价|价格|计量|规格|库存|数量/u,
    belongs: '不用导入',
  },
];

/** What a list of other things is, by its headings; null for one that is not known. */
export function otherListOf(headings: readonly string[]): OtherList | null {
  const counted = OTHER_LISTS.map((list) => ({ list, hits: headings.filter((h) => list.headings.test(h)).length }));
  const best = counted.reduce((a, b) => (b.hits > a.hits ? b : a));
  return best.hits > 0 ? best.list : null;
}

/** What a sheet says for telling whether it is a register. */
export interface SheetFacts {
  readonly columns: readonly MappedColumn[];
  readonly look: (column: MappedColumn) => ColumnLook;
  /** Code and name of each row that has both. */
  readonly named: () => Iterable<readonly [code: string, name: string]>;
}

const NAMES = ['enterprise.name', 'enterprise.signName', 'enterprise.shortName'];
/** Headings under which anything may be listed. */
const BARE = new Set(['名称', '单位', '名字', '全称', 'NAME']);
const FEW_ROWS = 4;

const keyOf = (column: MappedColumn): string => column.target?.key ?? '';

function refusal(listed: string, why: string, { columns }: SheetFacts): string {
  const list = otherListOf(columns.map((c) => normaliseHeading(c.heading)));
  const told = list ? `像是${list.name}，` : '';
  const belongs = list ? `${list.belongs}；` : '';
  return `这张表列的是“${listed}”，${told}${why}，不是企业名册；${belongs}若确是名册，请指定哪一列是单位名称`;
}

/** Is nothing of an enterprise said beside a bare 名称 whose values look like anything else? */
function namesOtherThings(column: MappedColumn, facts: SheetFacts): boolean {
  if (!BARE.has(normaliseHeading(column.heading)) || facts.look(column).share('enterpriseName') >= 0.2) return false;
  const others = facts.columns.filter((c) => c !== column && c.how !== 'ignored');
  const says = (c: MappedColumn): boolean =>
    c.target !== null && c.target.meta.cell !== 'remark' && (c.target.definition === SUBJECT || c.how !== 'values');
  return others.length > 0 && !others.some(says);
}

/** Headings that name the enterprise itself beside a list of other things; 生产单位 or 使用地 beside 药品名称 need not. */
const ITSELF =
  /^(?:企业|单位|公司|厂|名称|店)|排污|污染|产废|产污|产生|移出|涉|受检|被|经营|业主|法人|申报|申请|建设|使用|责任|用人|所属|持证|主体|对象/u;
const LISTED = /(?:名称|品名|点位|型号)$/u;
const LOOSE: readonly string[] = ['contains', 'values'];

/** Is the enterprise only guessed, from who makes or does something, beside the names of other things? */
function listsOtherThings(name: MappedColumn, facts: SheetFacts): MappedColumn | null {
  if (!LOOSE.includes(name.how) || ITSELF.test(normaliseHeading(name.heading))) return null;
  if (facts.columns.some((c) => keyOf(c) === 'enterprise.creditCode')) return null;
  // Names of wastes or projects that have a field make a ledger of the enterprise, whoever it names.
  const listed = (c: MappedColumn): boolean => c.target === null && LISTED.test(normaliseHeading(c.heading));
  return facts.columns.find((c) => c !== name && listed(c)) ?? null;
}

/** Do most rows repeat the code of another row under another name, and name no enterprise? */
function repeatsCodes(column: MappedColumn, facts: SheetFacts): boolean {
  if (facts.look(column).share('enterpriseName') >= 0.5) return false;
  const names = new Map<string, Set<string>>();
  const codes: string[] = [];
  for (const [code, name] of facts.named()) {
    codes.push(code);
    names.set(code, (names.get(code) ?? new Set()).add(nameKey(name)));
  }
  const repeated = codes.filter((code) => (names.get(code)?.size ?? 0) > 1).length;
  return codes.length >= FEW_ROWS && repeated >= codes.length * 0.6;
}

/** Why a sheet is no list of enterprises, and where it belongs; null where it is one. */
export function whyNoRegister(facts: SheetFacts): string | null {
  const { columns } = facts;
  const has = (keys: readonly string[]): boolean => columns.some((c) => keys.includes(keyOf(c)));
  const name = columns.find((c) => keyOf(c) === NAMES[0]);
  const free = name !== undefined && name.how !== 'chosen' && name.how !== 'remembered';
  if (name && free && namesOtherThings(name, facts)) return refusal(name.heading, '没有一列说明是哪家企业', facts);
  if (name && free && repeatsCodes(name, facts)) return refusal(name.heading, '同一信用代码下有多个名称', facts);
  const listed = name && free ? listsOtherThings(name, facts) : null;
  if (listed) return refusal(listed.heading, '没有一列说明是哪家企业', facts);
  if (has(NAMES)) return null;
  // A list of other things may carry the code of the enterprise that they belong to.
  const other = columns.find((c) => c.target?.definition !== SUBJECT && LISTED.test(normaliseHeading(c.heading)));
  if (other) return refusal(other.heading, '没有单位名称列', facts);
  if (has(['enterprise.creditCode', 'permit.number'])) return null;
  return '没有单位名称列，也没有信用代码列；请指定哪一列是单位名称';
}
