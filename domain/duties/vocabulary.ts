// Choices of recurring duties (content library, duties.json).
import { vocabulary } from '../dictionary/vocabulary.ts';

/** What a duty is about. Those of a village and the frequency of visits are owed by others and are followed in rounds. */
export const DUTY_GROUPS = vocabulary({
  permit: '许可与监测',
  disclosure: '信息公开',
  formalities: '环评与验收',
  hazardous_waste: '危险废物',
  general_waste: '一般固废',
  emergency: '环境应急',
  facility: '设施与耗材',
  radiation: '辐射',
  ledger: '台账保存',
  file: '档案更新',
  soil: '土壤',
  construction: '工地',
});

/** How one occurrence of a duty stands on a day. */
export const DUTY_STANDINGS = vocabulary({
  done: '已办',
  overdue: '已过期',
  due: '30 天内',
  later: '未到',
  before: '建档以前',
});

/** Duties that are due this soon are announced. */
export const DUTY_HORIZON_DAYS = 30;
