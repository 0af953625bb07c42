// Rows of one sheet that are one enterprise: a list of projects, permits or contacts names it once for each (domain reference 6.5).
import { addressesAgree, addressKey, type Identity } from './matching.ts';
import type { FieldValues, StagedRecord } from './row-content.ts';

/** A row as it is compared with the others of its sheet. */
export interface JoiningRow {
  readonly key: number;
  readonly identity: Identity;
  /** What it says of the enterprise itself, its areas included. */
  readonly subject: FieldValues;
  readonly records: Readonly<Record<string, readonly StagedRecord[]>>;
  /** Cells of columns without a field. */
  readonly unmapped: Readonly<Record<string, string>>;
  /** Enterprises that this row became when it came before. */
  readonly prior: readonly string[];
}

/** Values that two rows about one enterprise may say in different words. */
const saysOtherwise = (field: string, a: unknown, b: unknown): boolean => {
  if (field === 'address') return !addressesAgree(addressKey(String(a)), addressKey(String(b)));
  return a !== b;
};

/** Does nothing that the two say of the enterprise itself contradict? */
function agree(a: JoiningRow, b: JoiningRow): boolean {
  if (!a.identity.names.some((name) => b.identity.names.includes(name))) return false;
  if (a.identity.townId !== b.identity.townId) return false;
  if (a.prior.length > 0 && b.prior.length > 0 && !a.prior.some((id) => b.prior.includes(id))) return false;
  return Object.keys(a.subject).every(
    (field) =>
      field === 'name' || b.subject[field] === undefined || !saysOtherwise(field, a.subject[field], b.subject[field]),
  );
}

/** What hangs on the enterprise by this row, to be compared. */
const partsOf = (row: JoiningRow): string =>
  JSON.stringify(
    Object.entries(row.records)
      .filter(([, records]) => records.length > 0)
      .map(([kind, records]) => [kind, records.map((record) => record.values)]),
  );

/**
 * Do two rows that carry one code differ in a column without a field? Such a sheet lists what hangs on the enterprise
 * (废物名称, 设备), though there is no field for it.
 */
const listsMore = (a: JoiningRow, b: JoiningRow): boolean =>
  b.identity.code !== null && JSON.stringify(a.unmapped) !== JSON.stringify(b.unmapped);

/** All that tells a row from another one: rows that say the same are compared once. */
const saidBy = (row: JoiningRow): string => JSON.stringify([row.identity, row.prior, row.subject, partsOf(row)]);

interface Group {
  readonly rows: JoiningRow[];
  /** One row of each kind that the group has, and what hangs on it. */
  readonly kinds: { readonly row: JoiningRow; readonly said: string; readonly parts: string }[];
  /** Some of its rows differ in what hangs on the enterprise: only then they are a list of such things. */
  differs: boolean;
}

/**
 * Rows that add to an enterprise of an earlier row, with the key of that row. Rows that say all the same are none: each of
 * them is an enterprise, unless other rows of theirs show that the sheet lists what hangs on it, or they name nobody but by code.
 */
export function joinRows(rows: readonly JoiningRow[]): Map<number, number> {
  const byName = new Map<string, Group[]>();
  for (const row of rows) {
    const name = row.identity.code ?? row.identity.names[0] ?? '';
    const groups = byName.get(name) ?? byName.set(name, []).get(name) ?? [];
    const [said, parts] = [saidBy(row), partsOf(row)];
    const group = groups.find((one) => one.kinds.every((kind) => kind.said === said || agree(kind.row, row)));
    if (!group) {
      groups.push({ rows: [row], kinds: [{ row, said, parts }], differs: false });
      continue;
    }
    const [first] = group.rows;
    group.differs ||=
      group.kinds.some((kind) => kind.parts !== parts) || (first !== undefined && listsMore(first, row));
    group.rows.push(row);
    if (!group.kinds.some((kind) => kind.said === said)) group.kinds.push({ row, said, parts });
  }
  const joined = new Map<number, number>();
  for (const group of [...byName.values()].flat()) {
    const [head, ...others] = group.rows;
    if (head && (group.differs || head.identity.isNameless)) for (const row of others) joined.set(row.key, head.key);
  }
  return joined;
}
