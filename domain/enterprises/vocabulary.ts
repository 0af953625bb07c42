// Choices of the enterprise file (domain reference 2.2, 2.8).
import { vocabulary } from '../dictionary/vocabulary.ts';

export const OBJECT_KINDS = vocabulary({
  industrial: '工业企业', car_repair: '汽修', catering: '餐饮', laboratory: '实验室/研发', medical: '医疗机构',
  warehouse: '仓储', building: '楼宇', construction_site: '建筑工地', property_manager: '物业', yard_wharf: '堆场码头',
  waste_recycling: '废品回收站', gas_station_tank: '加油站/油气储罐', public_area: '园区公共区域',
  retail_service: '其他服务单位', farm: '养殖/农业', other: '其他',
});

export const MANAGEMENT_TIERS = vocabulary({ district: '区级', town: '镇级', park: '园区' });

export const OPERATING_STATUSES = vocabulary({
  operating: '在产', suspended: '停产', closed: '关停', relocating: '搬迁中', relocated: '已搬离',
  under_construction: '在建', trial: '试运行', not_found: '查无', unknown: '不详',
});

/** Statuses that take an enterprise out of the denominators (domain reference 3.2, 4.2). */
export const OUT_OF_SCOPE_STATUSES = ['closed', 'relocated'] as const;

export const STATUS_BASES = vocabulary({ visit: '现场检查', phone: '电话核实', notice: '文件通知', client: '委托方告知', import: '名册导入' });

export const CREDIT_CODE_MISSING_REASONS = vocabulary({
  not_registered: '未登记', in_registration: '登记中', individual_without_code: '个体无代码', unknown: '不详', not_applicable: '不适用',
});

export const ENTERPRISE_SCALES = vocabulary({ large: '大型', medium: '中型', small: '小型', micro: '微型' });

export const PREMISES_KINDS = vocabulary({ owned: '自有', leased: '租赁', sublet: '转租' });

export const COORDINATE_SYSTEMS = vocabulary({
  wgs84: 'WGS-84', gcj02: 'GCJ-02', bd09: 'BD-09', cgcs2000: 'CGCS2000', sh_local: '上海城建坐标', unknown: '不详',
});

export const CONTACT_POSTS = vocabulary({
  legal_rep: '法定代表人', env_manager: '环保负责人', ehs: 'EHS', finance: '财务', other: '其他',
});

export const KEY_LISTS = vocabulary({
  key_polluter: '环境监管重点单位', water: '水环境重点', air: '大气重点', soil: '土壤重点',
  hazardous_waste: '危险废物重点', noise: '噪声重点', env_risk: '环境风险重点',
});

/** Sections of the enterprise file that are verified one by one (domain reference 2.2 SectionCheck). */
export const FILE_SECTIONS = vocabulary({
  basic: '基本信息', formalities: '环保手续', production: '生产与产污', waste: '废物', monitoring: '监测', emergency: '应急', credit: '处罚信用',
});

/** Label systems (domain reference 2.8); ids are those of `ratingSchemes` in the content library. */
export const LABEL_SYSTEMS = vocabulary({
  overall_risk: '综合风险', media_risk: '专项风险', management_grade: '环保管理等级', social_risk: '社会风险等级',
  environmental_risk: '环境风险等级', evaluation: '环保管理水平评价',
});

export const LABEL_MEDIA = vocabulary({ water: '水', air: '气', noise: '噪声', hazardous_waste: '危废' });

/** Values of all label systems; which belong to which system is `LABEL_VALUES_OF`. */
export const LABEL_VALUES = vocabulary({
  critical: '重大', serious: '较大', ordinary: '一般', slight: '轻微', high: '高', medium: '中', low: '低',
  A: 'A', B: 'B', C: 'C', I: 'I类', II: 'II类', III: 'III类', red: '红', yellow: '黄', green: '绿',
  good: '较好', fair: '一般', unqualified: '不合格',
});

export const LABEL_VALUES_OF: Readonly<Record<string, readonly string[]>> = {
  overall_risk: ['critical', 'serious', 'ordinary', 'slight'], media_risk: ['high', 'medium', 'low'],
  management_grade: ['A', 'B', 'C'], social_risk: ['I', 'II', 'III'],
  environmental_risk: ['red', 'yellow', 'green'], evaluation: ['good', 'fair', 'unqualified'],
};

export const REPAIR_CLASSES = vocabulary({ first: '一类', second: '二类', third: '三类' });
export const PAINT_TYPES = vocabulary({ water: '水性', solvent: '溶剂型', both: '两者都有', none: '不涉及' });
export const BIOSAFETY_LEVELS = vocabulary({ BSL1: 'BSL-1', BSL2: 'BSL-2', BSL3: 'BSL-3', BSL4: 'BSL-4', none: '不涉及' });

/** Least routine visits a year by overall risk (domain reference 2.8a). No grade, no minimum. */
export const MINIMUM_VISITS: Readonly<Record<string, number>> = { critical: 2, serious: 2, ordinary: 1, slight: 1 };
