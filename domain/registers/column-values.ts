// What the values of a column look like: settles short headings, and keeps a heading from taking the wrong column.
import { checkCreditCode, normaliseCreditCode } from '../values/credit-code.ts';
import { sectionOfCode } from '../values/industry-code.ts';
import { isUnitText, isUnknownToken, squeezeText } from '../values/text.ts';
import type { RegisterCell } from './cell.ts';
import { AREA_FIELDS } from './row-content.ts';
import { TARGETS, type Target } from './targets.ts';
import type { CellReading } from '../dictionary/field.ts';

/** Kinds of value that can be told by looks. */
export type ValueLook =
  | 'creditCode'
  | 'permitNumber'
  | 'industryCode'
  | 'wasteCode'
  | 'mobile'
  | 'phone'
  | 'longitude'
  | 'latitude'
  | 'day'
  | 'number'
  | 'enterpriseName'
  | 'yesNo'
  | 'village'
  | 'town'
  | 'district'
  | 'unit'
  | 'text';

const NAME_END =
  /(?:公司|工厂|总厂|分厂|厂|店|部|中心|合作社|经营部|商行|修理厂|维修部|酒店|饭店|餐厅|医院|研究所|事务所|加油站|工作室|集团|车间|门诊部|养殖场|仓库)(?:[((（].*[))）])?$/u;

/** What one value looks like; null for nothing. */
export function lookOf(cell: RegisterCell): ValueLook | null {
  const text = squeezeText(cell.text);
  if (text === '' || cell.kind === 'error' || isUnknownToken(text)) return null;
  if (cell.kind === 'date') return 'day';
  const code = normaliseCreditCode(text);
  if (/^[0-9A-Z]{18}$/.test(code) && (checkCreditCode(code).ok || /^(?:9[123]|1[129]|5[1239])\d{6}/.test(code)))
    return 'creditCode';
  if (/^\d(?:\.\d+)?E\+?1[4-9]$/i.test(text) || (cell.kind === 'number' && /^\d{18}$/.test(text))) return 'creditCode';
  if (/^[0-9A-Z]{18}\d{3}[A-Z]$/.test(code)) return 'permitNumber';
  if (/^1[3-9]\d{9}(?:[、,;/].*)?$/.test(text.replace(/-/g, ''))) return 'mobile';
  if (/^(?:\(?0\d{2,3}\)?-?)?[2-8]\d{6,7}(?:-\d{1,6})?$/.test(text)) return 'phone';
  if (/^(?:HW\d{2}|\d{3}-\d{3}-\d{2})/i.test(text)) return 'wasteCode';
  if (/^(?:19|20)\d{2}(?:[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?|年|\d{4})/.test(text) && text.length <= 40) return 'day';
  if (/^[A-T]\d{2,4}$/i.test(text) || (/^\d{3,4}$/.test(text) && sectionOfCode(text) !== null)) return 'industryCode';
  const degrees = /^(\d{1,3})(?:\.\d{3,}|[°度]\d.*)$/.exec(text);
  if (degrees) {
    const whole = Number(degrees[1]);
    if (whole >= 73 && whole <= 136) return 'longitude';
    if (whole >= 3 && whole <= 54) return 'latitude';
  }
  if (/^-?[\d,]+(?:\.\d+)?$/.test(text)) return 'number';
  if (isUnitText(text)) return 'unit';
  if (/^(?:是|否|有|无|√|×|Y|N|YES|NO|TRUE|FALSE)$/i.test(text)) return 'yesNo';
  if (text.length >= 2 && text.length <= 20) {
    if (/(?:村|居委会?|村委会?|居民委员会|村民委员会|社区|居民区)$/u.test(text)) return 'village';
    if (/(?:镇|街道|街道办事处|乡)$/u.test(text)) return 'town';
    if (
      /^\p{Script=Han}+(?:省|市|区|县|旗|自治州|自治区)$/u.test(text) &&
      !/(?:园区|工业区|开发区|片区|小区|社区)$/u.test(text)
    )
      return 'district';
  }
  if (NAME_END.test(text) && text.length >= 4 && text.length <= 60) return 'enterpriseName';
  return 'text';
}

/** How the values of a column look: shares of the non-empty ones, and how many these are. */
export interface ColumnLook {
  readonly filled: number;
  readonly share: (look: ValueLook) => number;
  readonly most: ValueLook | null;
}

const SAMPLE = 300;

/** Looks at the first values of a column. */
export function lookAtColumn(cells: Iterable<RegisterCell>): ColumnLook {
  const counts = new Map<ValueLook, number>();
  let filled = 0;
  for (const cell of cells) {
    const look = lookOf(cell);
    if (!look) continue;
    counts.set(look, (counts.get(look) ?? 0) + 1);
    filled += 1;
    if (filled >= SAMPLE) break;
  }
  const share = (look: ValueLook): number => (filled === 0 ? 0 : (counts.get(look) ?? 0) / filled);
  const most = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  return { filled, share, most };
}

/** The level of territory that most values of a column name; null when they do not say. */
export function placeByLook(look: ColumnLook): 'village' | 'town' | 'above' | null {
  if (look.share('village') >= 0.6) return 'village';
  if (look.share('town') >= 0.6) return 'town';
  return look.share('district') >= 0.6 ? 'above' : null;
}

/** Targets by how their cells are read: what a column that looks like such values is for. */
const read = (reading: CellReading): Target | null => TARGETS.find((t) => t.meta.cell === reading) ?? null;

/** The target that values alone give away, for a heading that says too little; null when they do not. */
export function targetByLook(look: ColumnLook, heading: string): Target | null {
  const mostly = (wanted: ValueLook, least = 0.6): boolean => look.filled > 0 && look.share(wanted) >= least;
  if (mostly('creditCode', 0.5)) return read('creditCode');
  if (mostly('permitNumber')) return read('number');
  if (mostly('mobile')) return read('phone');
  if (mostly('wasteCode')) return read('wasteCodes');
  if (mostly('enterpriseName')) return read('name');
  const short = heading.length <= 6;
  if (short && mostly('longitude', 0.9)) return read('longitude');
  if (short && mostly('latitude', 0.9)) return read('latitude');
  if (/代码|行业/.test(heading) && mostly('industryCode')) return read('industryCode');
  if (short && look.share('phone') + look.share('mobile') >= 0.8) return read('phone');
  return null;
}

const NO_NAME: readonly ValueLook[] = ['creditCode', 'mobile', 'phone', 'day', 'number', 'yesNo', 'enterpriseName'];

/** Looks that a field may not have when they make up most of a column, by how its cells are read. */
const IMPOSSIBLE: Readonly<Partial<Record<CellReading, readonly ValueLook[]>>> = {
  name: [
    'creditCode',
    'permitNumber',
    'mobile',
    'phone',
    'day',
    'number',
    'longitude',
    'latitude',
    'yesNo',
    'wasteCode',
    'industryCode',
    'unit',
  ],
  person: NO_NAME,
  phone: ['creditCode', 'day', 'yesNo', 'enterpriseName', 'longitude', 'latitude'],
  creditCode: [
    'mobile',
    'phone',
    'day',
    'yesNo',
    'enterpriseName',
    'industryCode',
    'wasteCode',
    'longitude',
    'latitude',
  ],
  industryCode: ['creditCode', 'mobile', 'day', 'yesNo'],
  industryName: ['creditCode', 'mobile', 'day', 'yesNo'],
};

const NOT_A_DAY: readonly ValueLook[] = ['creditCode', 'mobile', 'phone', 'yesNo', 'enterpriseName', 'permitNumber'];
const NOT_AN_ANSWER: readonly ValueLook[] = ['creditCode', 'mobile', 'day', 'enterpriseName', 'permitNumber'];
const NOT_AN_ADDRESS: readonly ValueLook[] = ['creditCode', 'mobile', 'day', 'yesNo', 'number'];
const NOT_AN_AREA: readonly ValueLook[] = [
  'creditCode',
  'mobile',
  'phone',
  'day',
  'enterpriseName',
  'yesNo',
  'number',
  'longitude',
  'latitude',
];
/** Levels that districts are above of. */
const LOW_LEVELS: readonly string[] = [AREA_FIELDS.town, AREA_FIELDS.village];
const NOT_A_CHOICE: readonly ValueLook[] = [
  'creditCode',
  'mobile',
  'phone',
  'day',
  'enterpriseName',
  'permitNumber',
  'longitude',
  'latitude',
];

function impossibleFor({ meta, field }: Target): readonly ValueLook[] {
  const own = meta.cell ? IMPOSSIBLE[meta.cell] : undefined;
  if (own) return own;
  if (meta.person) return NO_NAME;
  if (meta.kind === 'day') return NOT_A_DAY;
  if (meta.kind === 'fourState' || meta.kind === 'flag') return NOT_AN_ANSWER;
  if (meta.kind === 'reference') {
    if (meta.target !== 'area') return [];
    return LOW_LEVELS.includes(field) ? [...NOT_AN_AREA, 'district'] : NOT_AN_AREA;
  }
  if (meta.kind === 'choice') return NOT_A_CHOICE;
  return meta.label.endsWith('地址') ? NOT_AN_ADDRESS : [];
}

/** Can a column that looks like this hold that field? Asked of every recognition but a person's choice. */
export function isPlausible(target: Target, look: ColumnLook): boolean {
  return look.filled === 0 || impossibleFor(target).reduce((sum, l) => sum + look.share(l), 0) < 0.7;
}
