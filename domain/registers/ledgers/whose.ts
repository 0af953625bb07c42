// Which enterprise on file a row of a ledger is about. A ledger makes none: who is not found is said (domain reference 8.2, 18).
import { addressesAgree, type Candidate, type CandidateIndex } from '../matching.ts';
import { nameComparisonKey } from '../../values/name-key.ts';
import { squeezeText } from '../../values/text.ts';

/** What a row says of whom it is about. `code` is null unless valid. */
export interface LedgerIdentity {
  readonly name: string;
  readonly code: string | null;
  readonly siteNo: string | null;
  /** Code and site in the number of its permit. */
  readonly permit: { readonly code: string; readonly siteNo: string } | null;
  readonly townId: string | null;
  /** Normal form of its address. */
  readonly address: string;
}

/** Whose a row is; `waiting`: it is of one of several sites and does not say which. */
export type Whose =
  | { readonly kind: 'known'; readonly id: string; readonly by: 'permit' | 'code' | 'name' }
  | { readonly kind: 'waiting'; readonly sites: readonly Candidate[]; readonly by: 'code' | 'name' }
  | { readonly kind: 'unknown' };

/** `某某公司（禾东路厂区）`: the name, and what tells the site. */
export function nameAndSite(name: string): { name: string; site: string | null } {
  const parts = /^(.+)[(（]([^()（）]+)(?:厂区|分厂|厂房|车间|基地|园区|校区|院区|店)[)）]$/u.exec(name.trim());
  return parts?.[1] && parts[2] ? { name: parts[1], site: squeezeText(parts[2]) } : { name, site: null };
}

/** Keys by which a row's enterprise is looked for by name. */
export function nameKeysOf(name: string): string[] {
  return [...new Set([name, nameAndSite(name).name].map(nameComparisonKey))].filter((key) => key !== '');
}

/** The one of several sites that a row tells apart from the others, or null. */
function siteOf(sites: readonly Candidate[], row: LedgerIdentity): Candidate | null {
  const { site } = nameAndSite(row.name);
  const tests: ((one: Candidate) => boolean)[] = [
    (one) => row.siteNo !== null && one.siteNo === row.siteNo,
    (one) => site !== null && (one.address.includes(site) || one.name.includes(site)),
    (one) => row.address !== '' && one.address !== '' && addressesAgree(one.address, row.address),
  ];
  for (const test of tests) {
    const [only, ...others] = sites.filter(test);
    if (only && others.length === 0) return only;
  }
  return null;
}

function among(sites: readonly Candidate[], row: LedgerIdentity, by: 'code' | 'name'): Whose {
  const [only, ...others] = sites;
  if (!only) return { kind: 'unknown' };
  const one = others.length === 0 ? only : siteOf(sites, row);
  return one ? { kind: 'known', id: one.id, by } : { kind: 'waiting', sites, by };
}

/**
 * Finds the enterprise of a row: by the code and site in the number of its permit, by its own code and site, else by name and
 * town where one of the two sides has no valid code.
 */
export function whoseRow(row: LedgerIdentity, index: CandidateIndex): Whose {
  const { permit, code } = row;
  const ofPermit = permit ? index.byCode(permit.code) : [];
  const exact =
    ofPermit.find((one) => one.siteNo === permit?.siteNo) ?? (ofPermit.length === 1 ? ofPermit[0] : undefined);
  if (exact) return { kind: 'known', id: exact.id, by: 'permit' };
  const ofCode = index.byCode(code);
  if (ofCode.length > 0) return among(ofCode, row, 'code');
  const named = index
    .byNames(nameKeysOf(row.name))
    .filter((one) => (code === null || one.code === null) && (row.townId === null || one.townId === row.townId));
  return among(named, row, 'name');
}
