// Made-up enterprises, the same in every run: names with the spread of real ones, villages, people, codes.
import * as XLSX from '@e965/xlsx';
import { creditCodeCheckCharacter } from '../../domain/values/credit-code.ts';

const PLACES = ['上海', '华漕', '青浦', '闵行', '虹桥', '浦江'];
const FIRST = '海瑞鑫德盛华明宏达永兴泰和嘉诚信通远恒丰利源博雅康健安顺佳美凯旋';
const SECOND = '明崧源达兴旺隆昌盛锦辉煌腾飞跃进步高升平和顺意如祥云天地人杰灵秀';
const TRADES = [
  '五金制品',
  '塑料制品',
  '电子科技',
  '食品加工',
  '汽车维修',
  '餐饮管理',
  '印刷包装',
  '化工材料',
  '家具制造',
  '机械设备',
  '环保工程',
  '生物医药',
];
const FORMS = ['有限公司', '厂', '有限责任公司', '经营部', '工作室'];
const FAMILY = '王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗';
const GIVEN = '建海秀志文丽国玉晓永春桂金红小华燕军平';
export const VILLAGES = [
  '建东村',
  '诸翟村',
  '许浦村',
  '纪东村',
  '纪西村',
  '赵家村',
  '杨家巷村',
  '卫星村',
  '红卫村',
  '鹫山村',
  '王泥浜村',
  '陈家角村',
  '陈思桥村',
  '石皮弄村',
  '范巷村',
];

const pick = <T>(list: ArrayLike<T>, n: number): T => list[n % list.length] as T;

/** A name; no two of the first million are alike. */
export function enterpriseName(n: number): string {
  return `${pick(PLACES, n * 7)}${pick(FIRST, n)}${pick(SECOND, n * 13 + (n >> 5))}${n}${pick(TRADES, n * 5)}${pick(FORMS, n >> 3)}`;
}

/** A person's name. */
export const personName = (n: number): string =>
  `${pick(FAMILY, n)}${pick(GIVEN, n * 3)}${n % 3 === 0 ? '' : pick(GIVEN, n * 11 + 5)}`;

/** A valid credit code. */
export function creditCode(n: number): string {
  const body = `91310112MA1${String(n).padStart(6, '0')}`;
  return body + creditCodeCheckCharacter(body);
}

const HEADINGS = [
  '序号',
  '企业名称',
  '统一社会信用代码',
  '街镇',
  '村居',
  '地址',
  '法定代表人',
  '联系人',
  '联系电话',
  '行业类别',
  '行业代码',
  '经营状态',
  '职工人数',
  '占地面积',
  '建筑面积',
  '环评批复文号',
  '排污许可证编号',
  '有效期至',
  '主要产品',
  '备注',
];

/** A client's register as xlsx: `rows` rows of 20 columns below one row of headings. */
export function registerFile(rows: number): Uint8Array {
  const lines = Array.from({ length: rows }, (_, n) => [
    n + 1,
    enterpriseName(n),
    creditCode(n),
    '华漕镇',
    pick(VILLAGES, n),
    `联友路${n % 900}号${n % 7}幢`,
    personName(n + 3),
    personName(n),
    `139${String(10_000_000 + n * 7).slice(-8)}`,
    pick(TRADES, n * 5),
    String(1300 + (n % 2900)),
    n % 9 === 0 ? '停产' : '在产',
    (n * 17) % 900,
    String(100 + ((n * 31) % 9000)),
    String(80 + ((n * 29) % 8000)),
    `闵环保许评表〔${2008 + (n % 12)}〕${n % 700}号`,
    `91310112MA1${String(n).padStart(7, '0')}001X`,
    `${2026 + (n % 4)}-0${1 + (n % 9)}-1${n % 10}`,
    pick(TRADES, n * 3),
    n % 5 === 0 ? '沿街' : '',
  ]);
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([HEADINGS, ...lines]), '企业名册');
  return new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer);
}
