// Which columns of a list are shown and in which order, remembered on this computer under the list's name.
import { computed, ref, type ComputedRef, type Ref } from 'vue';

/** A column of a DataTable. */
export interface Column {
  key: string;
  label: string;
  /** Pixels, or a CSS grid track such as `minmax(160px,1fr)` (the default). */
  width?: number | string;
  align?: 'left' | 'right';
  sortable?: boolean;
  /** Name of the row slot; the value itself is shown without one. */
  slot?: string;
  /** Not shown until chosen. */
  hidden?: boolean;
  /** Always shown. */
  fixed?: boolean;
  /** Offered only to who looks for it. */
  further?: boolean;
}

/** The chosen columns of one list. */
export interface ColumnChoice {
  shown: ComputedRef<Column[]>;
  /** All columns in their order, with whether each is shown. */
  all: ComputedRef<{ column: Column; shown: boolean }[]>;
  toggle: (key: string) => void;
  /** Puts a column before another one. */
  move: (key: string, before: string | null) => void;
  reset: () => void;
  /** Back to what was chosen on this computer. */
  restore: () => void;
  set: (keys: readonly string[] | null) => void;
  keys: Ref<string[]>;
}

/** Columns of the list `name`; unknown stored keys are ignored, new columns come at the end. */
export function useColumns(name: string, columns: readonly Column[]): ColumnChoice {
  const place = `sd.columns.${name}`;
  const standard = columns.filter((column) => !column.hidden).map((column) => column.key);
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const order = ref<string[]>(columns.map((column) => column.key));
  const keys = ref<string[]>([...standard]);

  function set(chosen: readonly string[] | null): void {
    const known = (chosen ?? standard).filter((key) => byKey.has(key));
    const fixed = columns.filter((column) => column.fixed && !known.includes(column.key)).map((column) => column.key);
    keys.value = [...fixed, ...known];
    order.value = [...keys.value, ...columns.map((column) => column.key).filter((key) => !keys.value.includes(key))];
  }

  function save(): void {
    localStorage.setItem(place, JSON.stringify(keys.value));
  }

  function restore(): void {
    try {
      const stored = JSON.parse(localStorage.getItem(place) ?? 'null') as string[] | null;
      set(Array.isArray(stored) ? stored : null);
    } catch {
      set(null);
    }
  }
  restore();

  return {
    keys,
    set,
    restore,
    shown: computed(() => keys.value.map((key) => byKey.get(key)).filter((column) => column !== undefined)),
    all: computed(() =>
      order.value
        .map((key) => byKey.get(key))
        .filter((column) => column !== undefined)
        .map((column) => ({ column, shown: keys.value.includes(column.key) })),
    ),
    toggle: (key) => {
      if (byKey.get(key)?.fixed) return;
      keys.value = keys.value.includes(key)
        ? keys.value.filter((other) => other !== key)
        : order.value.filter((other) => other === key || keys.value.includes(other));
      save();
    },
    move: (key, before) => {
      const rest = order.value.filter((other) => other !== key);
      const at = before === null ? rest.length : rest.indexOf(before);
      rest.splice(at < 0 ? rest.length : at, 0, key);
      order.value = rest;
      keys.value = rest.filter((other) => keys.value.includes(other));
      save();
    },
    reset: () => {
      set(null);
      localStorage.removeItem(place);
    },
  };
}
