// Choices of the enterprise file (domain reference 2.2, 2.8).
import { lookup } from '../values/lookup.ts';
import type { Condition } from '../dictionary/filter.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

export const OBJECT_KINDS = vocabulary(
  {
    industrial: '工业企业',
    car_repair: '汽修',
    catering: '餐饮',
    laboratory: '实验室/研发',
    medical: '医疗机构',
    warehouse: '仓储',
    building: '楼宇',
    construction_site: '建筑工地',
    property_manager: '物业',
    yard_wharf: '堆场码头',
    waste_recycling: '废品回收站',
    gas_station_tank: '加油站/油气储罐',
    public_area: '园区公共区域',
    retail_service: '其他服务单位',
    farm: '养殖/农业',
    other: '其他',
  },
  {
    industrial:
      '工业 制造业 制造 生产企业 加工企业 加工厂 工厂 工业类 生产型企业 制造企业 生产加工 生产性企业 工业污染源 工业源',
    car_repair:
      '汽修厂 汽车维修 汽车修理 汽修店 汽修企业 汽修行业 机动车维修 汽车维修与保养 修理厂 4S店 汽车美容 洗车 洗车店 汽车服务 钣喷',
    catering:
      '饭店 餐饮店 餐馆 餐厅 餐饮企业 餐饮业 餐饮服务 小餐饮 酒楼 食堂 火锅店 烧烤 烧烤店 小吃店 面馆 快餐店 奶茶店',
    laboratory: '实验室 研发 研发机构 研发企业 科研 科研机构 检测机构 检验检测 生物医药研发',
    medical:
      '医疗 医院 诊所 门诊 门诊部 卫生院 卫生服务中心 社区卫生服务中心 卫生站 口腔诊所 宠物医院 动物医院 动物诊疗',
    warehouse: '仓库 物流 物流仓储 仓储物流 仓储企业 冷库',
    building: '商务楼 写字楼 办公楼 商业综合体',
    construction_site: '工地 施工工地 在建工地 建设工地',
    property_manager: '物业公司 物业管理 物业企业',
    yard_wharf: '堆场 码头 沙石料场 砂石料场 搅拌站',
    waste_recycling: '废品回收 废品收购 废品收购站 回收站 再生资源 再生资源回收 废旧物资回收',
    gas_station_tank: '加油站 加气站 储罐 油库 油气储罐 加油加气站',
    public_area: '公共区域',
    retail_service:
      '服务业 服务单位 洗衣店 干洗店 洗衣 干洗 商业 零售 超市 美容美发 三产 第三产业 KTV 宾馆 酒店 浴室 商铺 农贸市场 其他服务业',
    farm: '养殖 养殖场 养殖户 畜禽养殖 水产养殖 农业 农业企业 种植 合作社 规模养殖场',
    other: '其它',
  },
);

export const MANAGEMENT_TIERS = vocabulary(
  { district: '区级', town: '镇级', park: '园区' },
  {
    district: '区管 区 区属 市级 市管',
    town: '镇管 镇 街镇 街道 街镇级 乡镇',
    park: '园区管 园区级',
  },
);

export const OPERATING_STATUSES = vocabulary(
  {
    operating: '在产',
    suspended: '停产',
    closed: '关停',
    relocating: '搬迁中',
    relocated: '已搬离',
    under_construction: '在建',
    trial: '试运行',
    not_found: '查无',
    unknown: '不详',
  },
  {
    operating:
      '正常 生产 正常生产 生产中 正在生产 在营 在业 营业 营业中 正常营业 经营 经营中 正常经营 ' +
      '开业 存续 恢复生产 复产 已复产 运营 运营中 在运营 正常运营 运行 运行中 正常运行 投产 已投产 开工 是 有 √ Y YES 1 在册 存续(在营、开业、在册)',
    suspended:
      '停业 歇业 暂停 停工 停运 长期停产 临时停产 季节性停产 暂停营业 暂停生产 未生产 不生产 停产中 已停产 已停业 停止生产 未营业 关门 空关 否 × X N NO 0',
    closed:
      '关闭 已关停 已关闭 注销 已注销 吊销 吊销未注销 倒闭 已倒闭 取缔 已取缔 拆除 已拆除 永久关闭 破产 清退 已清退 淘汰 已淘汰',
    relocating: '正在搬迁 拟搬迁 待搬迁 搬离中',
    relocated: '搬迁 已搬迁 搬离 搬走 已搬走 迁出 已迁出 外迁 拆迁 已拆迁 动迁 已动迁 迁移',
    under_construction: '建设中 筹建 筹建中 未投产 未建成 装修中 在建设',
    trial: '调试 试生产 调试中 调试/试运行 试营业',
    not_found: '找不到 未找到 无此企业 查无此企业 查无企业 不存在 查无此单位',
  },
);

/** Statuses that take an enterprise out of the denominators (domain reference 3.2, 4.2). */
export const OUT_OF_SCOPE_STATUSES = ['closed', 'relocated'] as const;
/** Of rows of an enterprise: it counts in denominators. */
export const OF_ENTERPRISE_IN_SCOPE = {
  field: 'enterpriseId.operatingStatus',
  op: 'notIn',
  value: OUT_OF_SCOPE_STATUSES,
} as const satisfies Condition;

export const STATUS_BASES = vocabulary({
  visit: '现场检查',
  phone: '电话核实',
  notice: '文件通知',
  client: '委托方告知',
  import: '名册导入',
});

export const CREDIT_CODE_MISSING_REASONS = vocabulary(
  {
    not_registered: '未登记',
    in_registration: '登记中',
    individual_without_code: '个体无代码',
    unknown: '不详',
    not_applicable: '不适用',
  },
  {
    not_registered: '无照 无执照 无证无照',
    in_registration: '办理中',
    individual_without_code: '个体户',
  },
);

export const ENTERPRISE_SCALES = vocabulary(
  { large: '大型', medium: '中型', small: '小型', micro: '微型' },
  { large: '大 大型企业', medium: '中 中型企业', small: '小 小型企业', micro: '微 微型企业 微企' },
);

export const PREMISES_KINDS = vocabulary(
  { owned: '自有', leased: '租赁', sublet: '转租' },
  {
    owned: '自建 自有厂房 自购',
    leased: '租用 承租 租 租赁厂房 租借',
    sublet: '转租厂房 分租',
  },
);

/** Classes of industrial land in Shanghai (domain reference 1.1). */
export const LAND_CLASSES = vocabulary(
  { c104: '104 地块', c195: '195 地块', c198: '198 地块', other: '其他' },
  { c104: '104 104区块 104工业区块 规划工业区块', c195: '195 195区域', c198: '198 198区域' },
);

/** Who lets the premises: a village has a word with its tenants (domain reference 2.2). */
export const LESSOR_KINDS = vocabulary(
  { village_collective: '村集体', enterprise: '企业', individual: '个人', government: '政府或园区', other: '其他' },
  {
    village_collective: '村委会 村经济合作社 村集体经济组织 集体 村 村级',
    enterprise: '公司 企业出租',
    individual: '私人 个人出租',
    government: '镇政府 街道 园区公司 国资',
  },
);

/** Where an object stands between being sited and being closed (stages of the procedures of the trade). */
export const LIFECYCLE_STAGES = vocabulary({
  site: '选址准入',
  eia: '环境影响评价',
  permit: '排污许可与登记',
  build: '三同时与环保设施',
  acceptance: '竣工环保验收',
  operation: '投产后运行',
  change: '变更与改扩建',
  exit: '搬迁与关闭',
});

export const COORDINATE_SYSTEMS = vocabulary(
  {
    wgs84: 'WGS-84',
    gcj02: 'GCJ-02',
    bd09: 'BD-09',
    cgcs2000: 'CGCS2000',
    sh_local: '上海城建坐标',
    unknown: '不详',
  },
  {
    wgs84: 'WGS84 84坐标 84 GPS',
    gcj02: 'GCJ02 火星坐标 高德 高德坐标 腾讯坐标 国测局坐标',
    bd09: 'BD09 百度 百度坐标',
    cgcs2000: '2000 国家2000 CGCS-2000 国家大地2000 2000国家大地坐标系 大地2000',
    sh_local: '上海城建 上海坐标 上海2000 城建坐标',
  },
);

export const CONTACT_POSTS = vocabulary(
  {
    legal_rep: '法定代表人',
    env_manager: '环保负责人',
    ehs: 'EHS',
    finance: '财务',
    other: '其他',
  },
  {
    legal_rep: '法人 负责人 企业负责人 总经理',
    env_manager: '环保专员 环保主管 环保经理 环保',
    ehs: 'EHS经理 EHS主管 安环 安环经理 安全环保',
    finance: '会计 出纳',
  },
);

export const KEY_LISTS = vocabulary(
  {
    key_polluter: '环境监管重点单位',
    water: '水环境重点',
    air: '大气重点',
    soil: '土壤重点',
    hazardous_waste: '危险废物重点',
    noise: '噪声重点',
    env_risk: '环境风险重点',
  },
  {
    key_polluter: '重点 重点单位 重点排污单位 重点监管单位',
    water: '水 废水 水环境 水环境重点排污单位',
    air: '气 大气 废气 大气环境 大气环境重点排污单位',
    soil: '土壤 土壤污染 土壤污染重点监管单位',
    hazardous_waste: '危废 危险废物 固废',
    noise: '噪声 噪音 噪声重点排污单位',
    env_risk: '环境风险 风险 环境风险重点管控单位',
  },
);

/** Object kinds that make, treat or store something; `other` may be any of them until somebody says. */
export const PRODUCING_KINDS: readonly string[] = [
  'industrial',
  'car_repair',
  'laboratory',
  'medical',
  'warehouse',
  'yard_wharf',
  'waste_recycling',
  'gas_station_tank',
  'construction_site',
  'farm',
  'other',
];
/** Object kinds of which papers of production are not asked. */
export const WITHOUT_PRODUCTION: readonly string[] = OBJECT_KINDS.ids.filter((id) => !PRODUCING_KINDS.includes(id));

/** Object kinds whose tenants are the other enterprises of their building: being in one is no 厂中厂. */
export const LETTING_KINDS: readonly string[] = ['building', 'public_area'];

/** Sections of the enterprise file that are verified one by one (domain reference 2.2 SectionCheck). */
export const FILE_SECTIONS = vocabulary({
  basic: '基本信息',
  formalities: '环保手续',
  production: '生产与产污',
  waste: '废物',
  monitoring: '监测',
  emergency: '应急',
  credit: '处罚信用',
});

/** Label systems (domain reference 2.8); ids are those of `ratingSchemes` in the content library. */
export const LABEL_SYSTEMS = vocabulary({
  overall_risk: '综合风险',
  media_risk: '专项风险',
  management_grade: '环保管理等级',
  social_risk: '社会风险等级',
  environmental_risk: '环境风险等级',
  evaluation: '环保管理水平评价',
});

export const LABEL_MEDIA = vocabulary({ water: '水', air: '气', noise: '噪声', hazardous_waste: '危废' });

/** Values of all label systems; which belong to which system is `LABEL_VALUES_OF`. */
export const LABEL_VALUES = vocabulary({
  critical: '重大',
  serious: '较大',
  ordinary: '一般',
  slight: '轻微',
  high: '高',
  medium: '中',
  low: '低',
  A: 'A',
  B: 'B',
  C: 'C',
  I: 'I类',
  II: 'II类',
  III: 'III类',
  red: '红',
  yellow: '黄',
  green: '绿',
  good: '较好',
  fair: '一般',
  unqualified: '不合格',
});

export const LABEL_VALUES_OF: Readonly<Record<string, readonly string[]>> = lookup({
  overall_risk: ['critical', 'serious', 'ordinary', 'slight'],
  media_risk: ['high', 'medium', 'low'],
  management_grade: ['A', 'B', 'C'],
  social_risk: ['I', 'II', 'III'],
  environmental_risk: ['red', 'yellow', 'green'],
  evaluation: ['good', 'fair', 'unqualified'],
});

export const REPAIR_CLASSES = vocabulary(
  { first: '一类', second: '二类', third: '三类' },
  { first: '1类 Ⅰ类 一类维修 一类汽修', second: '2类 Ⅱ类 二类维修 二类汽修', third: '3类 Ⅲ类 三类维修 三类汽修' },
);
export const PAINT_TYPES = vocabulary(
  { water: '水性', solvent: '溶剂型', both: '两者都有', none: '不涉及' },
  {
    water: '水性漆 水性涂料',
    solvent: '油性 油性漆 溶剂型漆 溶剂型涂料',
    both: '水性和溶剂型 混用',
    none: '无 不喷漆',
  },
);
export const BIOSAFETY_LEVELS = vocabulary(
  {
    BSL1: 'BSL-1',
    BSL2: 'BSL-2',
    BSL3: 'BSL-3',
    BSL4: 'BSL-4',
    none: '不涉及',
  },
  { BSL1: 'BSL1 一级 P1', BSL2: 'BSL2 二级 P2', BSL3: 'BSL3 三级 P3', BSL4: 'BSL4 四级 P4' },
);

/** Least routine visits a year by overall risk (domain reference 2.8a). No grade, no minimum. */
export const MINIMUM_VISITS: Readonly<Record<string, number>> = { critical: 2, serious: 2, ordinary: 1, slight: 1 };

/** Note of the row of a status history that says what was before the first change on record: no change itself. */
export const FORMER_STATUS = '此前的状态';
