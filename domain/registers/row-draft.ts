// A row while it is being read: what its cells gave so far, kind by kind.
import type { EntityDefinition } from '../dictionary/entity.ts';
import { leafOf } from './heading-levels.ts';
import { registerKind, SUBJECT } from './kinds.ts';
import type { CellValue, RegisterCell, RowWarning, StoredValue } from './cell.ts';
import type { MappedColumn } from './mapping.ts';
import type { FieldValues, NamedArea, SaidCell, StagedRecord } from './row-content.ts';
import type { Target } from './targets.ts';

/** One record of a row while it is being read; `items` are the values of a cell that names several. */
export interface DraftRecord {
  readonly entity: EntityDefinition;
  readonly values: FieldValues;
  readonly said: SaidCell[];
  readonly links: Record<string, string[]>;
  items: { readonly field: string; readonly values: readonly StoredValue[]; readonly said: SaidCell } | null;
}

/** Everything that a row gave so far. */
export class RowDraft {
  readonly #records = new Map<string, DraftRecord>();
  readonly #more: { readonly entity: string; readonly record: StagedRecord }[] = [];
  readonly areas: Partial<Record<NamedArea, string>> = {};
  readonly remarks: string[] = [];
  readonly kept: Record<string, string[]> = {};
  readonly warnings: RowWarning[] = [];
  readonly blanks: string[] = [];
  readonly unmapped: Record<string, string> = {};
  readonly names = new Map<number, RegisterCell>();
  readonly phones = new Map<number, RegisterCell[]>();
  readonly coordinates: { longitude: RegisterCell | null; latitude: RegisterCell | null } = {
    longitude: null,
    latitude: null,
  };
  grid: string | null = null;
  staff: string | null = null;
  ehs = false;
  industryCode: RegisterCell | null = null;
  industryName: RegisterCell | null = null;

  /** The values of the enterprise. */
  get own(): FieldValues {
    return this.record(SUBJECT, 1).values;
  }

  record(entity: EntityDefinition, slot: number): DraftRecord {
    const key = `${entity.name}#${slot}`;
    let record = this.#records.get(key);
    if (!record) this.#records.set(key, (record = { entity, values: {}, said: [], links: {}, items: null }));
    return record;
  }

  warn(...warnings: readonly RowWarning[]): void {
    this.warnings.push(...warnings);
  }

  /** Does something whose warnings are about a column. */
  about(column: number | undefined, work: () => void): void {
    const before = this.warnings.length;
    work();
    if (column === undefined) return;
    for (let n = before; n < this.warnings.length; n += 1) {
      const warning = this.warnings[n];
      if (warning && warning.column === undefined) this.warnings[n] = { ...warning, column };
    }
  }

  /** Puts words into the remark that no field can hold; `kind`: that in whose column they stood. */
  keep(label: string, text: string | null, kind: string = SUBJECT.name): void {
    if (text === null || text === '') return;
    this.remarks.push(`${label}：${text}`);
    (this.kept[kind] ??= []).push(`${label}：${text}`);
  }

  /** Keeps the words by which a column names another record of the enterprise. */
  link(column: MappedColumn, target: Target, cell: RegisterCell): void {
    const { links, said } = this.record(target.definition, column.slot);
    (links[target.field] ??= []).push(cell.text.trim());
    said.push({ heading: leafOf(column.heading) || target.label, text: cell.text, fields: [target.field] });
  }

  /** Another record beside those that the columns make. */
  add(entity: string, record: StagedRecord): void {
    this.#more.push({ entity, record });
  }

  /** Stores a value that was read of a cell; one that the field can not hold goes into the remark. */
  put(column: MappedColumn, target: Target, cell: RegisterCell, result: CellValue): void {
    this.warn(...result.warnings);
    this.keep(target.label, result.keep, target.entity);
    if (result.value !== null) this.store(column, target, cell, { [target.field]: result.value });
  }

  /** Stores the values that a cell gave. */
  store(column: MappedColumn, target: Target, cell: RegisterCell, values: FieldValues): void {
    const { definition } = target;
    const wrong = Object.entries(values).find(
      ([name, value]) => definition.fields[name]?.safeParse(value).success === false,
    );
    if (wrong) {
      this.warn({ code: 'VALUE_REFUSED', sentence: `${target.label}“${cell.text}”超出允许的范围，已写入备注` });
      this.keep(target.label, cell.text, target.entity);
      return;
    }
    const record = this.record(definition, definition === SUBJECT ? 1 : column.slot);
    Object.assign(record.values, values);
    record.said.push({ heading: leafOf(column.heading) || target.label, text: cell.text, fields: Object.keys(values) });
  }

  /** All records but the enterprise itself, with what several values of one cell make of them. */
  finish(): Record<string, StagedRecord[]> {
    const all: Record<string, StagedRecord[]> = {};
    const put = (entity: string, record: StagedRecord): void => void (all[entity] ??= []).push(record);
    for (const draft of this.#records.values()) {
      if (draft.entity === SUBJECT) continue;
      for (const record of this.#spread(draft)) put(draft.entity.name, record);
    }
    for (const { entity, record } of this.#more) put(entity, record);
    return all;
  }

  /** One record for each value of a cell that names several. What only one of them can have goes into the remark. */
  #spread({ entity, values, said, links, items }: DraftRecord): StagedRecord[] {
    if (!items || items.values.length === 0) return said.length > 0 ? [{ values, said, links }] : [];
    const [first] = items.values;
    if (items.values.length === 1 && first !== undefined)
      return [{ values: { ...values, [items.field]: first }, said: [items.said, ...said] }];
    const facet = registerKind(entity.name)?.facet;
    const shared = (field: string): boolean => facet?.find.includes(field) === true;
    const common = Object.fromEntries(Object.entries(values).filter(([field]) => shared(field)));
    for (const cell of said.filter((c) => !c.fields.some(shared))) {
      this.warn({
        code: 'SEVERAL_VALUES',
        sentence: `“${cell.heading}”的“${cell.text}”分不清属于哪一项（${items.said.text}），已写入备注`,
      });
      this.keep(cell.heading, cell.text);
    }
    const others = said.filter((c) => c.fields.some(shared));
    return items.values.map((value, n) => ({
      values: { ...common, [items.field]: value },
      said: n === 0 ? [items.said, ...others] : [],
    }));
  }
}
