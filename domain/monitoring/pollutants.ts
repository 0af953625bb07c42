// Names of what is measured: one thing has one name, whatever a report calls it.
import { squeezeText } from '../values/text.ts';

/** Names of HJ standards with the other words that reports and ledgers use for them. */
const NAMES: Readonly<Record<string, string>> = {
  pH值: 'PH PH值 酸碱度',
  化学需氧量: 'COD CODCR COD_CR 重铬酸盐指数',
  五日生化需氧量: 'BOD5 BOD 生化需氧量',
  氨氮: 'NH3-N NH3N NH4-N',
  总磷: 'TP 总磷(以P计)',
  总氮: 'TN 总氮(以N计)',
  悬浮物: 'SS',
  石油类: '',
  动植物油: '动植物油类',
  阴离子表面活性剂: 'LAS',
  总铜: '铜',
  总锌: '锌',
  总镍: '镍',
  总铬: '铬',
  六价铬: '铬(六价) CR6+',
  总铅: '铅',
  总镉: '镉',
  总汞: '汞',
  总砷: '砷',
  总氰化物: '氰化物',
  氟化物: '',
  硫化物: '',
  挥发酚: '',
  色度: '色度(稀释倍数)',
  粪大肠菌群: '粪大肠菌群数',
  总余氯: '余氯',
  非甲烷总烃: 'NMHC NMHC(以碳计) 非甲烷总烃(以碳计)',
  挥发性有机物: 'VOCS VOC TVOC',
  颗粒物: '烟尘 粉尘 低浓度颗粒物 总悬浮颗粒物',
  二氧化硫: 'SO2',
  氮氧化物: 'NOX',
  一氧化碳: 'CO',
  苯: '',
  甲苯: '',
  二甲苯: '',
  苯系物: '',
  氯化氢: 'HCL 盐酸雾',
  硫酸雾: '',
  铬酸雾: '',
  氰化氢: 'HCN',
  氨: 'NH3 氨气',
  硫化氢: 'H2S',
  臭气浓度: '臭气',
  油烟: '饮食业油烟 油烟浓度',
  甲醛: '',
  昼间噪声: '厂界噪声(昼间) 噪声(昼) 昼间',
  夜间噪声: '厂界噪声(夜间) 噪声(夜) 夜间',
};

const key = (text: string): string => squeezeText(text).toUpperCase().replace(/_/gu, '');

const KNOWN = new Map(
  Object.entries(NAMES).flatMap(([name, words]) =>
    [name, ...words.split(' ')].filter((word) => word !== '').map((word) => [key(word), name] as const),
  ),
);

/** The name of a thing that is measured; null for one that is not known. */
export const knownPollutant = (text: string): string | null => KNOWN.get(key(text)) ?? null;

/** Its name; what is not known keeps the name that it came with. */
export const pollutantName = (text: string): string => knownPollutant(text) ?? text.trim();
