// Finds the areas that a register names, by name, alias and stem; a name nobody knows becomes a new area (domain reference 6.4).
import { townStem, villageKind, villageStem } from '../values/area-key.ts';
import { squeezeText, wholeCharacters } from '../values/text.ts';

/** An area on file, or one that the import will make (its id then starts with `new:`). */
export interface KnownArea {
  readonly id: string;
  readonly level: string;
  readonly name: string;
  readonly parentId: string | null;
  /** Names of earlier times and other spellings. */
  readonly aliases: readonly string[];
}

/** What a name led to. */
export type AreaResult =
  | { readonly kind: 'found'; readonly area: KnownArea; readonly by: 'name' | 'alias' | 'stem' }
  | { readonly kind: 'new'; readonly area: KnownArea }
  | { readonly kind: 'ambiguous'; readonly names: readonly string[] };

const key = (name: string): string =>
  squeezeText(name)
    .toUpperCase()
    .replace(/[（）]/g, (b) => (b === '（' ? '(' : ')'));
const stemOf = (level: string, name: string): string =>
  key(level === 'town' ? townStem(name) : level === 'village' ? villageStem(name) : name);

const CONTINUED = /(?:[(（](?:续表?|接上表?|[一二三四五六七八九十\d]+)[)）]|续表?)$/u;
const GROUP = /(?<=村|社区|居委会?|居民区)第?[\d一二三四五六七八九十百]+(?:村民|居民)?小?[组队]$/u;

/** The name in `东塘村（续）` and `东塘村3组`: a sheet that goes on, or a part of a village, which is no area of its own. */
export function areaName(text: string): string {
  const name = squeezeText(text);
  const whole = name.replace(CONTINUED, '').replace(GROUP, '');
  return whole === '' ? name : whole;
}

/** The villages in `东塘村、西塘村`; one name, or what is no list of villages, gives itself alone. */
export function villagesIn(text: string): readonly string[] {
  const parts = squeezeText(text)
    .split(/[、,，;；/]|及|和(?=\p{Script=Han}{2,})/u)
    .filter((part) => part !== '');
  return parts.length > 1 && parts.every(looksLikeVillage) ? parts : [text];
}

/** Does a sheet's name look like that of a village? */
export function looksLikeVillage(name: string): boolean {
  const text = squeezeText(name);
  return (
    text.length >= 2 && text.length <= 20 && villageKind(text) !== null && !/^(?:各|全|所有|\d+个?|农)村/.test(text)
  );
}

/** The areas on file and those that this import makes. One per preview. */
export class AreaResolver {
  readonly #byName = new Map<string, KnownArea[]>();
  readonly #byStem = new Map<string, KnownArea[]>();
  readonly #areas = new Map<string, KnownArea>();
  readonly #made: KnownArea[] = [];

  constructor(areas: readonly KnownArea[]) {
    for (const area of areas) this.#add(area);
  }

  /** Areas to be made, parents before children. */
  get made(): readonly KnownArea[] {
    return this.#made;
  }

  /** All towns on file. */
  towns(): KnownArea[] {
    return [...this.#areas.values()].filter((a) => a.level === 'town');
  }

  byId(id: string): KnownArea | null {
    return this.#areas.get(id) ?? null;
  }

  /** Is there an area of that level and name (or alias, or stem) anywhere? */
  knows(level: string, name: string): boolean {
    return (
      this.#named(level, name).length > 0 || (this.#byStem.get(`${level}\n${stemOf(level, name)}`)?.length ?? 0) > 0
    );
  }

  /** The only area of that level and exact name, whatever it lies in; null when there are none or several. */
  only(level: string, name: string): KnownArea | null {
    const found = this.#named(level, name);
    return found.length === 1 ? (found[0] ?? null) : null;
  }

  /** Does an area lie in another, whatever stands between them? */
  liesIn(areaId: string, ancestorId: string): boolean {
    const area = this.#areas.get(areaId);
    return area !== undefined && this.#liesIn(area, ancestorId);
  }

  /** The town that an area lies in, or null. */
  townOf(area: KnownArea): string | null {
    for (let at: KnownArea | undefined = area, depth = 0; at && depth < 10; depth += 1) {
      if (at.level === 'town') return at.id;
      at = at.parentId ? this.#areas.get(at.parentId) : undefined;
    }
    return null;
  }

  /**
   * Resolves a name of a level. `within` is the town the area must lie in (null: anywhere). A name that nothing answers to
   * makes a new area there, or in `madeIn`.
   */
  resolve(level: string, name: string, within: string | null, madeIn: string | null = within): AreaResult {
    const inTown = (a: KnownArea): boolean => within === null || a.parentId === null || this.#liesIn(a, within);
    const exact = this.#named(level, name).filter(inTown);
    const own = exact.find((a) => key(a.name) === key(name));
    if (own) return { kind: 'found', area: own, by: 'name' };
    if (exact.length === 1 && exact[0]) return { kind: 'found', area: exact[0], by: 'alias' };
    const stem = stemOf(level, name);
    const body = level === 'village' ? villageKind(name) : null;
    const similar =
      stem === '' || (level !== 'town' && level !== 'village')
        ? []
        : (this.#byStem.get(`${level}\n${stem}`) ?? [])
            .filter(inTown)
            .filter((a) => body === null || villageKind(a.name) === null || villageKind(a.name) === body);
    const candidates = [...new Set([...exact, ...similar])];
    if (candidates.length > 1) return { kind: 'ambiguous', names: candidates.map((a) => a.name) };
    if (candidates[0]) return { kind: 'found', area: candidates[0], by: exact.length > 0 ? 'alias' : 'stem' };
    return { kind: 'new', area: this.make(level, name, madeIn) };
  }

  /** Makes an area of this import, unless it is there already. */
  make(level: string, name: string, parentId: string | null): KnownArea {
    const there = this.#named(level, name).find((a) => key(a.name) === key(name) && a.parentId === parentId);
    if (there) return there;
    const area: KnownArea = {
      id: `new:${this.#made.length + 1}`,
      level,
      name: wholeCharacters(squeezeText(name), 60),
      parentId,
      aliases: [],
    };
    this.#made.push(area);
    this.#add(area);
    return area;
  }

  #named(level: string, name: string): KnownArea[] {
    return this.#byName.get(`${level}\n${key(name)}`) ?? [];
  }

  #liesIn(area: KnownArea, ancestor: string): boolean {
    for (let at: KnownArea | undefined = area, depth = 0; at && depth < 10; depth += 1) {
      if (at.id === ancestor || at.parentId === ancestor) return true;
      at = at.parentId ? this.#areas.get(at.parentId) : undefined;
    }
    return false;
  }

  #add(area: KnownArea): void {
    this.#areas.set(area.id, area);
    const put = (map: Map<string, KnownArea[]>, k: string): void => {
      const list = map.get(k);
      if (!list) map.set(k, [area]);
      else if (!list.includes(area)) list.push(area);
    };
    for (const name of [area.name, ...area.aliases]) {
      put(this.#byName, `${area.level}\n${key(name)}`);
      put(this.#byStem, `${area.level}\n${stemOf(area.level, name)}`);
    }
  }
}
