// Words of registers for the choices of the dictionary: 汽修厂 is 汽修, 正常 is 在产. Labels themselves are not repeated here.
import { isUnknownToken, squeezeText } from '../values/text.ts';
import type { RegisterCell } from './cell.ts';
import type { Target } from './targets.ts';

type Words = Readonly<Record<string, string>>;

const OBJECT_KIND: Words = {
  industrial: '工业 制造业 制造 生产企业 加工企业 加工厂 工厂 工业类 生产型企业 制造企业 生产加工 生产性企业 工业污染源 工业源',
  car_repair: '汽修厂 汽车维修 汽车修理 汽修店 汽修企业 汽修行业 机动车维修 汽车维修与保养 修理厂 4S店 汽车美容 洗车 洗车店 汽车服务 钣喷',
  catering: '饭店 餐饮店 餐馆 餐厅 餐饮企业 餐饮业 餐饮服务 小餐饮 酒楼 食堂 火锅店 烧烤 烧烤店 小吃店 面馆 快餐店 奶茶店',
  laboratory: '实验室 研发 研发机构 研发企业 科研 科研机构 检测机构 检验检测 生物医药研发',
  medical: '医疗 医院 诊所 门诊 门诊部 卫生院 卫生服务中心 社区卫生服务中心 卫生站 口腔诊所 宠物医院 动物医院 动物诊疗',
  warehouse: '仓库 物流 物流仓储 仓储物流 仓储企业 冷库', building: '商务楼 写字楼 办公楼 商业综合体',
  construction_site: '工地 施工工地 在建工地 建设工地', property_manager: '物业公司 物业管理 物业企业', yard_wharf: '堆场 码头 沙石料场 砂石料场 搅拌站',
  waste_recycling: '废品回收 废品收购 废品收购站 回收站 再生资源 再生资源回收 废旧物资回收', gas_station_tank: '加油站 加气站 储罐 油库 油气储罐 加油加气站',
  public_area: '公共区域', retail_service: '服务业 服务单位 洗衣店 干洗店 洗衣 干洗 商业 零售 超市 美容美发 三产 第三产业 KTV 宾馆 酒店 浴室 商铺 农贸市场 其他服务业',
  farm: '养殖 养殖场 养殖户 畜禽养殖 水产养殖 农业 农业企业 种植 合作社 规模养殖场', other: '其它',
};

const STATUS: Words = {
  operating: '正常 生产 正常生产 生产中 正在生产 在营 在业 营业 营业中 正常营业 经营 经营中 正常经营 开业 存续 恢复生产 复产 已复产 运营 运营中 在运营 正常运营 运行 运行中 正常运行 投产 已投产 开工 是 有 √ Y YES 1 在册 存续(在营、开业、在册)',
  suspended: '停业 歇业 暂停 停工 停运 长期停产 临时停产 季节性停产 暂停营业 暂停生产 未生产 不生产 停产中 已停产 已停业 停止生产 未营业 关门 空关 否 × X N NO 0',
  closed: '关闭 已关停 已关闭 注销 已注销 吊销 吊销未注销 倒闭 已倒闭 取缔 已取缔 拆除 已拆除 永久关闭 破产 清退 已清退 淘汰 已淘汰',
  relocating: '正在搬迁 拟搬迁 待搬迁 搬离中', relocated: '搬迁 已搬迁 搬离 搬走 已搬走 迁出 已迁出 外迁 拆迁 已拆迁 动迁 已动迁 迁移',
  under_construction: '建设中 筹建 筹建中 未投产 未建成 装修中 在建设', trial: '调试 试生产 调试中 调试/试运行 试营业', not_found: '找不到 未找到 无此企业 查无此企业 查无企业 不存在 查无此单位',
};

const WORDS: Readonly<Record<string, Words>> = {
  'enterprise.objectKind': OBJECT_KIND,
  'enterprise.operatingStatus': STATUS,
  'enterprise.managementTier': { district: '区管 区 区属 市级 市管', town: '镇管 镇 街镇 街道 街镇级 乡镇', park: '园区管 园区级' },
  'enterprise.scale': { large: '大 大型企业', medium: '中 中型企业', small: '小 小型企业', micro: '微 微型企业 微企' },
  'enterprise.premisesKind': { owned: '自建 自有厂房 自购', leased: '租用 承租 租 租赁厂房 租借', sublet: '转租厂房 分租' },
  'enterprise.coordinateSystem': {
    wgs84: 'WGS84 84坐标 84 GPS', gcj02: 'GCJ02 火星坐标 高德 高德坐标 腾讯坐标 国测局坐标', bd09: 'BD09 百度 百度坐标',
    cgcs2000: '2000 国家2000 CGCS-2000 国家大地2000 2000国家大地坐标系 大地2000', sh_local: '上海城建 上海坐标 上海2000 城建坐标',
  },
  'permit.managementClass': {
    key: '重点 重点排污许可 重点管理类', simplified: '简化 简化管理类', registration: '登记 排污登记 登记管理类 登记类 排污许可登记 固定污染源排污登记',
    not_required: '无需 不需要 无须办理 豁免 免于登记 不涉及 未纳入 无需申领 无需登记', missing: '未办理 未办 未申领 未登记 应办未办 未取得',
  },
  'eiaProject.documentKind': {
    report_book: '书 环评报告书 环境影响报告书', report_form: '表 环评报告表 环境影响报告表', registration_form: '环评登记表 环境影响登记表 备案登记表 登记 备案 登记备案',
    exempt: '豁免 无需环评 免于环评 不纳入 不涉及 无需办理 无需', missing: '无环评 未办理 未办 未批先建 缺失 未做环评 无手续',
  },
  'eiaProject.nature': { new: '新建项目', rebuild: '改建项目', expand: '改扩建 扩建项目 改、扩建', technical_change: '技术改造 技改项目', relocate: '搬迁 迁建项目 异地迁建' },
  'acceptance.kind': {
    self: '自验收 企业自主验收 已自主验收 自主', authority_solid_noise_legacy: '环保局验收 行政许可验收 已通过环保局验收', exempt: '无需 不需要 不涉及 豁免',
    pending: '未验收 否 未 未完成验收 待验收 验收中 未办理 N NO × 0',
  },
  'hazWasteProfile.managementClass': { key: '重点 重点管理 重点源', simplified: '简化', registration: '登记' },
  'enterprise.creditCodeMissingReason': { not_registered: '无照 无执照 无证无照', in_registration: '办理中', individual_without_code: '个体户' },
};

const clean = (text: string): string => squeezeText(text).toUpperCase().replace(/[。.,;:!]+$/u, '');

interface WordIndex { readonly exact: ReadonlyMap<string, string>; readonly inside: readonly (readonly [string, string])[] }
const indexes = new Map<string, WordIndex>();

function indexOf(target: Target): WordIndex {
  const known = indexes.get(target.key);
  if (known) return known;
  const exact = new Map<string, string>();
  for (const [id, words] of Object.entries(WORDS[target.key] ?? {})) for (const word of words.split(' ')) exact.set(clean(word), id);
  for (const [id, name] of Object.entries(target.meta.vocabulary?.labels ?? {})) {
    exact.set(clean(name), id);
    for (const part of name.split('/')) if (part !== name && part.length >= 2 && !exact.has(clean(part))) exact.set(clean(part), id);
  }
  const inside = [...exact].filter(([w]) => w.length >= 2 && /\p{Script=Han}{2}/u.test(w)).sort((a, b) => b[0].length - a[0].length);
  const index = { exact, inside };
  indexes.set(target.key, index);
  return index;
}

/** What a word means: `exact` for a label or a known word, `inside` where a known word stands in a longer text. */
export type WordResult = { readonly id: string; readonly how: 'exact' | 'inside' } | null;

const DENIAL = /[未不非无免]$/u;

/** The vocabulary id that a cell's words mean for a choice field; null when nothing is recognised. */
export function wordOf(target: Target, text: string): WordResult {
  const index = indexOf(target);
  const word = clean(text);
  const exact = index.exact.get(word);
  if (exact) return { id: exact, how: 'exact' };
  const hits = index.inside.filter(([inside]) => {
    const at = word.indexOf(inside);
    return at >= 0 && !DENIAL.test(word.slice(0, at));
  });
  const best = hits[0];
  if (!best) return null;
  // Two words of one length that mean different things (`停产转生产`) leave it open.
  if (hits.some(([w, id]) => w.length === best[0].length && id !== best[1])) return null;
  return { id: best[1], how: 'inside' };
}

/** Does a column for a choice hold plain numbers that are none of its words? Then the heading meant something else. */
export function saysNothingButNumbers(target: Target, cells: Iterable<RegisterCell>): boolean {
  if (target.meta.kind !== 'choice') return false;
  let numbers = 0;
  for (const cell of cells) {
    const text = squeezeText(cell.text);
    if (text === '' || isUnknownToken(text)) continue;
    if (!/^-?\d+(?:\.\d+)?$/.test(text)) return false;
    const known = target.key === 'label.value' ? null : wordOf(target, text);
    if (known) return false;
    numbers += 1;
    if (numbers >= 50) break;
  }
  return numbers > 0;
}
