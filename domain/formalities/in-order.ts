// How the papers of an enterprise stand by its records (domain reference 8.2, 12): there, missing, not needed, or not known.
import type { InOrder, PaperStanding } from '../dictionary/entity.ts';
import { WITHOUT_PRODUCTION } from '../enterprises/vocabulary.ts';
import { HAZARDOUS_KINDS } from '../waste/vocabulary.ts';

/** A hazardous waste, told by the row itself. */
export const isHazardous = (row: Readonly<Record<string, unknown>>): boolean =>
  HAZARDOUS_KINDS.includes(String(row.kind));

type Rows = readonly Readonly<Record<string, unknown>>[];

const NONE: readonly unknown[] = ['no', 'not_applicable'];
const says = (value: unknown): boolean => value !== null && value !== undefined && value !== '' && value !== 'unknown';

/** By the class of a paper: one class means that none is needed, another that it should be there and is not. */
function byClass(
  rows: Rows,
  field: string,
  { needless, missing }: { needless: string; missing: string },
): PaperStanding {
  const classes = rows.map((row) => row[field]).filter(says);
  if (classes.some((one) => one !== needless && one !== missing)) return 'there';
  if (classes.includes(missing)) return 'missing';
  return classes.includes(needless) ? 'needless' : 'unknown';
}

/** By an answer whether it is needed, and what shows that it is there. */
function byNeed(rows: Rows, need: string, shown: readonly string[]): PaperStanding {
  if (rows.some((row) => shown.some((field) => says(row[field])))) return 'there';
  if (rows.some((row) => row[need] === 'yes')) return 'missing';
  return rows.length > 0 && rows.every((row) => NONE.includes(row[need])) ? 'needless' : 'unknown';
}

export const EIA_IN_ORDER: InOrder = {
  label: '环评',
  judge: (rows) =>
    rows.length === 0 ? 'missing' : byClass(rows, 'documentKind', { needless: 'exempt', missing: 'missing' }),
};
export const ACCEPTANCE_IN_ORDER: InOrder = {
  label: '验收',
  notFor: WITHOUT_PRODUCTION,
  judge: (rows) => byClass(rows, 'kind', { needless: 'exempt', missing: 'pending' }),
};
export const PERMIT_IN_ORDER: InOrder = {
  label: '许可',
  judge: (rows) =>
    rows.length === 0 ? 'missing' : byClass(rows, 'managementClass', { needless: 'not_required', missing: 'missing' }),
  until: { field: 'validTo', label: '排污许可' },
};
export const PLAN_IN_ORDER: InOrder = {
  label: '预案',
  notFor: WITHOUT_PRODUCTION,
  judge: (rows) => byNeed(rows, 'required', ['filingNo', 'filingDate']),
  until: { field: 'reviewDueDate', label: '应急预案复审' },
};
export const WASTE_IN_ORDER: InOrder = {
  label: '危废合同',
  notFor: WITHOUT_PRODUCTION,
  judge: (rows) => byNeed(rows, 'generates', ['contractEnd']),
  // The contract may stand with the waste itself.
  also: { kind: 'wasteStream', says: (row) => isHazardous(row) && row.contractEnd !== null },
  until: { field: 'contractEnd', label: '危废处置合同' },
};
