// Rows below a table that are no data: totals, and lines about who filled it in (domain reference 6.2).
import { normaliseText, squeezeText } from '../../domain/values/text.ts';
import type { ReadCell } from './cell.ts';

const TOTAL =
  /^(?:本页|本表|本村|本居|本镇|全镇|全村|全区|各村|以上|单位|企业|数量|\p{Script=Han}{2,8}(?:村|镇|街道|社区|居委会?))?(?:合计|小计|总计|共计|累计|总数|总和)(?:数|数量|[:(].*|\d.*)?$/u;
/** Words with which the lines below a table begin; a colon, a bracket or nothing follows. */
const FOOTER =
  /^(?:填表|填报|制表|编制|审核|审批|复核|校核|核对|统计|经办|报送|上报|主管|单位|部门)?(?:单位)?(?:人|人员|负责人|责任人|领导|日期|时间|单位|部门|电话|联系电话|联系人|盖章|公章|签字|签名|签章)(?:\(.*?\))?[:_]/u;
const REMARK =
  /^(?:备注|附注|注|说明|填表说明|填报说明|填写说明|注意事项?|附|附件|提示|数据来源|资料来源|注释)\d{0,2}(?:[:.、]|$)|^第\d+页|^共\d+页|^[*※★]\S|^\(?(?:此表|本表|以下空白|以上数据)/u;
const BLANK_BELOW = /^[-—–]*(?:以下(?:为)?空白|完|END)[-—–]*$/u;

/** What may stand before 小计: the place whose total it is. */
const PLACE = /(?:村|镇|乡|街道|社区|居委会?|区|网格|组)$/u;

const filledCells = (row: readonly ReadCell[]): ReadCell[] => row.filter((cell) => cell.kind !== 'empty');
const isNumeric = (cell: ReadCell): boolean =>
  cell.kind === 'number' || cell.kind === 'error' || /^[-+]?[\d,]*(?:\d|\.\d+)%?$|^[-/—]+$/.test(cell.text);

/**
 * Is this a row of totals: a word for total in one of its first cells and next to it nothing but figures? One more text
 * may stand there (the village whose 小计 it is). A total word beside real values is a value.
 */
export function isTotalRow(row: readonly ReadCell[]): boolean {
  const filled = filledCells(row);
  const at = filled
    .slice(0, 4)
    .findIndex((cell) => cell.kind === 'text' && cell.text.length <= 30 && TOTAL.test(squeezeText(cell.text)));
  if (at < 0) return false;
  if (!filled.slice(0, at).every((cell) => isNumeric(cell) || PLACE.test(squeezeText(cell.text)))) return false;
  const others = filled.filter((cell, index) => index !== at && !isNumeric(cell));
  return (
    others.length <= 1 ||
    others.every(
      (cell) => TOTAL.test(squeezeText(cell.text)) || /^共?\d+\p{Script=Han}{1,3}$/u.test(squeezeText(cell.text)),
    )
  );
}

/**
 * Is this a line about the table and not of it?
 * @param across columns that its widest horizontally merged cell takes.
 * @param width columns of the table.
 */
export function isNoteRow(row: readonly ReadCell[], across: number, width: number): boolean {
  const texts = filledCells(row);
  const first = texts[0];
  if (first === undefined) return true;
  const words = texts.map((cell) => squeezeText(cell.text));
  const opening = words[0] ?? '';
  // a line merged across most of the table has no columns
  if (texts.length === 1 && across >= 3 && across * 2 > width) return true;
  if (BLANK_BELOW.test(opening)) return true;
  const isFooter = (text: string): boolean => FOOTER.test(text);
  if (texts.length === 1)
    return (
      isFooter(opening) ||
      REMARK.test(opening) ||
      (width >= 3 && opening.length > 40 && /[。;]/u.test(normaliseText(first.text)))
    );
  // 填表人：| 张三 | 日期：| 2023-5-6
  const marked = words.filter(isFooter).length;
  if (marked >= 2 || (marked === 1 && isFooter(opening) && texts.length <= 2)) return true;
  return REMARK.test(opening) && texts.length <= 2 && width > 3;
}
