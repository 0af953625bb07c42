// What the content says in words, or by names of its own, and the file keeps in fields since: where and how it is asked there.
import { lookup } from '../values/lookup.ts';

/** One place of the file that a fact is read from. */
export interface FactSource {
  readonly record: string;
  readonly field: string;
  readonly condition: string;
}

/** What domestic sewage brings with it: a limit on anything else is one of a process. */
const DOMESTIC =
  'pH,化学需氧量,COD,五日生化需氧量,BOD,悬浮物,SS,氨氮,总氮,总磷,动植物油,LAS,阴离子表面活性剂,粪大肠菌群';

const KEPT_AS: Readonly<Record<string, Partial<FactSource>>> = lookup({
  'Material.category new chemical substance noted': { field: 'isNewChemical', condition: '= true' },
  'Material.category in chemical,fuel and 液态': { condition: 'in chemical,fuel where form = liquid' },
  'Complaint.topic contains 异味,粉尘': { field: 'content' },
  'Outlet.medium = wastewater and pollutants beyond domestic sewage': {
    field: 'pollutants',
    condition: `beyond ${DOMESTIC} where medium = wastewater`,
  },
  // A project under way says so by its acceptance: one that is not on file proves nothing.
  'EiaProject.nature in new,rebuild,expand,technical_change,relocate and no passed Acceptance': {
    record: 'Acceptance',
    field: 'kind',
    condition: '= pending',
  },
});

/** A source of a fact as the file keeps it. */
export const keptAs = (source: FactSource): FactSource => ({
  ...source,
  ...KEPT_AS[`${source.record}.${source.field} ${source.condition}`],
});
