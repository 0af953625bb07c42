// Whether a file is a register of enterprises or a ledger of what hangs on them.
import type { TableKind } from '../../../contract/registers.ts';
import { entityNamed } from '../../../domain/entities.ts';
import { PEOPLE, SUBJECT } from '../../../domain/registers/kinds.ts';
import type { LedgerMatch } from './match.ts';
import type { LedgerFile, LedgerSheet } from './staged.ts';

/** Columns that any list has for saying whose a row is. */
const SAY_WHOSE: readonly string[] = ['enterprise.name', 'enterprise.creditCode', 'enterprise.siteNo'];
/** A list of enterprises most of which are on file speaks of their records. */
const ON_FILE = 0.5;

const kindOf = (target: string): string => entityNamed(target.split('.')[0] ?? '').name;

/** How many columns of a sheet are about the enterprise itself, and how many about its records. */
function columnsOf({ columns }: LedgerSheet): { own: number; records: number } {
  const targets = columns.flatMap(({ target }) =>
    target === null || SAY_WHOSE.includes(target) ? [] : [kindOf(target)],
  );
  const own = targets.filter((kind) => kind === SUBJECT.name || kind === PEOPLE?.entity.name).length;
  return { own, records: targets.length - own };
}

/** Columns without which nobody lists enterprises anew. */
const PLACES = /^enterprise\.(?:address|townId|villageId|parkId|objectKind|industryCode|industryName)$/u;
const placeless = ({ columns }: LedgerSheet): boolean =>
  !columns.some(({ target }) => target !== null && PLACES.test(target));

function mostlyKnown(sheets: readonly LedgerSheet[], matches: readonly LedgerMatch[]): boolean {
  const rows = matches.filter(({ sheet }) => sheets.includes(sheet));
  const known = rows.filter(({ whose }) => whose.kind !== 'unknown').length;
  return rows.length > 0 && known >= rows.length * ON_FILE;
}

/**
 * What a file is: a ledger where a sheet speaks mostly of records, or of enterprises that are mostly on file; else a register,
 * which may make enterprises.
 */
export function recognise(file: LedgerFile, matches: readonly LedgerMatch[]): TableKind {
  const read = file.sheets.filter(({ skipped }) => skipped === null);
  const listing = read.filter(({ main }) => main !== null);
  // A list of contacts or grades of those on file says nothing of where they are.
  if (listing.length === 0) return read.every(placeless) && mostlyKnown(read, matches) ? 'ledger' : 'register';
  const mostly = listing.some((sheet) => columnsOf(sheet).records >= columnsOf(sheet).own);
  if (mostly) return 'ledger';
  return mostlyKnown(listing, matches) ? 'ledger' : 'register';
}
