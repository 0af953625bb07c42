// Whether an enterprise has a duty: kinds, classes and facts of its file, in three values (content library, duties.json).
import {
  factHolds,
  judgeRequirement,
  type Applicability,
  type Fact,
  type FactDictionary,
  type Truth,
} from '../knowledge/facts.ts';
import type { Day } from '../values/day.ts';
import type { DutyDefinition } from './definition.ts';
import { dayIn, type DutyFile, type Row } from './file.ts';
import { factsBy, isSurelyPrinted } from './schedule.ts';

const YES: Applicability = { applies: true, because: [] };
const no = (why: string): Applicability => ({ applies: false, because: [why] });
const unknown = (why: string): Applicability => ({ applies: null, because: [why] });

const rowsNamed = ({ entities }: FactDictionary, file: DutyFile, name: string): readonly Row[] => {
  const entity = entities.find((one) => one.name === name);
  return entity ? file.rowsOf(entity) : [];
};

/** The first day of a permit; one that tells none has always been. */
const beginOf = (row: Row): Day => dayIn(row, 'validFrom') ?? dayIn(row, 'issueDate') ?? '';

/** Classes that were told of a file, by the day: every duty asks for them. */
const classes = new WeakMap<DutyFile, Map<Day, string | null>>();

/** The class of permit on a day: that of the newest permit that had begun; null where the file tells none. */
export function permitClassOn(dictionary: FactDictionary, file: DutyFile, day: Day): string | null {
  const known = classes.get(file) ?? new Map<Day, string | null>();
  classes.set(file, known);
  const before = known.get(day);
  if (before !== undefined) return before;
  const found = newestClass(dictionary, file, day);
  known.set(day, found);
  return found;
}

function newestClass(dictionary: FactDictionary, file: DutyFile, day: Day): string | null {
  const permits = rowsNamed(dictionary, file, 'permit')
    .filter((row) => typeof row.managementClass === 'string')
    .sort((a, b) => (beginOf(a) < beginOf(b) ? -1 : 1));
  const begun = permits.filter((row) => beginOf(row) <= day);
  return ((begun.at(-1) ?? permits[0])?.managementClass as string | undefined) ?? null;
}

/** Every class of permit that there is beside a missing one. */
const ALL_CLASSES = ['key', 'simplified', 'registration', 'not_required'];

function byClass(rule: DutyDefinition, classOf: () => string | null): Applicability {
  if (ALL_CLASSES.every((one) => rule.permitClasses.includes(one))) return YES;
  const found = classOf();
  if (found === null) return unknown('排污许可类别');
  return rule.permitClasses.includes(found) ? YES : no('排污许可类别');
}

const WASTE_CLASSES = ['key', 'simplified', 'registration'];

function byWasteClass(rule: DutyDefinition, rowsOf: () => readonly Row[]): Applicability {
  const { hazWasteClasses: classes } = rule;
  if (!classes || WASTE_CLASSES.every((one) => classes.includes(one))) return YES;
  const found = rowsOf()
    .map((row) => row.managementClass)
    .find((one) => typeof one === 'string');
  if (found === undefined) return unknown('危废管理类别');
  return classes.includes(String(found)) ? YES : no('危废管理类别');
}

/** Stages of an object that has not been built yet. */
const UNBUILT: readonly unknown[] = ['site', 'eia', 'permit'];

/** A project that was approved and not begun: its file says so by its stage, or it stays open. */
function byStage(rows: readonly Row[]): Applicability {
  const stages = rows.flatMap((row) => row.lifecycleStage ?? []);
  if (stages.length === 0) return unknown('所处阶段');
  return stages.some((stage) => UNBUILT.includes(stage)) ? YES : no('所处阶段');
}

/** What the content says in words only: those on the list of soil, projects not begun, reports that a permit may ask for. */
function byWords(rule: DutyDefinition, dictionary: FactDictionary, file: DutyFile): Applicability {
  if (rule.group === 'soil')
    return rowsNamed(dictionary, file, 'keyListEntry').some((row) => row.list === 'soil')
      ? YES
      : unknown('土壤重点名录');
  if (rule.completedBy === 'EiaProject.constructionStartDate')
    return byStage(rowsNamed(dictionary, file, 'enterprise'));
  if (rule.due.kind !== 'printed' || isSurelyPrinted(rule.due)) return YES;
  const kind = rule.due.fallbackOffset?.period === 'month' ? 'monthly' : 'quarterly';
  const entered = rowsNamed(dictionary, file, 'executionReport').some((row) => row.kind === kind);
  return entered ? YES : unknown('许可证载明的执行报告');
}

/** All of these: no where one says no, open where one is. */
function together(parts: readonly Applicability[]): Applicability {
  const values = parts.map((part) => part.applies);
  const applies: Truth = values.includes(false) ? false : values.includes(null) ? null : true;
  return applies === true
    ? YES
    : { applies, because: parts.filter((p) => p.applies === applies).flatMap((p) => p.because) };
}

/** What was judged of a file: many duties ask for the same facts. */
const judged = new WeakMap<DutyFile, Map<string, Truth>>();

function truthOf(dictionary: FactDictionary, fact: Fact, file: DutyFile): Truth {
  const known = judged.get(file) ?? new Map<string, Truth>();
  judged.set(file, known);
  const before = known.get(fact.id);
  if (before !== undefined) return before;
  const truth = factHolds(dictionary, fact, file);
  known.set(fact.id, truth);
  return truth;
}

/** Whether an enterprise has a duty on a day; what it says no by first is told, and nothing is asked beyond. */
export function appliesOn(dictionary: FactDictionary, rule: DutyDefinition, file: DutyFile, day: Day): Applicability {
  if (!rule.objectKinds.includes(file.objectKind)) return no('对象类型');
  const permit = byClass(rule, () => permitClassOn(dictionary, file, day));
  if (permit.applies === false) return permit;
  const waste = byWasteClass(rule, () => rowsNamed(dictionary, file, 'hazWasteProfile'));
  if (waste.applies === false) return waste;
  const facts = factsBy(rule);
  return together([
    permit,
    waste,
    byWords(rule, dictionary, file),
    judgeRequirement(rule.requires, (id) => {
      const fact = facts.get(id);
      return fact ? { label: fact.label, truth: truthOf(dictionary, fact, file) } : { label: id, truth: null };
    }),
  ]);
}
