// Two days of a row of which one can't come before the other: refused in forms, said of imports, and found by the checks of quality.
import type { Check } from './entity.ts';

/** What such a check is made of. `from` and `to` name the fields; `sentence` says what is wrong and what to do. */
interface Options<F extends string, T extends string> {
  readonly code: string;
  readonly from: F;
  readonly to: T;
  readonly sentence: string;
  /** How bad it is; refused in forms and said elsewhere if nothing else is said. */
  readonly severity?: Check<never>['severity'];
}

type Days<F extends string, T extends string> = { readonly [K in F | T]?: unknown };

/** The check that the second day does not come before the first. */
export function daysInOrder<const F extends string, const T extends string>(options: Options<F, T>): Check<Days<F, T>> {
  const { code, from, to, sentence } = options;
  const day = (row: Days<F, T>, field: F | T): string => (typeof row[field] === 'string' ? row[field] : '');
  return {
    code,
    field: to,
    severity: options.severity ?? { form: 'error', import: 'warn', handoff: 'warn' },
    days: [from, to],
    run: (row) => {
      const [first, last] = [day(row, from), day(row, to)];
      return first !== '' && last !== '' && last < first ? sentence : null;
    },
  };
}
