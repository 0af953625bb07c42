// Whole numbers in Chinese characters, as amounts of money are written on papers: 贰万元整 is 20000 yuan.
const DIGITS = new Map(
  ['零〇', '一壹', '二贰两', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap((same, n) =>
    [...same].map((character) => [character, n] as const),
  ),
);
const TENS = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
]);
const GROUPS = new Map([
  ['万', 10_000],
  ['亿', 100_000_000],
]);

/** The number that Chinese characters write (`三万五千`, `壹拾贰`); null where they write none. */
export function hanNumber(text: string): number | null {
  if (text === '') return null;
  let [total, group, digit] = [0, 0, 0];
  for (const character of text) {
    const value = DIGITS.get(character);
    const tens = TENS.get(character);
    const unit = GROUPS.get(character);
    if (value !== undefined) digit = value;
    else if (tens !== undefined) {
      group += (digit === 0 ? 1 : digit) * tens;
      digit = 0;
    } else if (unit !== undefined) {
      total += (group + digit) * unit;
      [group, digit] = [0, 0];
    } else return null;
  }
  return total + group + digit;
}
