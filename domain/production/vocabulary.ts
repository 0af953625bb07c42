// Choices of what an enterprise makes with, lets out and treats (domain reference 2.6).
import { vocabulary } from '../dictionary/vocabulary.ts';

export const MATERIAL_CATEGORIES = vocabulary(
  { raw: '原料', auxiliary: '辅料', fuel: '燃料', chemical: '化学品' },
  {
    raw: '原材料 主要原料 主料',
    auxiliary: '辅助材料 辅助原料',
    fuel: '能源 燃油 燃气',
    chemical: '化学试剂 试剂 危化品 危险化学品',
  },
);

export const MATERIAL_FORMS = vocabulary(
  { solid: '固态', liquid: '液态', gas: '气态', semi_solid: '半固态' },
  { solid: '固体 固', liquid: '液体 液', gas: '气体 气', semi_solid: '半固体 膏状 泥状' },
);

/** Units in which materials, products and wastes are counted. */
export const AMOUNT_UNITS = vocabulary(
  { t: 't', kg: 'kg', L: 'L', m3: 'm³', kWh: 'kWh', wan_m3: '万m³', piece: '件' },
  {
    t: '吨 公吨 T',
    kg: '千克 公斤 KG',
    L: '升 l',
    m3: '立方米 立方 m3',
    kWh: '度 千瓦时',
    wan_m3: '万立方米 万m3 万方',
    piece: '个 台 套 只 支 瓶 桶 袋 箱 盒',
  },
);

export const OUTLET_MEDIA = vocabulary(
  { wastewater: '废水', stormwater: '雨水', air: '废气' },
  {
    wastewater: '水 污水 废水排放口 污水排放口 生产废水 生活污水',
    stormwater: '雨水排放口 雨水口',
    air: '气 大气 废气排放口 排气筒 有组织',
  },
);

export const OUTLET_DESTINATIONS = vocabulary(
  {
    municipal_sewer: '市政污水管网',
    surface_water: '地表水体',
    septic: '化粪池',
    outsourced: '委外处理',
    reuse: '回用',
  },
  {
    municipal_sewer: '纳管 市政管网 污水管网 城市污水处理厂 污水处理厂 园区污水处理厂 间接排放',
    surface_water: '直排 河道 直接排放 地表水',
    septic: '化粪池清运',
    outsourced: '外运 委托处理',
    reuse: '循环使用 不外排',
  },
);

export const LIMIT_UNITS = vocabulary(
  {
    mg_m3: 'mg/m³',
    mg_L: 'mg/L',
    kg_h: 'kg/h',
    dimensionless: '无量纲',
    dB: 'dB(A)',
    times: '倍',
    mpn_L: 'MPN/L',
    ng_m3: 'ngTEQ/m³',
  },
  {
    mg_m3: 'mg/m3 毫克/立方米 mg/Nm3 mg/Nm³',
    mg_L: 'mg/l 毫克/升',
    kg_h: '千克/小时 公斤/小时',
    dimensionless: '/ 无 －',
    dB: 'dB 分贝 dBA dB（A）',
    times: '稀释倍数',
    mpn_L: 'MPN/l 个/L',
    ng_m3: 'ng/m3 ngTEQ/m3',
  },
);

export const FACILITY_MEDIA = vocabulary(
  { wastewater: '废水', air: '废气', noise: '噪声', solid: '固废' },
  {
    wastewater: '水 污水 废水治理 废水处理设施',
    air: '气 大气 废气治理 废气处理设施',
    noise: '噪音 降噪',
    solid: '固体废物 固废处置',
  },
);

export const BOUNDARY_CLASSES = vocabulary(
  { c0: '0 类', c1: '1 类', c2: '2 类', c3: '3 类', c4: '4 类' },
  { c0: '0类 0', c1: '1类 1 Ⅰ类', c2: '2类 2 Ⅱ类', c3: '3类 3 Ⅲ类', c4: '4类 4 4a类 4a Ⅳ类' },
);
