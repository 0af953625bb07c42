// Choices of monitoring (domain reference 2.6, 4.7).
import { vocabulary } from '../dictionary/vocabulary.ts';

export const MONITORING_FREQUENCIES = vocabulary(
  {
    continuous: '连续（自动监测）',
    daily: '每日',
    weekly: '每周',
    monthly: '每月',
    quarterly: '每季度',
    half_year: '每半年',
    yearly: '每年',
  },
  {
    continuous: '自动监测 在线 连续 自动',
    daily: '1次/日 1次/天 日',
    weekly: '1次/周 周',
    monthly: '1次/月 月',
    quarterly: '1次/季 1次/季度 季 季度',
    half_year: '1次/半年 半年 2次/年',
    yearly: '1次/年 年 每年一次',
  },
);

export const MONITORING_KINDS = vocabulary(
  {
    self: '自行监测',
    supervisory: '监督性监测',
    acceptance: '验收监测',
    complaint: '信访监测',
    auto: '自动监测',
  },
  {
    self: '自测 委托监测 例行监测',
    supervisory: '监督监测 执法监测',
    acceptance: '竣工验收监测',
    complaint: '投诉监测',
    auto: '在线监测 自动',
  },
);

/** Not the value itself is known: it lies below (as below the detection limit) or above. */
export const VALUE_OPERATORS = vocabulary({ lt: '<', gt: '>' }, { lt: '小于 ND 未检出 ＜', gt: '大于 ＞' });

/** What a value says against its limit; without one, or in another unit, nothing. */
export const JUDGEMENTS = vocabulary({ exceeds: '超标', within: '达标', unjudged: '未判定' });
