// What kind of object an enterprise is where its register does not say: by its industry, else by words in its name (domain reference 2.4).
import { lookup } from '../values/lookup.ts';
import type { IndustryIndex } from '../values/industry-code.ts';
import { squeezeText } from '../values/text.ts';
import type { StoredValue } from './cell.ts';
import type { KindGuess } from './row-content.ts';

/**
 * Beginnings of codes of GB/T 4754-2017 and the kind that follows, the longest first found wins. Divisions of C and D are
 * industrial; of the others only what is that kind and nothing else.
 */
const BY_CODE: readonly (readonly [prefix: string, objectKind: string])[] = [
  ...['01', '02', '03', '04', '05'].map((division) => [division, 'farm'] as const),
  ['5191', 'waste_recycling'],
  ['5265', 'gas_station_tank'],
  ['5266', 'gas_station_tank'],
  ['5532', 'yard_wharf'],
  ['59', 'warehouse'],
  ['62', 'catering'],
  ['702', 'property_manager'],
  ['73', 'laboratory'],
  ['745', 'laboratory'],
  ['746', 'laboratory'],
  ['80', 'retail_service'],
  ['811', 'car_repair'],
  ['8222', 'medical'],
  ['84', 'medical'],
];

const BY_SECTION: Readonly<Record<string, string>> = lookup({ C: 'industrial', D: 'industrial', A: 'farm' });

/** Words of names and of industries written in other words than the standard's; the first that stands in the text wins. */
const BY_WORD: readonly (readonly [words: RegExp, objectKind: string])[] = [
  [/汽车?(?:修理|维修|维护|保养|美容|快修|养护)|机动车(?:修理|维修)|汽修|钣喷|修理厂|洗车/u, 'car_repair'],
  [/加油站|加气站|加油加气|机动车燃油|油库/u, 'gas_station_tank'],
  [/餐饮|饭店|餐厅|餐馆|酒楼|酒家|火锅|烧烤|小吃|面馆|快餐|食堂|正餐|饮品店|奶茶/u, 'catering'],
  [/医院|诊所|门诊|卫生院|卫生服务中心|卫生室|口腔/u, 'medical'],
  [/物业管理|物业服务|物业公司/u, 'property_manager'],
  [/再生资源回收|再生物资回收|废品|废旧物资|废旧金属回收/u, 'waste_recycling'],
  [/养殖|畜牧|牧场|奶牛场|猪场|鸡场|种植|农场/u, 'farm'],
  [/码头|堆场|搅拌站/u, 'yard_wharf'],
  [/仓储|冷库|物流园/u, 'warehouse'],
  [/实验室|研究院|研究所|研发中心|检测技术|检验检测/u, 'laboratory'],
  [
    /制造|冶炼|加工(?:业|厂|$)|(?:机械|五金|塑料|化工|电镀|印刷|纺织|服装|家具|水泥|玻璃|铸造|模具|电器|制品|食品|涂料|造纸|钢铁|制药|饲料|砖瓦?|橡胶)(?:总|分)?厂|发电厂?|热电|污水处理|自来水/u,
    'industrial',
  ],
];

function byWord(text: string): { objectKind: string; word: string } | null {
  for (const [words, objectKind] of BY_WORD) {
    const word = words.exec(text)?.[0];
    if (word !== undefined) return { objectKind, word };
  }
  return null;
}

function byCode(code: string): { prefix: string; objectKind: string } | null {
  const hits = BY_CODE.filter(([prefix]) => code.startsWith(prefix));
  const best = hits.sort((a, b) => b[0].length - a[0].length)[0];
  return best ? { prefix: best[0], objectKind: best[1] } : null;
}

/** What is known of an enterprise whose kind is not said. */
export interface GuessFacts {
  readonly name: StoredValue | undefined;
  readonly code: StoredValue | undefined;
  readonly industry: StoredValue | undefined;
  /** Section letter of its industry. */
  readonly section: string | null;
}

/** The kind that follows from the industry, else from the name; null where neither says it. */
export function guessKind(facts: GuessFacts, industries: IndustryIndex): KindGuess | null {
  const section = facts.section;
  const sectionName = industries.sections.find((s) => s.code === section)?.name ?? '';
  if (section !== null && BY_SECTION[section] === 'industrial')
    return { objectKind: 'industrial', from: 'industry', word: `${section} ${sectionName}` };
  const code = String(facts.code ?? '');
  const known = code === '' ? null : byCode(code);
  if (known) {
    const name = industries.nameOf(code) ?? '';
    return {
      objectKind: known.objectKind,
      from: 'industry',
      word: `${known.prefix} ${String(facts.industry ?? name)}`.trim(),
    };
  }
  if (section !== null && BY_SECTION[section] !== undefined)
    return { objectKind: BY_SECTION[section], from: 'industry', word: `${section} ${sectionName}` };
  const industry = squeezeText(String(facts.industry ?? ''));
  const byIndustry = industry === '' || (section !== null && code !== '') ? null : byWord(industry);
  if (byIndustry) return { objectKind: byIndustry.objectKind, from: 'industry', word: byIndustry.word };
  // An industry that is known and makes no kind is not overruled by a word in the name.
  if (section !== null) return null;
  const byName = byWord(squeezeText(String(facts.name ?? '')));
  return byName ? { objectKind: byName.objectKind, from: 'name', word: byName.word } : null;
}
