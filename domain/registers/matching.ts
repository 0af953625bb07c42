// Which enterprise a row of a register is: the rules of domain reference 6.5, first hit wins.
import { squeezeText } from '../values/text.ts';

/** What a row or an enterprise is recognised by. Keys are normalised; `code` is null unless valid. */
export interface Identity {
  readonly code: string | null;
  /** Site number: of a row only where the register gives one. */
  readonly siteNo: string | null;
  /** Comparison keys of the name, and of former names that the row or the file knows. */
  readonly names: readonly string[];
  readonly address: string;
  readonly townId: string;
  /** The number that the program itself gave. */
  readonly ownNumber?: string | null;
  /** The row says no name: only its code tells whose it is. */
  readonly isNameless?: boolean;
  /** Code and site in the number of its permit, where the row says no code by itself. */
  readonly permit?: { readonly code: string; readonly siteNo: string } | null;
}

/** An enterprise that rows may be. `order` is that of creation. */
export interface Candidate extends Identity {
  readonly id: string;
  readonly name: string;
  readonly order: number;
}

/** A row to be matched. */
export interface MatchRow {
  readonly key: number;
  readonly fingerprint: string;
  readonly identity: Identity;
  readonly name: string;
}

export type MatchRule =
  'fingerprint' | 'own_number' | 'site' | 'address' | 'only_site' | 'permit' | 'name_town' | 'joined';

/** What a row turned out to be: an enterprise, a new one that may resemble another, or nobody can tell. */
export type MatchResult =
  | { readonly kind: 'known'; readonly id: string; readonly rule: MatchRule }
  /** One of several sites, and the row does not say which. */
  | { readonly kind: 'unclear'; readonly sites: number }
  | {
      readonly kind: 'new';
      readonly similar: { readonly id: string; readonly name: string; readonly reason: string } | null;
      readonly siteNo: string | null;
    };

/** Normal form of an address for comparing: no spaces, punctuation and leading city. */
export function addressKey(address: string): string {
  return squeezeText(address)
    .toUpperCase()
    .replace(/[,，。.、;；:：()（）\-—－_]/gu, '')
    .replace(/^(?:中国)?(?:上海市|上海)/u, '');
}

/** Do two addresses name one place: equal, or one is the end of the other (written without town and district)? */
export function addressesAgree(a: string, b: string): boolean {
  if (a === b) return true;
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.endsWith(short);
}

const contradict = (a: string, b: string): boolean => a !== '' && b !== '' && !addressesAgree(a, b);
const shareName = (a: Identity, b: Identity): boolean => a.names.some((n) => b.names.includes(n));

/** Finds candidates by their keys; grows by the enterprises that the import itself makes. */
export class CandidateIndex {
  readonly #byCode = new Map<string, Candidate[]>();
  readonly #byName = new Map<string, Candidate[]>();
  readonly #byId = new Map<string, Candidate>();
  readonly #byNumber = new Map<string, Candidate>();

  constructor(candidates: readonly Candidate[] = []) {
    for (const c of candidates) this.add(c);
  }

  add(c: Candidate): void {
    this.#byId.set(c.id, c);
    const put = (map: Map<string, Candidate[]>, key: string): void => {
      const list = map.get(key);
      if (list) list.push(c);
      else map.set(key, [c]);
    };
    if (c.code) put(this.#byCode, c.code);
    for (const name of new Set(c.names)) put(this.#byName, name);
    if (c.ownNumber && !this.#byNumber.has(c.ownNumber)) this.#byNumber.set(c.ownNumber, c);
  }

  byId(id: string): Candidate | null {
    return this.#byId.get(id) ?? null;
  }
  byNumber(number: string | null | undefined): readonly Candidate[] {
    const found = number ? this.#byNumber.get(number) : undefined;
    return found ? [found] : [];
  }
  byCode(code: string | null): readonly Candidate[] {
    return code ? (this.#byCode.get(code) ?? []) : [];
  }
  byNames(names: readonly string[]): readonly Candidate[] {
    const [only] = names;
    if (names.length === 1 && only !== undefined) return this.#byName.get(only) ?? [];
    return [...new Set(names.flatMap((n) => this.#byName.get(n) ?? []))];
  }
}

type Rule = (row: MatchRow) => readonly Candidate[];

/** Rows of the sheet that say the same: the k-th of them takes the k-th enterprise. */
function equalRows(rows: readonly MatchRow[]): (row: MatchRow) => number {
  const of = (r: MatchRow): string =>
    [r.identity.code ?? '', r.identity.names[0] ?? '', r.identity.townId, r.identity.address].join('\n');
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
  return (row) => counts.get(of(row)) ?? 1;
}

function rulesOf(
  index: CandidateIndex,
  rows: readonly MatchRow[],
  prior: ReadonlyMap<string, readonly string[]>,
): [MatchRule, Rule][] {
  const twins = equalRows(rows);
  const named = (i: Identity): Candidate[] =>
    index.byCode(i.code).filter((c) => i.isNameless || c.isNameless || shareName(c, i));
  return [
    [
      'fingerprint',
      (row) => (prior.get(row.fingerprint) ?? []).map((id) => index.byId(id)).filter((c): c is Candidate => c !== null),
    ],
    // The own number alone may be that of another office.
    [
      'own_number',
      ({ identity: i }) =>
        index.byNumber(i.ownNumber).filter((c) => shareName(c, i) || (c.code !== null && c.code === i.code)),
    ],
    ['site', ({ identity: i }) => (i.siteNo ? index.byCode(i.code).filter((c) => c.siteNo === i.siteNo) : [])],
    [
      'address',
      ({ identity: i }) =>
        named(i)
          .filter(
            (c) =>
              c.address === i.address || (i.address !== '' && c.address !== '' && addressesAgree(c.address, i.address)),
          )
          .sort((a, b) => Number(b.address === i.address) - Number(a.address === i.address) || a.order - b.order),
    ],
    [
      'only_site',
      ({ identity: i }) =>
        index.byCode(i.code).length === 1 && !i.siteNo ? named(i).filter((c) => !contradict(c.address, i.address)) : [],
    ],
    [
      'permit',
      ({ identity: i }) => {
        const sites = index.byCode(i.permit?.code ?? null);
        const own = sites.filter((c) => c.siteNo === i.permit?.siteNo);
        return own.length > 0 ? own : sites.length === 1 ? sites : [];
      },
    ],
    [
      'name_town',
      (row) => {
        const i = row.identity;
        const found = index
          .byNames(i.names)
          .filter((c) => (!c.code || !i.code) && c.townId === i.townId && !contradict(c.address, i.address));
        return found.length === 1 || twins(row) > 1 ? [...found].sort((a, b) => a.order - b.order) : [];
      },
    ],
  ];
}

const RESEMBLES = { code: '信用代码相同', name: '单位名称相同' } as const;

function similarTo(index: CandidateIndex, i: Identity): { id: string; name: string; reason: string } | null {
  const byCode = index.byCode(i.code)[0];
  if (byCode) {
    const reason = !shareName(byCode, i)
      ? `${RESEMBLES.code}，名称不同`
      : contradict(byCode.address, i.address)
        ? `${RESEMBLES.code}，地址不同`
        : RESEMBLES.code;
    return { id: byCode.id, name: byCode.name, reason };
  }
  const byName = index.byNames(i.names)[0];
  if (!byName) return null;
  const reason =
    byName.code && i.code
      ? `${RESEMBLES.name}，信用代码不同`
      : contradict(byName.address, i.address)
        ? `${RESEMBLES.name}，地址不同`
        : byName.townId !== i.townId
          ? `${RESEMBLES.name}，街镇不同`
          : RESEMBLES.name;
  return { id: byName.id, name: byName.name, reason };
}

/** The number of another site of the same legal person: given, or the next one where the address differs from those on file. */
function siteNoFor(index: CandidateIndex, i: Identity): string | null {
  if (i.siteNo) return i.siteNo;
  const sites = index.byCode(i.code);
  if (!sites.some((s) => contradict(s.address, i.address))) return null;
  const highest = Math.max(...sites.map((s) => Number(s.siteNo ?? '001') || 1));
  return highest < 999 ? String(highest + 1).padStart(3, '0') : null;
}

/**
 * Matches the rows of one sheet. One row takes at most one enterprise, one enterprise at most one row of the sheet, unless
 * people merged several rows into it before.
 * What matches nothing becomes new: `makeNew` is told, and the new enterprise joins the index under `new:<key>`, so that
 * later rows and sheets see it.
 * @param prior enterprise ids by fingerprint of rows imported before, in the order in which they were imported.
 * @param pause lets others run; called now and then.
 */
export async function matchSheet(
  rows: readonly MatchRow[],
  index: CandidateIndex,
  prior: ReadonlyMap<string, readonly string[]>,
  pause: () => Promise<void>,
): Promise<Map<number, MatchResult>> {
  const results = new Map<number, MatchResult>();
  /** Enterprises with the fingerprint of the row that took them. */
  const taken = new Map<string, string>();
  // Two different rows that became one enterprise at an earlier import (a merge) do so again.
  const isFree = (rule: MatchRule, row: MatchRow, id: string): boolean => {
    const by = taken.get(id);
    return by === undefined || (rule === 'fingerprint' && by !== '' && by !== row.fingerprint);
  };
  for (const [rule, candidatesOf] of rulesOf(index, rows, prior)) {
    for (const row of rows) {
      if (results.has(row.key)) continue;
      const found = candidatesOf(row).find((c) => isFree(rule, row, c.id));
      if (!found) continue;
      taken.set(found.id, row.fingerprint);
      results.set(row.key, { kind: 'known', id: found.id, rule });
    }
    await pause();
  }
  for (const [n, row] of rows.entries()) {
    if (results.has(row.key)) continue;
    const { identity } = row;
    const sites = identity.isNameless && identity.address === '' ? index.byCode(identity.code).length : 0;
    if (sites > 1 && !identity.siteNo) {
      results.set(row.key, { kind: 'unclear', sites });
      continue;
    }
    const siteNo = siteNoFor(index, identity);
    results.set(row.key, { kind: 'new', similar: similarTo(index, identity), siteNo });
    index.add({
      ...identity,
      siteNo: siteNo ?? '001',
      id: `new:${row.key}`,
      name: row.name,
      order: Number.MAX_SAFE_INTEGER - rows.length + n,
    });
    if (n % 200 === 0) await pause();
  }
  return results;
}
