// Rules of the domain that SQL may ask: the same function wherever a query runs.
import type Database from 'better-sqlite3';
import { checkCreditCode } from '../domain/values/credit-code.ts';
import { nameKey } from '../domain/values/name-key.ts';
import { searchKey } from '../domain/values/search-key.ts';
import { isSameArea, sameEnterprise, type EnterpriseIdentity } from '../domain/handoff/duplicates.ts';

const NAME = 'sd_same_enterprise';
const SEARCH_KEY = 'sd_search_key';
const RIGHT_CODE = 'sd_right_code';
const NAME_KEY = 'sd_name_key';

/** Characters of a key that are kept. */
const NAME_KEY_LENGTH = 200;

/** Makes the rules known to a connection. */
export function defineRules(db: Database.Database): void {
  db.function(SEARCH_KEY, { deterministic: true }, (text: unknown) =>
    text === null || text === undefined ? null : searchKey(String(text)),
  );
  db.function(RIGHT_CODE, { deterministic: true }, (text: unknown) => (checkCreditCode(String(text)).ok ? 1 : 0));
  db.function(NAME_KEY, { deterministic: true }, (text: unknown) =>
    text === null ? null : nameKey(String(text)).slice(0, NAME_KEY_LENGTH),
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

/** Condition that a column holds a credit code that keeps its rule. */
export const isRightCode = (column: string): string => `${RIGHT_CODE}(${column}) = 1`;

/** The key by which the name that an expression gives is compared with `enterprise.name_key`. */
export const nameKeyOf = (name: string): string => `${NAME_KEY}(${name})`;

/** Condition that two rows of `enterprise`, by their aliases, may be one enterprise; see `sameEnterprise`. */
export const mayBeOne = (one: string, other: string): string =>
  `${NAME}(${[one, other].flatMap((e) => ['name', 'credit_code', 'site_no', 'town_id'].map((column) => `${e}.${column}`)).join(', ')})`;
