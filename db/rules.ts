// Rules of the domain that SQL may ask: the same function wherever a query runs.
import type Database from 'better-sqlite3';
import { searchKey } from '../domain/values/search-key.ts';
import { isSameArea, sameEnterprise, type EnterpriseIdentity } from '../domain/handoff/duplicates.ts';

const NAME = 'sd_same_enterprise';
const SEARCH_KEY = 'sd_search_key';

/** Makes the rules known to a connection. */
export function defineRules(db: Database.Database): void {
  db.function(SEARCH_KEY, { deterministic: true }, (text: unknown) =>
    text === null || text === undefined ? null : searchKey(String(text)),
  );
  db.function(NAME, { deterministic: true, varargs: true }, (...v: unknown[]) => {
    const [name, creditCode, siteNo, townId, ...other] = v as (string | null)[];
    const one = { name, creditCode, siteNo, townId } as EnterpriseIdentity;
    return sameEnterprise(
      one,
      { name: other[0], creditCode: other[1], siteNo: other[2], townId: other[3] } as EnterpriseIdentity,
      isSameArea,
    )
      ? 1
      : 0;
  });
}

/** Condition that two rows of `enterprise`, by their aliases, may be one enterprise; see `sameEnterprise`. */
export const mayBeOne = (one: string, other: string): string =>
  `${NAME}(${[one, other].flatMap((e) => ['name', 'credit_code', 'site_no', 'town_id'].map((column) => `${e}.${column}`)).join(', ')})`;
