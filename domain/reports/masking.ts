// Hides persons and phone numbers in what is printed (product: contacts are masked in reports unless asked for).
import { isMobile, normalisePhone } from '../values/phone.ts';

/** Whether a document shows persons and phones. */
export type Contacts = 'masked' | 'shown';

/** A run of figures of any width, with what people put between those of a phone. */
const FIGURES = /[+＋(（]?[0-9０-９](?:[\s　\-‐-―−－.．·()（）]*[0-9０-９]){6,}/gu;

/** Written as the patterns below know it. */
const PLAIN = /^(?:\d+|(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4})$/;

/** Phones in any width and spelling, in the one form that is stored; other numbers as they are. */
const plainPhones = (text: string): string =>
  text.replace(FIGURES, (run) => {
    if (PLAIN.test(run)) return run;
    const phone = normalisePhone(run);
    return isMobile(phone) || /^0\d{2,3}-[2-9]\d{6,7}$/.test(phone) ? phone : run;
  });

/** An area code and a number behind it; 沪水务排证字第0112023456号 is the number of a paper. */
const LANDLINE = /(?<![\d字第])(0(?:10|2\d|[3-9]\d{2})[- ]?)\d{5,6}(\d{2})(?!\d|\s*号)/gu;

/**
 * 13812346021 -> 138****6021; a landline keeps area code and its last two digits, an identity card its region and last
 * digit. Found anywhere in a text; credit codes and document numbers are left alone.
 */
export function maskPhones(text: string): string {
  if (/^\d{7,8}$/.test(text.trim())) return `****${text.trim().slice(-2)}`;
  return plainPhones(text)
    .replace(
      /(?<![\dA-Za-z])(\d{6})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}([\dXx])(?![\dA-Za-z])/g,
      '$1***********$2',
    )
    .replace(/(?<!\d)((?:\+?86[ -]?)?1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)/g, '$1****$2')
    .replace(LANDLINE, '$1****$2');
}

/** Words that end a post, a department or a unit: they name no person. */
const POSTS =
  /(?:负责人|主任|经理|科长|厂长|站长|班长|组长|主管|专员|干部|网格员|管理员|安全员|法人|代表|部门?|科|室|组|岗|公司|厂|店|中心|单位|村委|居委|会|物业)$/;
const NAME = /^(\p{Script=Han}{2,4}|\p{Script=Han}{1,8}·\p{Script=Han}{1,8})$/u;

function maskName(name: string): string {
  const characters = [...name];
  return (characters[0] ?? '') + '*'.repeat(Math.min(2, Math.max(1, characters.length - 1)));
}

/** 王建国 -> 王**; several persons and posts beside them are kept apart: 环保主管 李明 -> 环保主管 李*. */
export function maskPersons(text: string): string {
  return text
    .split(/([、,，;；/／\s（）()：:]+)/u)
    .map((part) => (NAME.test(part) && !POSTS.test(part) ? maskName(part) : part))
    .join('');
}

/** A phone or a text with phones in it, as the option says. */
export function phoneText(text: string, contacts: Contacts): string {
  return contacts === 'shown' ? text : maskPhones(text);
}

/** Names of persons (with posts and phones beside them), as the option says. */
export function personText(text: string, contacts: Contacts): string {
  return contacts === 'shown' ? text : maskPhones(maskPersons(text));
}
