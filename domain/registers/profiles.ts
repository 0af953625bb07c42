// Profiles of ledgers (content/import-profiles.json): which heading of a known ledger fills which field, and what its words mean.
import { normaliseHeading } from '../values/text.ts';
import { placesOfContentField } from './content-fields.ts';
import { LEDGER_KINDS, PEOPLE, REGISTER_KINDS, SUBJECT, type RegisterKind } from './kinds.ts';
import type { OwnHeading, OwnProfile } from './own-profiles.ts';
import { targetOf, TARGETS, type Target } from './targets.ts';

/** A column of a profile as the content has it. */
export interface ProfileColumnContent {
  readonly target: string;
  readonly headingsSeen?: readonly string[];
  readonly headingsGuessed?: readonly string[];
  readonly transform?: string;
  readonly codeList?: string;
}

/** The content: profiles and their code lists. */
export interface ProfileContent {
  readonly codeLists: readonly { readonly id: string; readonly values: readonly { text: string; code: string }[] }[];
  readonly profiles: readonly {
    readonly id: string;
    readonly name: string;
    readonly rowKey: readonly string[];
    readonly defaults?: readonly { readonly target: string; readonly value: string }[];
    readonly warnings?: readonly string[];
    readonly source: string;
    readonly sourceRef: string;
    readonly columns: readonly ProfileColumnContent[];
  }[];
}

/** What a heading of a profile leads to; `kept`: its cells go into the remark with their heading. */
export interface ProfileHeading {
  readonly target: string;
  readonly kept?: true;
}

/** A profile in the fields of this dictionary. */
export interface RegisterProfile {
  readonly id: string;
  readonly name: string;
  /** `verified`: headings were seen in public files; `proposal`: they are ours. */
  readonly source: string;
  readonly sourceRef: string;
  readonly warnings: readonly string[];
  /** Fields that tell its rows apart. */
  readonly rowKey: readonly string[];
  /** Headings that were seen, in their normal form. */
  readonly seen: ReadonlyMap<string, ProfileHeading>;
  /** Headings that are guesses: a person is asked before one is used the first time. */
  readonly guessed: ReadonlyMap<string, ProfileHeading>;
  /** Words by target: the id that a text stands for. */
  readonly codes: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Values of a new enterprise where its row says none. */
  readonly defaults: Readonly<Record<string, string>>;
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The kind that the content calls so: `Permit`; `CateringInfo` is the block of that name. */
function kindCalled(name: string, kinds: readonly RegisterKind[] = REGISTER_KINDS): string | null {
  const asked = lowerFirst(name);
  if (asked === SUBJECT.name) return asked;
  const names = kinds.map((kind) => kind.entity.name);
  return [asked, asked.replace(/Info$/, 'Block')].find((one) => names.includes(one)) ?? null;
}

const PHONE = TARGETS.find((t) => t.entity === PEOPLE?.entity.name && t.meta.cell === 'phone') ?? null;

/** The field that a target of the content is; null where this dictionary has none. */
function fieldCalled(target: string, kinds: readonly RegisterKind[] = REGISTER_KINDS): Target | null {
  const [entity = '', field = ''] = target.split('.');
  const kind = kindCalled(entity, kinds);
  if (kind === SUBJECT.name && field === 'contacts') return PHONE;
  return kind === null
    ? null
    : (placesOfContentField(target)
        .map((place) => targetOf(place))
        .find(Boolean) ?? null);
}

/** Ways of reading a cell that the readers of the dictionary have by themselves. */
export const OWN_TRANSFORMS: ReadonlySet<string> = new Set([
  'normaliseCreditCode',
  'rangeStart',
  'rangeEnd',
  'keepText',
  'splitPhones',
]);

/** Where a column leads: its field; the remark for one that only a person may tell (技术负责人 is no 法定代表人). */
function headingOf(column: ProfileColumnContent): ProfileHeading | null {
  const target = fieldCalled(column.target);
  if (!target) return null;
  const kept = column.transform === 'notLegalRep';
  const remark = TARGETS.find((t) => t.meta.cell === 'remark');
  return kept && remark ? { target: remark.key, kept: true } : { target: target.key };
}

/** Profiles of which every kind exists here; the others are not offered. */
export function usableProfiles(content: ProfileContent): RegisterProfile[] {
  const lists = new Map(content.codeLists.map((list) => [list.id, new Map(list.values.map((v) => [v.text, v.code]))]));
  return content.profiles
    .filter((profile) => profile.columns.every((column) => kindCalled(column.target.split('.')[0] ?? '') !== null))
    .map((profile): RegisterProfile => {
      const seen = new Map<string, ProfileHeading>();
      const guessed = new Map<string, ProfileHeading>();
      const codes = new Map<string, ReadonlyMap<string, string>>();
      for (const column of profile.columns) {
        const heading = headingOf(column);
        if (!heading) continue;
        for (const text of column.headingsSeen ?? []) seen.set(normaliseHeading(text), heading);
        // What the ledger's own people write below a field that is not meant is no guess for it.
        if (!heading.kept)
          for (const text of column.headingsGuessed ?? []) guessed.set(normaliseHeading(text), heading);
        const list = column.codeList === undefined ? undefined : lists.get(column.codeList);
        if (list) codes.set(heading.target, list);
      }
      const defaults = (profile.defaults ?? []).flatMap(({ target, value }) => {
        const field = fieldCalled(target);
        return field?.definition === SUBJECT ? [[field.field, value] as const] : [];
      });
      const { id, name, source, sourceRef, rowKey, warnings = [] } = profile;
      return {
        id,
        name,
        source,
        sourceRef,
        rowKey,
        warnings,
        seen,
        guessed,
        codes,
        defaults: Object.fromEntries(defaults),
      };
    });
}

/** The profile whose own headings a sheet has most of, at least two that are not of the enterprise itself; null for none. */
export function profileOf(profiles: readonly RegisterProfile[], headings: readonly string[]): RegisterProfile | null {
  const hits = profiles.map((profile) => ({
    profile,
    hits: headings.filter((heading) => {
      const found = profile.seen.get(normaliseHeading(heading));
      return found && !found.kept && targetOf(found.target)?.definition !== SUBJECT;
    }).length,
  }));
  const best = hits.sort((a, b) => b.hits - a.hits)[0];
  return best && best.hits >= 2 ? best.profile : null;
}

/** Words of all profiles by field: the id that a text stands for in a ledger. */
export function ledgerWords(content: ProfileContent): Map<string, Map<string, string>> {
  const lists = new Map(content.codeLists.map((list) => [list.id, list.values]));
  const words = new Map<string, Map<string, string>>();
  for (const column of content.profiles.flatMap((profile) => profile.columns)) {
    const target = fieldCalled(column.target, LEDGER_KINDS);
    if (!target) continue;
    const known = words.get(target.key) ?? new Map<string, string>();
    for (const { text, code } of lists.get(column.codeList ?? '') ?? []) known.set(text, code);
    words.set(target.key, known);
  }
  return words;
}

/** The kinds whose records a profile fills, the enterprise itself left out. */
export const ledgerKindsOf = (profile: ProfileContent['profiles'][number]): ReadonlySet<string> =>
  new Set(
    profile.columns
      .flatMap(({ target }) => kindCalled(target.split('.')[0] ?? '', LEDGER_KINDS) ?? [])
      .filter((kind) => kind !== SUBJECT.name),
  );

/** A profile of the content as the office's own are kept, to be looked at and copied. */
export function asOwnProfiles(content: ProfileContent): OwnProfile[] {
  const lists = new Map(content.codeLists.map((list) => [list.id, list.values]));
  return content.profiles.map(({ id, name, rowKey, columns }) => {
    const known = columns.flatMap((column) => {
      const target = fieldCalled(column.target, LEDGER_KINDS);
      return target && column.transform !== 'notLegalRep' ? [{ column, target: target.key }] : [];
    });
    const headings = new Map<string, OwnHeading>();
    const put = (texts: readonly string[] = [], target: string, isGuess: boolean): void => {
      for (const heading of texts.map(normaliseHeading))
        if (!headings.has(heading)) headings.set(heading, { heading, target, isGuess });
    };
    for (const { column, target } of known) put(column.headingsSeen, target, false);
    for (const { column, target } of known) put(column.headingsGuessed, target, true);
    const words = known.flatMap(({ column, target }) =>
      (lists.get(column.codeList ?? '') ?? [])
        .filter(({ code }) => targetOf(target)?.meta.vocabulary?.ids.includes(code) === true)
        .map(({ text, code }) => ({ target, text, value: code })),
    );
    const kind = rowKey.every((key) => fieldCalled(key)?.definition === SUBJECT) ? 'register' : 'ledger';
    return { id, name, kind, columns: [...headings.values()], words };
  });
}
