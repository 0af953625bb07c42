// Whether a measured value keeps its limit: exact decimals, ranges as of pH, values below the detection limit (domain reference 2.6).
import { compareDecimals, isDecimal } from '../values/decimal.ts';

/** A value with its limit, as stored. `operator` `lt`: below the detection limit that is given as the value. */
export interface Measured {
  readonly value: string | null;
  readonly operator: string | null;
  readonly unit: string | null;
  readonly limitLow: string | null;
  readonly limitHigh: string | null;
  readonly limitUnit: string | null;
}

export type Judgement = 'exceeds' | 'within' | 'unjudged';

/**
 * A value equal to its limit keeps it. `< n` keeps a limit that is not below n, and says nothing of a lower one; `> n` exceeds a limit
 * that is not above n. Below detection, whatever that is (未检出), keeps a limit: methods are chosen
 * to see it. A value in another unit than its limit is not judged.
 */
export function judge({ value, operator, unit, limitLow, limitHigh, limitUnit }: Measured): Judgement {
  if (!isDecimal(limitHigh) && !isDecimal(limitLow)) return 'unjudged';
  if ((limitUnit ?? unit) !== unit) return 'unjudged';
  if (!isDecimal(value)) return operator === 'lt' && value === null && !isDecimal(limitLow) ? 'within' : 'unjudged';
  const over = isDecimal(limitHigh) ? compareDecimals(value, limitHigh) : -1;
  const under = isDecimal(limitLow) ? compareDecimals(value, limitLow) : 1;
  if (operator === 'lt') return over <= 0 && !isDecimal(limitLow) ? 'within' : under <= 0 ? 'exceeds' : 'unjudged';
  if (operator === 'gt') return over >= 0 && isDecimal(limitHigh) ? 'exceeds' : 'unjudged';
  return over > 0 || under < 0 ? 'exceeds' : 'within';
}
