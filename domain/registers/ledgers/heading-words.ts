// Headings in other words: offices write 到期日, 截止时间 and 有效期至 for one thing. Words that say the same are made one here,
// so that a field of the dictionary is known by each of them.

/** What stands before a heading without saying what it is. */
const BEFORE = /^(?:其中:?|现|目前|是否(?:已经|已|设置|安装|设有|配备|有)?|有无)(?=\p{Script=Han}{2})/u;
/** What stands behind it. */
const BEHIND = /(?<=\p{Script=Han}{2})(?:情况|与否|信息)$/u;
/** A unit that stands behind the words without brackets: 面积㎡, 产生量kg. */
const UNIT_BEHIND = /(?<=\p{Script=Han})(?:M[23²³]?|[KM]?G|KM|CM|MM|T|%|MG\/[LM]3?)$/u;
/** The year that one column of several is about: 2025年产生量. */
const YEAR = /^(?:20)?(\d{2})年度?(?=\p{Script=Han}{2})/u;

/** Words that say the same, the longer before the shorter, and what stands for them. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/的/gu, ''],
  [/危险废物/gu, '危废'],
  [/一般工业固体废物|一般工业固废|工业固体废物|一般固体废物|工业固废/gu, '一般固废'],
  [/固体废物|固体废弃物/gu, '固废'],
  [/排污口|排放口|排水口/gu, '排口'],
  [/突发环境事件应急预案|突发环境应急预案|环境应急预案|应急预案/gu, '预案'],
  [/排污许可证/gu, '许可证'],
  [/竣工环境?保护?验收|竣工环保验收|三同时验收|自主验收|竣工验收/gu, '验收'],
  [/(?:检测|监测|化验|分析)(?:因子|指标|项目)/gu, '监测因子'],
  [/检测|化验/gu, '监测'],
  [/巡查|核查|排查|抽查|走访/gu, '检查'],
  [/协议/gu, '合同'],
  [/有效期限?(?:(?:截止|终止)?(?:至|止|到|日期|时间|日))?$/gu, '截止日期'],
  [/(?:到期|截止|截至|届满|终止)(?:日期|时间|之日|日)?$/gu, '截止日期'],
  [/(?:时间|之日|日)$/gu, '日期'],
  [/最近一次|最近1次|上一次|最后一次|最近|最后/gu, '上次'],
  [/频率|频次/gu, '周期'],
  [/(?:类型|类别|种类|分类|性质)$/gu, '类别'],
  [/级别|等级/gu, '等级'],
  [/(?<=位)码$/gu, '代码'],
  [/(?:编号|编码|代码|代号|文号|号码)$/gu, '号'],
  [/(?<=\p{Script=Han}{2})(?:数量|总量)$/gu, '量'],
  [/(?:机关|机构|部门)$/gu, '单位'],
];

/** The year that a heading begins with, or null. */
export function yearBefore(heading: string): number | null {
  const year = YEAR.exec(heading)?.[1];
  return year === undefined ? null : 2000 + Number(year);
}

/** A heading in its normal form with each word in that form which stands for all that say the same. */
export function plainHeading(heading: string): string {
  let plain = heading.replace(UNIT_BEHIND, '').replace(YEAR, '').replace(BEFORE, '');
  for (const [words, word] of SAME) plain = plain.replace(words, word);
  return plain.replace(BEHIND, '');
}

/** A heading in plain words with and without 名称 behind it: 暂存间 and 暂存间名称 are one. */
export function nameForms(plain: string): string[] {
  if (!plain.endsWith('名称')) return [plain, `${plain}名称`];
  return [...plain].length >= 4 ? [plain, plain.slice(0, -2)] : [plain];
}
