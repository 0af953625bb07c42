// CAS registry numbers of chemicals: `7732-18-5`, the last digit checks the others.
const CAS = /^(\d{2,7})-(\d{2})-(\d)$/;

/** Whether a text is a CAS number whose check digit fits: the digits from the right times 1, 2, 3 …, summed, modulo 10. */
export function isCasNumber(text: string): boolean {
  const parts = CAS.exec(text);
  if (!parts) return false;
  const digits = [...`${parts[1] ?? ''}${parts[2] ?? ''}`].reverse();
  const sum = digits.reduce((total, digit, i) => total + Number(digit) * (i + 1), 0);
  return sum % 10 === Number(parts[3]);
}

/** What is wrong with a CAS number, in a sentence; null where nothing is. */
export function casNumberSentence(text: string): string | null {
  if (isCasNumber(text)) return null;
  return CAS.test(text)
    ? 'CAS 号的校验位不符，请对照化学品安全技术说明书（SDS）核对'
    : 'CAS 号应写作“7732-18-5”的样子：数字、短横、两位数字、短横、一位校验位';
}
