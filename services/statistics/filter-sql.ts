// The filters of figures as SQL over the rows of a cohort, whose columns are as of a day.
import type { Filter } from '../../domain/dictionary/filter.ts';
import { compileFilter } from '../lists/index.ts';
import type { Sql } from './sql.ts';

/** Rows that a filter is asked of. */
export interface Rows {
  readonly of: string;
  /** Name of the rows in the query. */
  readonly alias: string;
  /** The day that `today` means. */
  readonly day: string;
  /** SQL of the day whose areas of an enterprise count; without it today's. */
  readonly areasOn?: string;
}

/** A filter as a condition of SQL over the rows. @throws for a name that the dictionary does not have */
export function filterSql(filter: Filter, { of, alias, day, areasOn }: Rows): Sql {
  const { sql, parameters } = compileFilter(of, filter, {
    alias,
    today: day,
    ...(areasOn && { areasOn: { alias, day: areasOn } }),
  });
  return { sql, parameters: [...parameters] };
}
