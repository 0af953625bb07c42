// Tables that give each pollutant a column of its own, turned into one row for each result.
import type { RegisterCell } from '../cell.ts';
import { monitoringRecord } from '../../monitoring/entities.ts';
import { knownPollutant } from '../../monitoring/pollutants.ts';
import { metaOf } from '../../dictionary/field.ts';
import { headingParts, normaliseHeading, squeezeText } from '../../values/text.ts';
import { ledgerLevels, meaningsOf, WHOLE } from './headings.ts';

/** A table as it is read: its headings, and its rows of cells by column. */
export interface LedgerTable {
  readonly columns: readonly { readonly index: number; readonly heading: string; readonly letter: string }[];
  readonly rows: readonly LedgerTableRow[];
}

/** A row of data; `part` says which of the results of a wide row it is. */
export interface LedgerTableRow {
  readonly rowNumber: number;
  readonly cells: readonly RegisterCell[];
  readonly hidden: boolean;
  readonly part?: string;
}

const RESULTS = /结果|监测值|检测值|浓度|数值/u;
const LIMITS = /^(?:标准|排放|执行|许可)?(?:标准)?限值|^(?:执行|排放)标准|^标准值?$/u;
/** Over columns that say limits. */
const LIMIT_GROUP = /限值|标准/u;
const FEWEST = 2;

const label = (field: 'pollutant' | 'value' | 'unit' | 'limitHigh'): string =>
  `${monitoringRecord.label}${metaOf(monitoringRecord.fields[field]).label}`;
/** Headings under which the parts of a result stand once they have columns of their own. */
const HEADINGS = [label('pollutant'), label('value'), label('unit'), label('limitHigh')];

interface Pollutant {
  readonly index: number;
  readonly name: string;
  readonly unit: string;
}

const cellOf = (text: string): RegisterCell => ({ text, raw: text, kind: text === '' ? 'empty' : 'text' });

/** The unit of a column: its own, else what the heading over it says: `监测结果（mg/L，pH值无量纲）`. */
function unitOf(name: string, leaf: string, group: string): string {
  const own = headingParts(leaf).unit;
  if (own !== null) return own;
  const said = squeezeText(group).split(/[(（)）]/u)[1] ?? '';
  const parts = said.split(/[,，;；、]/u).filter((part) => part !== '');
  if (/dB\(?A/iu.test(group)) return 'dB(A)';
  const special = parts.find((part) => part.startsWith(name) || part.startsWith(squeezeText(leaf)));
  if (special) return special.slice(special.startsWith(name) ? name.length : squeezeText(leaf).length);
  return parts[0] ?? (/噪声$/u.test(name) ? 'dB(A)' : '');
}

function pollutantOf({ index, heading }: LedgerTable['columns'][number]): Pollutant | null {
  const levels = ledgerLevels(heading);
  const leaf = levels.at(-1) ?? '';
  const group = levels.slice(0, -1).join('/');
  const text = normaliseHeading(leaf);
  const known = knownPollutant(text) ?? knownPollutant(text.replace(/(?:浓度|结果)$/u, ''));
  if (LIMIT_GROUP.test(group)) return null;
  const grouped = RESULTS.test(group) && !meaningsOf(leaf).some(({ points }) => points >= WHOLE);
  if (known === null && !grouped) return null;
  return { index, name: known ?? text, unit: unitOf(known ?? text, leaf, group) };
}

/** Columns that say the limit of the pollutant that they name: 昼间限值. */
function limitColumns(table: LedgerTable): Map<string, number> {
  const found = new Map<string, number>();
  for (const { index, heading } of table.columns) {
    const levels = ledgerLevels(heading).map(normaliseHeading);
    const leaf = levels.at(-1) ?? '';
    const isLimit = /(?:限值|标准值?)$/u.test(leaf) || LIMIT_GROUP.test(levels.slice(0, -1).join('/'));
    const name = isLimit ? knownPollutant(leaf.replace(/(?:标准)?(?:限值|标准值?)$/u, '')) : null;
    if (name !== null) found.set(name, index);
  }
  return found;
}

/** Limits by column, from a row that says them for all: it names no day, and 限值 where others name an enterprise. */
function limitsOf(row: LedgerTableRow, pollutants: readonly Pollutant[]): Map<number, RegisterCell> | null {
  const own = new Set(pollutants.map(({ index }) => index));
  const others = row.cells.filter((cell, index) => !own.has(index) && cell.kind !== 'empty');
  if (!others.some((cell) => LIMITS.test(squeezeText(cell.text))) || others.some((cell) => cell.kind === 'date'))
    return null;
  return new Map(pollutants.flatMap(({ index }) => (row.cells[index] ? [[index, row.cells[index]] as const] : [])));
}

/** The table with a row for each result; as it is where no pollutants stand side by side. */
export function longTable(table: LedgerTable): LedgerTable {
  const pollutants = table.columns.flatMap((column) => pollutantOf(column) ?? []);
  const isLong = table.columns.some(({ heading }) =>
    meaningsOf(heading).some(({ target, points }) => target.meta.cell === 'pollutant' && points >= WHOLE),
  );
  if (isLong || pollutants.length < FEWEST) return table;
  const beside = limitColumns(table);
  const own = new Set([...pollutants.map(({ index }) => index), ...beside.values()]);
  const width = Math.max(...table.columns.map(({ index }) => index)) + 1;
  let limits = new Map<number, RegisterCell>();
  const rows: LedgerTableRow[] = [];
  for (const row of table.rows) {
    const said = limitsOf(row, pollutants);
    if (said) {
      limits = said;
      continue;
    }
    const base = Array.from({ length: width }, (_, index) =>
      own.has(index) ? cellOf('') : (row.cells[index] ?? cellOf('')),
    );
    const before = rows.length;
    for (const { index, name, unit } of pollutants) {
      const value = row.cells[index];
      if (!value || value.kind === 'empty' || value.text === '') continue;
      const added = [
        cellOf(name),
        value,
        cellOf(unit),
        limits.get(index) ?? row.cells[beside.get(name) ?? -1] ?? cellOf(''),
      ];
      rows.push({ ...row, cells: [...base, ...added], part: name });
    }
    // A row without any result is said, not passed over.
    if (rows.length === before) rows.push({ ...row, cells: [...base, ...HEADINGS.map(() => cellOf(''))] });
  }
  const added = HEADINGS.map((heading, n) => ({ index: width + n, heading, letter: '' }));
  return { columns: [...table.columns.filter(({ index }) => !own.has(index)), ...added], rows };
}
