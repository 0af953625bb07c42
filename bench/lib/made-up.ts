// Made-up enterprises, the same in every run: names with the spread of real ones, villages, people, codes.
import { creditCodeCheckCharacter } from '../../domain/values/credit-code.ts';

const PLACES = ['上海', '华漕', '青浦', '闵行', '虹桥', '浦江'];
const FIRST = '海瑞鑫德盛华明宏达永兴泰和嘉诚信通远恒丰利源博雅康健安顺佳美凯旋';
const SECOND = '明崧源达兴旺隆昌盛锦辉煌腾飞跃进步高升平和顺意如祥云天地人杰灵秀';
export const TRADES = [
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

export const pick = <T>(list: ArrayLike<T>, n: number): T => list[n % list.length] as T;

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
