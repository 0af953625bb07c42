// Credit codes: the vectors of domain reference 2.3 and the properties that the check character promises.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CREDIT_CODE_ALPHABET,
  checkCreditCode,
  creditCodeCheckCharacter,
  creditCodeSentence,
  isCreditCodeLost,
  normaliseCreditCode,
  organisationCodeWarning,
  proposeCreditCode,
} from '../../domain/values/credit-code.ts';

const VALID = [
  '91350100M000100Y43',
  '91130200699229617X',
  '91310112MA10002870',
  '91310115MA1K00015K',
  '92310112MA1L00024M',
  '91310114MA1J000305',
  '91310116MA1H000476',
];
const characters = fc.constantFrom(...CREDIT_CODE_ALPHABET);
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const validCode = fc
  .tuple(
    fc.string({ unit: characters, minLength: 2, maxLength: 2 }),
    digits(6),
    fc.string({ unit: characters, minLength: 9, maxLength: 9 }),
  )
  .map(([a, b, c]) => a + b + c)
  .map((first) => first + creditCodeCheckCharacter(first));

test.each(VALID)('the published vector %s is valid (a code mapped by ASCII offset would fail)', (code) => {
  expect(checkCreditCode(code)).toEqual({ ok: true, code });
});

test('a remainder of 0 gives check character 0, not a 32nd character', () => {
  expect(creditCodeCheckCharacter('91310112MA1000287')).toBe('0');
});

test("the standard's own invalid example is refused and says what position 18 should be", () => {
  const result = checkCreditCode('91350100M000100Y4Z');
  expect(result).toMatchObject({ ok: false, reason: 'character', position: 18 });
  const wrong = checkCreditCode('91350100M000100Y4F');
  expect(wrong).toEqual({ ok: false, reason: 'check', code: '91350100M000100Y4F', position: 18, expected: '3' });
  expect(creditCodeSentence(wrong)).toBe('信用代码第 18 位校验不符，应为 3');
});

test('full width, spaces, hyphens, quotes and lower case are forgiven', () => {
  expect(normaliseCreditCode("'９１３１ 0115-ma1k\u200b00015k　")).toBe('91310115MA1K00015K');
  expect(checkCreditCode('“91310115MA1K00015K”').ok).toBe(true);
});

test('each fault has its own sentence with what to do', () => {
  const sentence = (text: string) => creditCodeSentence(checkCreditCode(text));
  expect(sentence('')).toContain('为空');
  expect(sentence('9131011')).toBe('信用代码应为 18 位，现为 7 位，请对照营业执照补全');
  expect(sentence('91310115MA1K00015K1')).toContain('删去多余');
  expect(sentence('310115000123456')).toContain('旧注册号');
  expect(sentence('MA1K00015')).toContain('18 位');
  expect(sentence('9131O115MA1K00015K')).toBe('信用代码第 5 位是字母 O，代码不用这个字母，请核对是否为数字 0');
  // The length is said first, whatever else is wrong.
  expect(sentence('9131O1ZZ')).toContain('现为 8 位');
  expect(sentence('91A1011OMV1K00015K7')).toContain('删去多余');
  expect(sentence('91A10115MA1K00015K')).toContain('第 3 位应为数字');
  expect(sentence('91310115MV1K00015K')).toContain('第 10 位不能是“V”');
  expect(sentence(VALID[0] as string)).toBe('');
});

test('the second check (GB 11714) only warns', () => {
  expect(organisationCodeWarning('91130200699229617X')).toBeNull();
  const wrong = '9113020069922962' + '0';
  const code = wrong + creditCodeCheckCharacter(wrong);
  expect(checkCreditCode(code).ok).toBe(true);
  expect(organisationCodeWarning(code)?.position).toBe(17);
});

test('look-alike letters are proposed only where the whole code then fits', () => {
  expect(proposeCreditCode('9l310115MA1KOOO15K'.replace('l', 'I'))).toBe('91310115MA1K00015K');
  expect(proposeCreditCode('9131O115MA1K0O015K')).toBe('91310115MA1K00015K');
  expect(proposeCreditCode('9131O115MA1K00016K')).toBeNull();
  expect(proposeCreditCode('91310115MA1K00015K')).toBeNull();
  expect(proposeCreditCode('O')).toBeNull();
});

test('a code kept as a number is lost, not repaired', () => {
  expect(isCreditCodeLost('9.13101E+17')).toBe(true);
  expect(isCreditCodeLost('913101150000124000')).toBe(true);
  expect(isCreditCodeLost('913101150000123000', 913101150000123000)).toBe(true);
  expect(isCreditCodeLost('91310115MA1K00015K', '91310115MA1K00015K')).toBe(false);
});

test('any single changed character of a valid code is caught', () => {
  fc.assert(
    fc.property(validCode, fc.nat(17), characters, (code, position, character) => {
      fc.pre(code[position] !== character);
      const changed = code.slice(0, position) + character + code.slice(position + 1);
      return checkCreditCode(code).ok && !checkCreditCode(changed).ok;
    }),
    { numRuns: 2000 },
  );
});

test('whatever is typed, the check answers and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const result = checkCreditCode(text);
      proposeCreditCode(text);
      organisationCodeWarning(text);
      return result.ok || creditCodeSentence(result).length > 0;
    }),
    { numRuns: 1000 },
  );
});
