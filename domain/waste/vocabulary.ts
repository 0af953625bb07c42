// Choices of wastes (domain reference 2.6).
import { vocabulary } from '../dictionary/vocabulary.ts';

export const WASTE_KINDS = vocabulary(
  {
    hazardous: '危险废物',
    medical: '医疗废物',
    general_industrial: '一般工业固废',
    kitchen: '餐厨垃圾',
    waste_grease: '废弃油脂',
    construction: '建筑垃圾',
    domestic: '生活垃圾',
  },
  {
    hazardous: '危废 危险固废 HW',
    medical: '医废',
    general_industrial: '一般固废 一般工业固体废物 工业固废 一般废物',
    kitchen: '餐厨 餐厨废弃物 湿垃圾',
    waste_grease: '废油脂 地沟油 餐厨废油脂',
    construction: '建筑渣土 渣土 装修垃圾',
    domestic: '生活 干垃圾',
  },
);

/** Wastes that go to licensed units alone, by contract. */
export const HAZARDOUS_KINDS: readonly string[] = ['hazardous', 'medical'];

export const WASTE_FORMS = vocabulary(
  { solid: '固态', semi_solid: '半固态', liquid: '液态', gas: '气态' },
  { solid: '固体 固', semi_solid: '半固体 泥态 膏状', liquid: '液体 液', gas: '气体 气' },
);

export const DISPOSAL_WAYS = vocabulary(
  {
    incineration: '焚烧',
    landfill: '填埋',
    reuse: '综合利用',
    physical_chemical: '物化处理',
    collection: '收集贮存',
    self: '自行处置',
    other: '其他',
  },
  {
    incineration: 'D10 焚烧处置',
    landfill: 'D1 安全填埋 卫生填埋',
    reuse: '利用 回收利用 再生利用 外售综合利用 R3 R4 R5 R9 R15',
    physical_chemical: 'D9 物化',
    collection: 'C1 C5 收集 收集转运',
    self: '自行利用 自行利用处置',
    other: '其它',
  },
);

export const STORAGE_KINDS = vocabulary(
  { warehouse: '贮存库', room: '贮存间', tank: '贮罐', point: '贮存点' },
  { warehouse: '仓库 危废仓库 危废库 贮存设施', room: '危废间 危废暂存间 暂存间', tank: '储罐 罐区', point: '暂存点' },
);

export const TRANSFER_UNITS = vocabulary(
  { t: 't', kg: 'kg', L: 'L', piece: '件' },
  { t: '吨 公吨', kg: '千克 公斤', L: '升', piece: '个 只 桶 袋 箱 瓶' },
);
