// Words of order and of authority, the one list of the project (domain reference 8.1): a steward suggests (建议、提示、督促),
// it never orders, punishes or inspects in an authority's name.

/** Who speaks: we to a reader, a suggestion or wording of a checklist, what people wrote down, or a law that is cited. */
export type Speech = 'own' | 'suggestion' | 'data' | 'law';

/** Acts that authorities alone do. A fact of an authority's paper, a title and a denial may name them. */
const ACTS = [
  '责令',
  '勒令',
  '(?<!其他|历年|历次)处罚(?!决定|日期|单位|机关|对象|种类|内容|金额|事项|情况|信息|记录|依据|文书|文号|信用|类|权|与)',
  '处以',
  '罚款(?!金额|数额|情况)',
  '查封(?!面)',
  '扣押',
  '强制(?!性)',
  '取缔',
  '吊销',
  '拘留',
  '限期改正',
  '执法检查',
  '行政检查',
  '移[送交]执法',
  '依法追究',
  '追究[^，。；！？]{0,12}责任',
  '严肃处理',
] as const;

const WORK = '(?:生产|建设|施工|排放|作业|经营|营业|使用|运行|违法|一切|所有)';

/** Orders, whoever writes them down. */
const ORDERS = [
  '(?<!非|不是)必须',
  '务必',
  '不得(?![不已])',
  '严禁(?!烟火)',
  '禁止(?!区|设立|类|标|吸烟|烟火)',
  '拒不',
  '一律',
  '责成',
  '停[产业]停?[产业]?整[顿治改]',
  '后果自负',

  '(?:立即|马上|即刻)(?:停止|停产|停工|停业|整改|改正|拆除|清理|清除|纠正|关闭|上报)',
  `停止${WORK}(?!(?:经营|生产|活动)?的?(?:后|时|期间|前|之))`,
  '限(?:你|贵|该)(?:单位|公司|企业|厂|店)',
  '限期?于?[0-9一二三四五六七八九十]+(?:个工作)?[日天]内',
  '拆除(?=违法|违章|违建)',
] as const;

/** What a suggestion of a checklist does without as well, so that it can be printed as it stands. */
const HARSH = (
  '立即 马上 责令 勒令 必须 务必 限期 应当 不得 严禁 禁止(?!区) 停止 停产 停业 停建 关停 取缔 查封 扣押 处罚 罚款 强制 ' +
  '一律 逾期 警告 拘留 吊销 依法追究 移送 限期改正 执法检查 行政检查'
).split(' ');

/** The wording of a sign is quoted, not ordered. */
const SIGN = /“禁止[^”]{1,8}”/g;
/** Titles of laws and papers. */
const TITLE = /《[^《》]*》/g;
/** `行政处罚` names a kind of record, unless somebody imposes it. */
const NAMED = /(?<!给予|予以|处以|实施|作出|依法|将)行政处罚/g;
/** `没有处罚权`, `不属于行政检查`: the power is denied within few words. */
const DENIED =
  /(?:没有|无权|无|不属于|不代表|不作为|不是|并非|不具有|不具备|不行使|不替代|不实施|不作)[^，。；！？、的]{0,6}$/;
/** `处罚由主管部门依法作出`: the power is somebody else's. */
const OTHERS = /^[^，。；！？]{0,6}(?:由|属于|归)[^，。；！？]{0,8}(?:部门|机关|机构)/;

const ACT_PATTERN = new RegExp(ACTS.join('|'), 'g');
const ORDER_PATTERN = new RegExp(ORDERS.join('|'), 'g');
const HARSH_PATTERN = new RegExp(HARSH.join('|'), 'g');

function found(text: string, pattern: RegExp, isHit: (before: string, after: string) => boolean): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const end = match.index + match[0].length;
    return isHit(text.slice(0, match.index), text.slice(end)) ? [match[0]] : [];
  });
}

const isClaimed = (before: string, after: string): boolean => !DENIED.test(before) && !OTHERS.test(after);

/**
 * Words of order and authority in a text, each once. Blanks and line ends
 * between characters hide nothing.
 */
export function orderingWords(text: string, speech: Speech = 'own'): string[] {
  if (speech === 'law') return [];
  const bare = text
    .replace(TITLE, '《》')
    .replace(/[\s　]+/g, '')
    .replace(SIGN, '“”');
  if (speech === 'suggestion') return [...new Set(found(bare, HARSH_PATTERN, () => true))];
  const orders = found(bare, ORDER_PATTERN, () => true);
  const acts = speech === 'own' ? found(bare.replace(NAMED, '〇'), ACT_PATTERN, isClaimed) : [];
  return [...new Set([...acts, ...orders])];
}
