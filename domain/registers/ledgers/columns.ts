// Recognises the columns of a ledger: of what kinds of record it speaks, and which field each column fills.
import { isPlausible, lookAtColumn, type ColumnLook } from '../column-values.ts';
import { fieldOf, fieldRead, LEDGER_KINDS, PEOPLE, registerKind, SUBJECT, type RegisterKind } from '../kinds.ts';
import { mapColumns, type MappedColumn, type MappingHints, type SourceColumn } from '../mapping.ts';
import { headingTarget, isIgnoredHeading, targetOf, type Target } from '../targets.ts';
import { knowsNoWord } from '../words.ts';
import { normaliseHeading } from '../../values/text.ts';
import { yearIn } from './complete.ts';
import { yearBefore } from './heading-words.ts';
import { endMeanings, kindsNamed, ledgerLevels, meaningsOf, VERY, WHOLE, type Meaning } from './headings.ts';

/** How the columns of a ledger were understood. */
export interface LedgerColumns {
  readonly columns: readonly MappedColumn[];
  /** The kind that its rows are; null where they speak of nothing but the enterprise itself. */
  readonly main: string | null;
}

interface Column {
  readonly source: SourceColumn;
  readonly meanings: readonly Meaning[];
  /** Kinds that the headings above it name. */
  readonly group: ReadonlySet<string>;
}

/** A kind as the columns fill it, the best meaning of each column first. */
interface Reading {
  readonly kind: RegisterKind;
  readonly points: number;
  readonly columns: ReadonlyMap<number, Meaning>;
}

/** What stands around the table: the kinds that it names, and whether it says a year. */
interface Around {
  readonly named: ReadonlySet<string>;
  readonly year: number | null;
}

/** A person's word is more than any heading's. */
const SAID = 3 * WHOLE;

const pointsFirst = (a: Meaning, b: Meaning): number => b.points - a.points;

/** Who was looked at or punished is the enterprise, though 处罚单位 is an office. */
const PASSIVE = /^[被受].*(?:单位|企业|公司|对象|人|方)(?:名称)?$/u;

/** Does a heading say whose the row is? Then it is no field of a record, whatever ends like it. */
function saysWhose(heading: string, look: ColumnLook): boolean {
  const leaf = normaliseHeading(ledgerLevels(heading).at(-1) ?? '');
  const target = headingTarget(leaf)?.target;
  const who = target?.meta.cell === 'name' || target?.meta.cell === 'creditCode';
  // 单位 over mg/m³ is a unit.
  return PASSIVE.test(leaf) || (who && target !== undefined && isPlausible(target, look));
}

/** What a column may mean, by its heading, as far as its values let it; a heading over it that names a kind leaves out the others. */
function readColumn(source: SourceColumn, named: ReadonlySet<string>): Column {
  const levels = ledgerLevels(source.heading);
  const group = kindsNamed(levels.slice(0, -1).join(' '));
  const look = lookAtColumn(source.cells());
  const none =
    isIgnoredHeading(normaliseHeading(source.heading)) || (group.size === 0 && saysWhose(source.heading, look));
  if (none) return { source, group, meanings: [] };
  const fits = ({ target }: Meaning): boolean => isPlausible(target, look);
  const speaks = ({ target }: Meaning): boolean =>
    target.meta.cell !== undefined || !knowsNoWord(target, source.cells());
  const said = meaningsOf(source.heading).filter((m) => m.target.entity !== PEOPLE?.entity.name && fits(m));
  // Of several choices that a heading may be, those whose words stand in the column; a lone one is named where they do not.
  const exact = said.some(speaks) ? said.filter(speaks) : said;
  // What only ends like a field is one of the kind that the heading over it, or the title, names.
  const about = group.size > 0 ? group : named;
  const known = exact.some(({ target, points }) => points >= WHOLE && (about.size === 0 || about.has(target.entity)));
  const ends = known ? [] : endMeanings(source.heading, about).filter((m) => fits(m) && speaks(m));
  const all = [...exact, ...ends];
  const grouped = all.filter(({ target }) => group.has(target.entity));
  return { source, group, meanings: (grouped.length > 0 ? grouped : all).sort(pointsFirst) };
}

const bestOf = ({ meanings }: Column): ReadonlySet<string> => {
  const most = meanings[0]?.points ?? 0;
  return new Set(meanings.filter(({ points }) => points === most && most >= WHOLE).map(({ target }) => target.entity));
};

/** A heading that several kinds have (备案日期) is of the kind that the columns left of it speak of, where that is one of them. */
function besideTheirs(columns: readonly Column[]): Column[] {
  let left: string | null = null;
  return columns.map((column) => {
    const kinds = bestOf(column);
    const [only, ...others] = kinds;
    if (only !== undefined && others.length === 0) left = only;
    if (others.length === 0 || column.group.size > 0 || left === null || !kinds.has(left)) return column;
    const own = left;
    return { ...column, meanings: column.meanings.filter(({ target }) => target.entity === own) };
  });
}

/** A column of which a person said what it is: it counts among the columns of its kind as one whose heading says so. */
function saidColumn(source: SourceColumn, { target }: MappedColumn): Column {
  const group = kindsNamed(ledgerLevels(source.heading).slice(0, -1).join(' '));
  const tells = target !== null && registerKind(target.entity) !== null;
  return { source, group, meanings: tells ? [{ target, points: SAID }] : [] };
}

/** A column without what it would mean in kinds that the table does not speak of. */
const limited = (column: Column, only: ReadonlySet<string> | null): Column =>
  only === null ? column : { ...column, meanings: column.meanings.filter(({ target }) => only.has(target.entity)) };

const yearOf = ({ source }: Column): number => yearBefore(ledgerLevels(source.heading).at(-1) ?? '') ?? 0;

/** References may be named by several columns: a project by its name and by its number. */
const mayRepeat = (target: Target): boolean => target.meta.kind === 'reference';

/** Is the column, by its very words, a field of another kind? Then what it only ends like is not meant. */
const isOthers = ({ meanings }: Column, kind: RegisterKind): boolean =>
  meanings.some(({ target, points }) => target.entity !== kind.entity.name && points >= WHOLE + VERY);

/** The columns of a kind: the better meaning takes a field, then the later year, then the column further left. */
function readKind(kind: RegisterKind, columns: readonly Column[], least: number): Reading {
  const wanted = columns
    .flatMap((column) =>
      column.meanings
        .filter(({ target, points }) => target.entity === kind.entity.name && points >= least)
        .filter(({ points }) => points >= WHOLE || !isOthers(column, kind))
        .map((meaning) => ({ index: column.source.index, year: yearOf(column), meaning })),
    )
    .sort((a, b) => b.meaning.points - a.meaning.points || b.year - a.year || a.index - b.index);
  const taken = new Set<string>();
  const found = new Map<number, Meaning>();
  for (const { index, meaning } of wanted) {
    if (found.has(index) || (taken.has(meaning.target.key) && !mayRepeat(meaning.target))) continue;
    taken.add(meaning.target.key);
    found.set(index, meaning);
  }
  const points = [...found.values()].reduce((sum, one) => sum + one.points, 0);
  return { kind, points, columns: found };
}

const fieldsIn = (reading: Reading): Set<string> => new Set([...reading.columns.values()].map((m) => m.target.field));

/** May a title say it? A list that registers too have columns of is one only where it does. */
const isTitled = ({ facet }: RegisterKind, field: string, year: number | null): boolean =>
  facet.ledger?.titled === field && (facet.ledger.only === true || year !== null);

/** Is there something by which a record of the kind is told, and where does the rest that it needs come from? */
function isWhole(reading: Reading, { named, year }: Around, held: ReadonlySet<string> = new Set()): boolean {
  const { kind } = reading;
  const { facet, entity } = kind;
  const fields = fieldsIn(reading);
  if (fields.size === 0) return false;
  const told = new Set((facet.ledger?.told ?? []).filter(({ by }) => fields.has(by)).map(({ field }) => field));
  const comes = (field: string): boolean =>
    fields.has(field) ||
    told.has(field) ||
    isTitled(kind, field, year) ||
    facet.otherwise?.[field] !== undefined ||
    fieldOf(entity, field)?.kind === 'choice';
  if (!kind.needs.every(comes)) return false;
  if (kind.within !== null && !fields.has(kind.parent) && !held.has(kind.within)) return false;
  if (facet.find.length === 0) return named.has(entity.name);
  // An acceptance is told by the project in its row.
  const isBeside = (field: string): boolean => held.has(fieldOf(entity, field)?.target ?? '');
  return facet.find.some((field) => fields.has(field) || isTitled(kind, field, year) || isBeside(field));
}

/** Kinds beside the main one that columns speak of which are not its own. */
function addOthers(columns: readonly Column[], main: Reading | null, around: Around): Reading[] {
  const readings: Reading[] = main === null ? [] : [main];
  let left = columns.filter(({ source }) => !main?.columns.has(source.index));
  const groups = new Set(columns.flatMap(({ group }) => [...group]));
  const said = { ...around, named: new Set([...around.named, ...groups]) };
  for (;;) {
    const held = new Set(readings.map(({ kind }) => kind.entity.name));
    const [next] = LEDGER_KINDS.filter((kind) => !held.has(kind.entity.name))
      .map((kind) => readKind(kind, left, WHOLE))
      .filter((reading) => isWhole(reading, said, held))
      .sort((a, b) => b.points - a.points);
    if (!next) return readings;
    readings.push(next);
    left = left.filter(({ source }) => !next.columns.has(source.index));
  }
}

/**
 * Records that a row speaks of beside the one that refers to them: columns that only name them to it (排放口编号 of a limit,
 * 项目名称 of an acceptance) are their own where others say more of them.
 */
function addHolders(columns: readonly Column[], readings: readonly Reading[], around: Around): Reading[] {
  const found = [...readings];
  for (const [n, part] of found.entries()) {
    const refers = [...part.columns].filter(([, { target }]) => target.meta.kind === 'reference');
    const holder = registerKind(refers[0]?.[1].target.meta.target ?? '');
    if (!holder || found.some(({ kind }) => kind === holder)) continue;
    const names = new Set(refers.map(([index]) => index));
    const taken = new Set(found.flatMap((reading) => [...reading.columns.keys()]));
    const free = columns.filter(({ source: { index } }) => names.has(index) || !taken.has(index));
    const own = readKind(holder, free, WHOLE);
    const saysMore = [...own.columns.keys()].some((index) => !names.has(index));
    if (!saysMore || !isWhole(own, around)) continue;
    found[n] = { ...part, columns: new Map([...part.columns].filter(([index]) => !own.columns.has(index))) };
    found.push(own);
  }
  return found;
}

/** Kinds that hold no more than names and phones are of the enterprise itself. */
const isOwnKind = (kind: RegisterKind): boolean => kind === PEOPLE;

/** The kind that the rows are: that of which the columns say most. */
function mainOf(columns: readonly Column[], around: Around): Reading | null {
  const readings = LEDGER_KINDS.filter((kind) => !isOwnKind(kind))
    .map((kind) => readKind(kind, columns, WHOLE))
    .filter((reading) => isWhole(reading, around))
    .sort((a, b) => b.points - a.points);
  return readings[0] ?? null;
}

/** What a row is: where parts of a record stand one below the other, each row is a part and not its record. */
function finest(main: Reading | null, readings: readonly Reading[]): Reading | null {
  return readings.find(({ kind }) => main !== null && kind.within === main.kind.entity.name) ?? main;
}

/** Does a heading speak of a record that the table is about, or that the heading itself names? */
function isOfRecords({ source, meanings, group }: Column, spoken: ReadonlySet<string>): boolean {
  const own = kindsNamed(source.heading);
  return meanings.some(
    ({ target, points }) => points >= WHOLE && [spoken, group, own].some((kinds) => kinds.has(target.entity)),
  );
}

/** Targets of the enterprise itself and of its people: the rest of a ledger's columns may fill these. */
const isOwn = (target: Target | null): boolean =>
  target !== null && (target.definition === SUBJECT || target.entity === PEOPLE?.entity.name);

/** Fields by which a row says whose it is: a heading that only ends like theirs is taken for them, and for no others. */
const WHO: ReadonlySet<string | undefined> = new Set(['name', 'creditCode', 'siteNo']);

/** Remarks of a ledger are about its records, and its territory says only whose row it is. */
function ownColumn(column: MappedColumn, main: Reading | null): MappedColumn {
  const { target } = column;
  if (target === null || column.how === 'chosen') return column;
  if (main === null) return column;
  const near = column.how === 'contains' || column.how === 'values';
  const tellsWho = target.definition === SUBJECT ? WHO.has(target.meta.cell) : target.entity === PEOPLE?.entity.name;
  const other = !isOwn(target) || target.meta.cell === 'remark' || (near && !tellsWho);
  return other ? { ...column, target: null, how: 'none' } : column;
}

/** 被投诉对象 and 受检单位 are the enterprise, where no other column says its name. */
function withWho(columns: readonly MappedColumn[]): readonly MappedColumn[] {
  const isName = ({ target }: MappedColumn): boolean => target?.meta.cell === 'name';
  const passive = columns.find(({ heading }) => PASSIVE.test(normaliseHeading(ledgerLevels(heading).at(-1) ?? '')));
  const target = targetOf(`${SUBJECT.name}.${fieldRead(SUBJECT, 'name') ?? ''}`);
  if (!passive || columns.some(isName)) return columns;
  return columns.map((column) => (column === passive ? { ...column, target, how: 'stem' as const } : column));
}

function chosenColumn(source: SourceColumn, hints: MappingHints): MappedColumn | null {
  const remembered = hints.remembered.get(normaliseHeading(source.heading));
  const chosen = hints.chosen.has(source.index) ? hints.chosen.get(source.index) : remembered;
  if (chosen === undefined) return null;
  const how = hints.chosen.has(source.index) ? 'chosen' : 'remembered';
  return {
    index: source.index,
    heading: source.heading,
    target: chosen === null ? null : targetOf(chosen),
    how,
    slot: 1,
  };
}

/**
 * Recognises all columns of a ledger.
 * @param title what stands around the table: file, sheet and title, which may name what it lists
 * @param only kinds that a person said it speaks of
 */
export function mapLedger(
  sources: readonly SourceColumn[],
  title: string,
  hints: MappingHints,
  only: ReadonlySet<string> | null = null,
): LedgerColumns {
  const around = { named: kindsNamed(title), year: yearIn([title]) };
  const { named } = around;
  const chosen = new Map(
    sources.flatMap((s) => (chosenColumn(s, hints) ? [[s.index, chosenColumn(s, hints)] as const] : [])),
  );
  const columns = besideTheirs(
    sources.map((source) => {
      const said = chosen.get(source.index);
      return said ? saidColumn(source, said) : limited(readColumn(source, named), only);
    }),
  );
  const first = mainOf(columns, around);
  // Once it is known what the rows are, headings that only end like one of its fields are its own too.
  const most = first === null ? null : readKind(first.kind, columns, 0);
  const readings = addHolders(columns, addOthers(columns, most, around), around);
  const main = finest(most, readings);
  const found = new Map(readings.flatMap((reading) => [...reading.columns]));
  // What a record would say that the table has not is left, not taken for something of the enterprise.
  const spoken = new Set([...named, ...readings.map(({ kind }) => kind.entity.name)]);
  const others = new Set(columns.filter((column) => isOfRecords(column, spoken)).map(({ source }) => source.index));
  const rest = sources.filter((s) => !found.has(s.index) && !chosen.has(s.index) && !others.has(s.index));
  const own = new Map(withWho(mapColumns(rest, hints)).map((column) => [column.index, ownColumn(column, main)]));
  const mapped = sources.map(({ index, heading }): MappedColumn => {
    const meaning = found.get(index);
    if (meaning && !chosen.has(index)) {
      const how = meaning.points >= WHOLE ? 'synonym' : 'contains';
      return { index, heading, target: meaning.target, how, slot: 1 };
    }
    return chosen.get(index) ?? own.get(index) ?? { index, heading, target: null, how: 'none', slot: 1 };
  });
  return { columns: mapped, main: main?.kind.entity.name ?? null };
}

/** Kinds of the enterprise's records that columns fill, its people left out. */
export function kindsIn(columns: readonly MappedColumn[]): RegisterKind[] {
  const names = new Set(columns.flatMap(({ target }) => (target && !isOwn(target) ? [target.entity] : [])));
  return [...names].flatMap((name) => registerKind(name) ?? []);
}
