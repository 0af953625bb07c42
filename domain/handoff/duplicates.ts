// Which rows of a package may be ones that are here already under another id: enterprises and areas that two offices
// entered on their own (hand-off design 6).
import { checkCreditCode } from '../values/credit-code.ts';
import { areSimilarNames, nameKey } from '../values/name-key.ts';

/** An area, enough of it to compare. */
export interface AreaFacts {
  readonly id: string;
  readonly level: string;
  readonly name: string;
  readonly parentId: string | null;
}

/** An enterprise, enough of it to compare. */
export interface EnterpriseFacts {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string | null;
  readonly siteNo: string | null;
  readonly townId: string | null;
  readonly villageId: string | null;
  readonly parkId: string | null;
  readonly address: string | null;
}

/** Why two rows may be one: same credit code and site, same name in the same town, same level and name below the same area. */
export type DuplicateReason = 'code' | 'name' | 'area';

/** {@link DuplicateReason} in words. */
export const DUPLICATE_REASONS: Readonly<Record<DuplicateReason, string>> = {
  code: '信用代码相同',
  name: '名称和街镇相同',
  area: '同级同名',
};

/** A row that comes and one that is here. `proposed`: nearly certain, to be merged unless somebody says no. */
export interface Duplicate {
  readonly id: string;
  readonly otherId: string;
  readonly name: string;
  readonly otherName: string;
  readonly reason: DuplicateReason;
  readonly proposed: boolean;
}

/** Pairs of areas, those further up first. Proposed when all areas above are alike too; not when one of them has nothing above. */
export function areaDuplicates(incoming: readonly AreaFacts[], present: readonly AreaFacts[]): Duplicate[] {
  const all = new Map([...present, ...incoming].map((a) => [a.id, a]));
  const key = (a: AreaFacts): string => `${a.level} ${nameKey(a.name)}`;
  const pathOf = (a: AreaFacts): string[] => {
    const path: string[] = [];
    for (let at: AreaFacts | undefined = a; at && path.length < 12; at = at.parentId ? all.get(at.parentId) : undefined)
      path.push(key(at));
    return path;
  };
  const byKey = new Map<string, AreaFacts[]>();
  for (const a of [...present].sort((x, y) => (x.id < y.id ? -1 : 1)))
    byKey.set(key(a), [...(byKey.get(key(a)) ?? []), a]);
  return incoming
    .map((a) => ({ a, path: pathOf(a) }))
    .sort((x, y) => x.path.length - y.path.length)
    .flatMap(({ a, path }) => {
      const known = (byKey.get(key(a)) ?? []).filter((p) => p.id !== a.id).map((p) => ({ p, path: pathOf(p) }));
      const same = known.find((k) => k.path.join('/') === path.join('/'));
      const near = known.find((k) => k.path.length === 1 || path.length === 1);
      const found = same ?? near;
      return found
        ? [
            {
              id: a.id,
              otherId: found.p.id,
              name: a.name,
              otherName: found.p.name,
              reason: 'area' as const,
              proposed: same !== undefined,
            },
          ]
        : [];
    });
}

/** What of an enterprise says whether it is another one. */
export type EnterpriseIdentity = Pick<EnterpriseFacts, 'name' | 'creditCode' | 'siteNo' | 'townId'>;

/**
 * Why two enterprises may be one, null when they are two. `isSame` says whether two areas are, or would be merged into, one. A wrong or
 * missing code says nothing; two sites of one legal person share code and name, and are two.
 */
export function sameEnterprise(
  a: EnterpriseIdentity,
  b: EnterpriseIdentity,
  isSame: (one: string | null, other: string | null) => boolean,
): 'code' | 'name' | null {
  if (a.creditCode !== null && a.creditCode === b.creditCode && checkCreditCode(a.creditCode).ok)
    return a.siteNo === b.siteNo ? 'code' : null;
  return isSame(a.townId, b.townId) && (a.name === b.name || nameKey(a.name) === nameKey(b.name)) ? 'name' : null;
}

/** Are two areas one, where nothing is about to be merged? */
export const isSameArea = (one: string | null, other: string | null): boolean => one !== null && one === other;

/** Judges a pair of enterprises by {@link sameEnterprise}, and whether it is nearly certain. */
export function enterpriseDuplicate(
  a: EnterpriseFacts,
  b: EnterpriseFacts,
  isSame: (one: string | null, other: string | null) => boolean,
): Duplicate | null {
  const reason = sameEnterprise(a, b, isSame);
  if (!reason) return null;
  const samePlace =
    isSame(a.villageId, b.villageId) ||
    isSame(a.parkId, b.parkId) ||
    (a.address !== null && b.address !== null && nameKey(a.address) === nameKey(b.address));
  return {
    id: a.id,
    otherId: b.id,
    name: a.name,
    otherName: b.name,
    reason,
    proposed: reason === 'code' && samePlace && areSimilarNames(a.name, b.name),
  };
}
