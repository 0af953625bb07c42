// A cell of the credit-code column: a right code, a wrong one that is put aside, an old number, or nothing (domain reference 2.3, 6.2).
import {
  checkCreditCode,
  creditCodeMeant,
  creditCodeOfPermit,
  creditCodeSentence,
  isCreditCodeLost,
  normaliseCreditCode,
} from '../values/credit-code.ts';
import { isUnknownToken, trimEdges, wholeCharacters } from '../values/text.ts';
import type { RegisterCell, RowWarning } from './cell.ts';

/** What was in the cell. At most one of `code`, `quarantine` and `oldRegNo` is set. */
export interface CreditCodeCell {
  readonly code: string | null;
  readonly quarantine: string | null;
  readonly oldRegNo: string | null;
  readonly keep: string | null;
  readonly warnings: readonly RowWarning[];
}

const NOTHING: CreditCodeCell = { code: null, quarantine: null, oldRegNo: null, keep: null, warnings: [] };

/** Room for a wrong code. */
const ASIDE = 60;

/** Reads a credit code cell. A wrong code never stops a row: it goes into quarantine as it was written. */
export function readCreditCode(cell: RegisterCell): CreditCodeCell {
  const text = trimEdges(cell.text);
  const code = normaliseCreditCode(text);
  if (code === '' || isUnknownToken(text) || !/[0-9A-Z]/.test(code) || /^0+$/.test(code)) {
    return /\p{Script=Han}{2}/u.test(code) && !isUnknownToken(text) ? { ...NOTHING, keep: text } : NOTHING;
  }
  const aside = (warning: RowWarning): CreditCodeCell => ({
    ...NOTHING,
    quarantine: wholeCharacters(text, ASIDE),
    keep: text.length > ASIDE ? text : null,
    warnings: [warning],
  });
  if (isCreditCodeLost(text, cell.kind === 'number' ? cell.raw : undefined)) {
    return aside({ code: 'CODE_LOST', sentence: `信用代码“${text}”被表格软件截断，无法还原。行已保留，代码请补填` });
  }
  const result = checkCreditCode(text);
  if (result.ok) return { ...NOTHING, code: result.code };
  if (/^\d{15}$/.test(code))
    return {
      ...NOTHING,
      oldRegNo: code,
      warnings: [{ code: 'OLD_REG_NO', sentence: `${code} 是 15 位旧注册号，已放入“旧注册号”，请补 18 位信用代码` }],
    };
  const ofPermit = creditCodeOfPermit(code);
  if (ofPermit) {
    return {
      ...NOTHING,
      code: ofPermit,
      keep: text,
      warnings: [
        { code: 'CODE_FROM_PERMIT', sentence: `代码栏写的是排污许可编号 ${code}，已取前 18 位作信用代码，请核对` },
      ],
    };
  }
  const proposed = creditCodeMeant(text);
  const sentence = `${creditCodeSentence(result)}${proposed ? `。可能是 ${proposed}，请确认` : ''}`;
  return aside({
    code: result.reason === 'check' ? 'CREDIT_CODE_CHECK' : 'CREDIT_CODE_FORM',
    sentence: `${sentence}。原文已放入“待核代码”`,
    ...(proposed && { proposal: proposed }),
    ...(result.reason === 'check' && { confirmable: result.code }),
  });
}
