// A number that was asked for its list: which figure, of what, and how it is called.
import type { z } from 'zod';
import type { drill, StatisticsScope } from '../../contract/statistics.ts';

/** What stands behind a number; `drill` goes to the back end as it is. */
export interface Asked {
  /** 建东村　未整改 */
  title: string;
  /** The number as it is printed where it was asked. */
  printed: string;
  /** Where it stands or how it is made of numerator and denominator. */
  note?: string;
  drill: Omit<z.input<typeof drill>, 'scope'> & { scope: StatisticsScope };
}

/** One and the same number? */
export const sameAsked = (a: Asked | null, b: Asked | null): boolean =>
  a !== null && b !== null && JSON.stringify(a.drill) === JSON.stringify(b.drill);
