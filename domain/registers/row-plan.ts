// What a row changes about an enterprise on file, field by field, and which value is to be used (domain reference 6.5).
import type { RowWarning } from './cell.ts';
import { diffFields, empty, toChange, type PlanContext } from './differences.ts';
import { displayValue, type Names } from './display.ts';
import { rowsOf, type EnterpriseState, type PlannedChange, type Write } from './enterprise-state.ts';
import { OTHER_NAMES, registerKind, SUBJECT } from './kinds.ts';
import { planRecords } from './plan-records.ts';
import type { FieldValues, RowContent } from './row-content.ts';
import { targetOf } from './targets.ts';
import { nameKey } from '../values/name-key.ts';
import { wholeCharacters } from '../values/text.ts';

/** What a row does, and what of it no record could take. */
export interface RowPlan {
  readonly changes: PlannedChange[];
  readonly warnings: readonly RowWarning[];
}

/** Why a name from another source is not taken. */
const NAME_WAITS = '许可证编号里的代码相同，名称不同，待定';

const REMARK_MAX = 1000;

/** The remark with the row's parts added; null when it says them already. */
export function mergeRemark(before: unknown, parts: readonly string[]): string | null {
  const known = typeof before === 'string' ? before : '';
  let merged = known;
  for (const part of missingParts(known, parts)) if (fits(merged, part)) merged = joined(merged, part);
  return merged === known ? null : merged;
}

const joined = (text: string, part: string): string => (text === '' ? part : `${text}；${part}`);
const fits = (text: string, part: string): boolean => joined(text, part).length <= REMARK_MAX;
const missingParts = (known: string, parts: readonly string[]): string[] =>
  [...new Set(parts)].filter((part) => !known.includes(part));

/** Says what the remark had no room for: it stays with the import alone. */
export function remarkOverflow(before: unknown, parts: readonly string[]): RowWarning[] {
  const known = typeof before === 'string' ? before : '';
  const full = mergeRemark(before, parts) ?? known;
  const left = missingParts(full, parts);
  return left.length === 0
    ? []
    : [
        {
          code: 'REMARK_FULL',
          sentence: `备注已满，没有写入：${wholeCharacters(left.join('；'), 200)}。原文在导入结果里`,
        },
      ];
}

function planName(content: RowContent, state: EnterpriseState): FieldValues {
  const { name, ...rest } = content.enterprise;
  if (name === undefined || content.standIn || nameKey(String(name)) === nameKey(String(state.own.values.name ?? '')))
    return rest;
  // A name that the enterprise once had comes from an old list: it does not go back to it.
  const former = rowsOf(state, OTHER_NAMES?.entity.name ?? '').some(
    (f) => nameKey(String(f.values.name)) === nameKey(String(name)),
  );
  return former ? rest : { name, ...rest };
}

/** What a person said of a code goes with that code alone. */
const CONFIRMATION = ['creditCodeConfirmedFrom', 'creditCodeConfirmedBy', 'creditCodeConfirmedDate'] as const;

/** Wrong codes are only kept where there is no right one. */
function planCodes(values: FieldValues, own: Record<string, unknown>): FieldValues {
  const { creditCodeQuarantine, ...rest } = values;
  if (!empty(own.creditCode) && own.creditCode !== rest.creditCode)
    for (const field of CONFIRMATION) delete rest[field];
  return creditCodeQuarantine !== undefined && empty(own.creditCode) ? { ...rest, creditCodeQuarantine } : rest;
}

/**
 * All differences between a row and the enterprise it is. For an enterprise that is about to be made, `state` has its own
 * values and no records: everything is then an addition.
 * @param areaIds ids of the areas that the row itself names, by field.
 */
export function planRow(
  content: RowContent,
  areaIds: FieldValues,
  state: EnterpriseState,
  context: PlanContext,
): RowPlan {
  const { names } = context;
  const own = state.own.values;
  const values = planCodes({ ...planName(content, state), ...areaIds }, own);
  // The number on file is its own: another office's stays where it came from.
  delete values.internalCode;
  // A coordinate system that is only the import's "not known" says nothing new.
  if (values.coordinateSystem === 'unknown' && !empty(own.longitude)) delete values.coordinateSystem;
  const differences = diffFields(SUBJECT, values, own).map((d) =>
    context.nameWaits === true && d.field === 'name' ? { ...d, keep: NAME_WAITS, waits: true } : d,
  );
  const changes = differences.map((d): PlannedChange => ({
    ...toChange(
      SUBJECT.name,
      d,
      (patch) => [
        {
          kind: 'enterprise',
          patch:
            d.field === 'creditCode' ? { ...patch, creditCodeQuarantine: null, creditCodeMissingReason: null } : patch,
        },
      ],
      names,
    ),
  }));
  const records = planRecords(content, state, context);
  const parts = [...content.remarks, ...records.left.map((cell) => `${cell.heading}：${cell.text}`)];
  const remark = mergeRemark(own.remark, parts);
  if (remark !== null) changes.push(remarkChange(own.remark, remark));
  changes.push(...records.changes);
  if (context.blankOverwrites) changes.push(...planBlanks(content, state, names));
  return { changes, warnings: [...records.warnings, ...remarkOverflow(own.remark, parts)] };
}

const remarkChange = (before: unknown, remark: string): PlannedChange => ({
  target: `${SUBJECT.name}.remark`,
  label: '备注',
  before: (before as string | null | undefined) ?? null,
  after: remark,
  use: 'new',
  note: empty(before) ? '' : '补在原备注后',
  writes: [{ kind: 'enterprise', patch: { remark } }],
});

/** Blank cells that empty a field, where the person asked for it; what every enterprise must have stays. */
function planBlanks(content: RowContent, state: EnterpriseState, names: Names): PlannedChange[] {
  const changes: PlannedChange[] = [];
  for (const key of content.blanks) {
    const target = targetOf(key);
    if (!target || target.meta.required === 'F' || target.meta.kind === 'flag') continue;
    const isOwn = target.definition === SUBJECT;
    const rows = isOwn ? [state.own] : rowsOf(state, target.entity);
    const row = rows.length === 1 ? rows[0] : undefined;
    if (!row || empty(row.values[target.field]) || registerKind(target.entity)?.facet.history) continue;
    const value = target.meta.kind === 'fourState' ? 'unknown' : null;
    const patch = {
      [target.field]: value,
      ...(`${target.field}Precision` in row.values && { [`${target.field}Precision`]: null }),
    };
    const write: Write = isOwn ? { kind: 'enterprise', patch } : { kind: 'update', entity: target.entity, row, patch };
    changes.push({
      target: key,
      label: target.meta.label,
      before: displayValue(target.meta, row.values[target.field], names),
      after: null,
      use: 'new',
      note: '表中为空',
      writes: [write],
    });
  }
  return changes;
}
