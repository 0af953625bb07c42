// Choices of what lies around an enterprise (domain reference 2.2).
import { vocabulary } from '../dictionary/vocabulary.ts';

export const RECEPTOR_KINDS = vocabulary(
  {
    housing: '住宅',
    school: '学校',
    hospital: '医院',
    river: '河道',
    elderly_care: '养老机构',
    office: '办公',
    water_source: '饮用水源',
    farmland: '农田',
    other: '其他',
  },
  {
    housing: '居民 居民区 居民楼 小区 居住区 民宅',
    school: '幼儿园 中学 小学 教育',
    hospital: '卫生院 医疗机构 诊所',
    river: '河 河流 水体 河浜',
    elderly_care: '养老院 敬老院',
    office: '办公楼 写字楼',
    water_source: '水源地 水源保护区',
    farmland: '基本农田 耕地',
    other: '其它',
  },
);

export const DIRECTIONS = vocabulary({
  N: '北',
  NE: '东北',
  E: '东',
  SE: '东南',
  S: '南',
  SW: '西南',
  W: '西',
  NW: '西北',
});
