// Percentages of integers as people may quote them (domain reference 4.1, rules 4 and 5).

const pow10 = (n: number): bigint => 10n ** BigInt(n);

/** `n/d` in units of 10^-decimals percent, rounded half up. */
function scaled(n: number, d: number, decimals: number): bigint {
  const numerator = BigInt(n) * 100n * pow10(decimals);
  const denominator = BigInt(d);
  return (numerator * 2n + denominator) / (denominator * 2n);
}

function print(units: bigint, decimals: number): string {
  if (decimals === 0) return units.toString();
  const digits = units.toString().padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Digits without the sign: `98.1`; `－` for an empty denominator. Never 100.0 unless n = d, nor 0.0 unless n = 0. */
export function percentDigits(n: number, d: number, decimals = 1): string {
  if (d === 0) return '－';
  let units = scaled(n, d, decimals);
  const full = 100n * pow10(decimals);
  if (n < d && units >= full) units = full - 1n;
  if (n > 0 && units === 0n) units = 1n;
  return print(units, decimals);
}

/** `98.1%`, or `－` for an empty denominator. */
export function percent(n: number, d: number, decimals = 1): string {
  const digits = percentDigits(n, d, decimals);
  return digits === '－' ? digits : `${digits}%`;
}

/** A target such as `95` or `97.5` as an exact fraction of 100. */
function targetFraction(target: string): { n: bigint; d: bigint } | null {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(target.trim());
  if (!match) return null;
  const decimals = match[2] ?? '';
  return { n: BigInt(match[1] + decimals), d: 100n * pow10(decimals.length) };
}

/** Whether n/d reaches the target; compares integers, not printed figures. Null for an empty denominator or no target. */
export function meetsTarget(n: number, d: number, target: string | null): boolean | null {
  const t = target ? targetFraction(target) : null;
  if (d === 0 || !t) return null;
  return BigInt(n) * t.d >= t.n * BigInt(d);
}

/** How many more of d are needed to reach the target. */
export function missingToTarget(n: number, d: number, target: string | null): number {
  const t = target ? targetFraction(target) : null;
  if (d === 0 || !t) return 0;
  const needed = (t.n * BigInt(d) + t.d - 1n) / t.d;
  return Math.max(0, Number(needed) - n);
}

/** Printed with as many decimals as show that a target is missed: 94.96 % against 95 is not printed as 95.0 %. */
export function percentAgainstTarget(n: number, d: number, target: string | null, decimals = 1): string {
  if (meetsTarget(n, d, target) !== false) return percent(n, d, decimals);
  const t = Number(target);
  for (let more = decimals; more <= 6; more += 1) {
    const digits = percentDigits(n, d, more);
    if (Number(digits) < t) return `${digits}%`;
  }
  return percent(n, d, 6);
}

/** `n/d` with decimals, rounded half up from the integers; `－` for an empty denominator. Whole numbers are printed without. */
export function averageDigits(n: number, d: number, decimals = 1): string {
  if (d === 0) return '－';
  const digits = print((BigInt(n) * pow10(decimals) * 2n + BigInt(d)) / (BigInt(d) * 2n), decimals);
  return digits.includes('.') ? digits.replace(/\.0+$|(?<!0)0+$/, '') : digits;
}
