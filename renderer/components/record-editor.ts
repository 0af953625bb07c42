// Writing plain records from a form: fields saved as they are left, rows added, binned and restored; one form open below a table.
import { computed, nextTick, onBeforeUnmount, onMounted, ref, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { RecordRow, WritableRecord } from '../../contract/records.ts';
import type { Done, FieldProblem, Saved } from '../../contract/shared.ts';
import { entityNamed } from '../../domain/entities.ts';
import { useAction } from '../desk/action.ts';
import { api } from '../desk/client.ts';
import { toFaulty } from '../desk/focus-trap.ts';
import { notifyDone } from '../desk/notify.ts';
import { useFieldProblems } from './field-problems.ts';
import { formFields, initialValues, type FieldContent } from './record-fields.ts';
import { useVisitSource } from './record-source.ts';
import { settleTyped } from './typed-word.ts';

type Content = Record<string, FieldContent>;

/** Writes of one kind of record, each said or silent as it is its way, with the problems of the last one. */
export interface RecordWrites {
  busy: Ref<boolean>;
  problems: ShallowRef<FieldProblem[]>;
  clear: () => void;
  /** Saves fields; one that follows at once waits its turn. */
  update: (id: string, patch: Content, seen?: Content) => Promise<Saved | null>;
  /** Makes a row; `quiet` says nothing: a block that begins with its first field. */
  create: (values: Content, quiet?: true) => Promise<Saved | null>;
  /** Puts a row into the bin, or takes one that is there out. */
  bin: (row: Pick<RecordRow, 'id' | 'deletedAt'>) => Promise<Done | null>;
  /** Says of a row that was a guess that it was seen. */
  confirm: (row: Pick<RecordRow, 'id'>) => Promise<Saved | null>;
}

/** Writes of rows of a kind; `changed` is called after each. */
export function useRecordWrites(kind: () => WritableRecord, changed: () => void = () => undefined): RecordWrites {
  const { busy, problems, clear, run } = useAction();
  const label = computed(() => entityNamed(kind()).label);
  const visit = useVisitSource();

  async function told<T>(done: Promise<T | null>): Promise<T | null> {
    const result = await done;
    if (result !== null) changed();
    return result;
  }

  function addedWords(values: Content): string {
    const { title } = entityNamed(kind());
    const name = title && formFields(kind(), [title])[0]?.meta.kind === 'text' ? values[title] : null;
    return name ? `已添加${label.value}“${String(name)}”` : `已添加${label.value}`;
  }

  return {
    busy,
    problems,
    clear,
    update: (id, patch, seen) =>
      told(
        run(() => api.records.update({ entity: kind(), id, values: patch, seen, visitId: visit() }), { waits: true }),
      ),
    create: (values, quiet) =>
      told(
        run(
          () => api.records.create({ entity: kind(), values, visitId: visit() }),
          quiet ? { waits: true } : { said: addedWords(values) },
        ),
      ),
    confirm: ({ id }) =>
      told(
        run(
          () =>
            api.records.update({
              ...{ entity: kind(), id, values: { [entityNamed(kind()).unseen ?? '']: false }, visitId: visit() },
            }),
          { said: `${label.value}已核实` },
        ),
      ),
    bin: ({ id, deletedAt }) =>
      told(
        deletedAt
          ? run(() => api.records.restore({ entity: kind(), id }), { said: `已恢复${label.value}` })
          : run(() => api.records.remove({ entity: kind(), id }), { said: `${label.value}已放入回收站` }),
      ),
  };
}

/** What the form holds; `id` is null for a new row. */
export interface Editing {
  id: string | null;
  values: Content;
  names: Record<string, string>;
}

/** New rows that were begun and left with their page, by what they belong to: they wait there to be added or given up. */
const keptRows = new Map<string, Editing>();

/** A form that is open on one row of a table or on a new one. */
export interface RecordEditor {
  editing: Ref<Editing | null>;
  /** Esc was pressed on a new row that says something already: the next one gives it up. */
  leaving: Ref<boolean>;
  busy: Ref<boolean>;
  problems: ShallowRef<FieldProblem[]>;
  isNew: ComputedRef<boolean>;
  /** The open row was only just added, and makes one ask: from it one goes on to the next as from a new one. */
  isFresh: ComputedRef<boolean>;
  open: (row: RecordRow | null) => Promise<void>;
  close: () => void;
  /** Esc closes the form and nothing else; an open list of choices takes its own Esc first. */
  leave: (event: KeyboardEvent) => void;
  save: (patch: Content, seen?: Content) => Promise<void>;
  /** The rows were fetched again: the open one shows what it holds by now, except where something was refused. */
  refresh: (rows: readonly RecordRow[]) => void;
  add: () => Promise<void>;
  /** Adds the row and begins the next one; an open form of a row that is there leaves the key to its parts. */
  addAndGoOn: (event: KeyboardEvent) => Promise<void>;
  bin: (row: RecordRow, next?: string | null) => Promise<void>;
  confirm: (row: RecordRow) => Promise<void>;
}

/** What a table says of the form below it. */
export interface EditorOptions {
  kind: () => WritableRecord;
  /** Fields of the form, where not all. */
  fields?: () => readonly string[] | undefined;
  /** Values of a new row that the page knows: its parent. */
  given?: () => Content;
  /** What the form of a new row says already, with names of what it refers to. */
  begins?: () => { values: Content; names: Record<string, string> };
  /** Puts the focus into a field of the form. */
  focus: (field: string) => void;
  /** Where the focus goes when the form closes and what had it before is gone: to the row of this id, or to what adds one. */
  home?: (id: string | null) => HTMLElement | null;
  changed?: () => void;
}

/** The controller of a form below a table. */
export function useRecordEditor({ kind, fields, given, begins, focus, home, changed }: EditorOptions): RecordEditor {
  const writes = useRecordWrites(kind, changed);
  const unfit = useFieldProblems();
  const editing = ref<Editing | null>(null);
  const leaving = ref(false);
  /** What had the focus before the form: it has it again afterwards. */
  let from: Element | null = null;

  const emptyRow = (): Content => ({ ...initialValues(kind()), ...begins?.().values });

  /** The row that was added last and is still open, because it makes one ask. */
  const fresh = ref<string | null>(null);

  /** Does a new row say more by now than it began with? */
  const started = (now: Editing): boolean => JSON.stringify(now.values) !== begun;
  /** What a new row holds before anything is typed. */
  let begun = JSON.stringify(emptyRow());

  /** A row that says nothing would count as a paper that is there. */
  function refuseEmpty(): void {
    const field = formFields(kind(), fields?.())[0]?.name ?? '';
    const sentence = `还没有填写内容，没有添加${entityNamed(kind()).label}`;
    writes.problems.value = [{ code: 'EMPTY', field, severity: 'error', sentence }];
  }

  async function open(row: RecordRow | null): Promise<void> {
    writes.clear();
    leaving.value = false;
    if (!editing.value) from = document.activeElement;
    begun = JSON.stringify(emptyRow());
    editing.value = row
      ? { id: row.id, values: { ...row.values }, names: row.names }
      : { id: null, values: emptyRow(), names: begins?.().names ?? {} };
    await nextTick();
    const first = formFields(kind(), fields?.())[0];
    if (first) focus(first.name);
  }

  function close(): void {
    const id = editing.value?.id ?? null;
    editing.value = null;
    void nextTick(() => {
      const before = from instanceof HTMLElement && from !== document.body && from.isConnected ? from : null;
      (before ?? home?.(id))?.focus();
    });
  }

  function leave(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    event.stopPropagation();
    const now = editing.value;
    // What was typed and refused is something too.
    if (now && !now.id && (started(now) || unfit.size > 0) && !leaving.value) leaving.value = true;
    else close();
  }

  async function save(patch: Content, seen?: Content): Promise<void> {
    const id = editing.value?.id;
    if (id) await writes.update(id, patch, seen);
  }

  function refresh(rows: readonly RecordRow[]): void {
    const now = editing.value;
    const row = now?.id ? rows.find((one) => one.id === now.id) : undefined;
    // What is on its way to be stored is newer than what was fetched.
    if (!now || !row || writes.busy.value) return;
    const refused = writes.problems.value.filter((problem) => problem.severity === 'error').map((p) => p.field);
    const kept = Object.fromEntries(refused.map((field) => [field, now.values[field] ?? null]));
    editing.value = { id: now.id, values: { ...row.values, ...kept }, names: row.names };
  }

  async function add(then: (now: Editing) => void = close): Promise<void> {
    const now = editing.value;
    // What was typed and fits no field is no reason to make a row without it.
    if (unfit.size > 0) return void toFaulty(document.activeElement);
    if (now && !started(now)) return refuseEmpty();
    const saved = now && (await writes.create({ ...now.values, ...given?.() }));
    if (!saved) return;
    // What the new row makes one ask is read at its fields: it stays open, to be put right at once.
    if (saved.problems.length === 0) return then(now);
    editing.value = { ...now, id: saved.id };
    fresh.value = saved.id;
    // What was pressed to add it is gone: one goes on at what is asked.
    void nextTick(() => focus(saved.problems[0]?.field ?? ''));
  }

  /** The next row, with what it has alike with the one before. */
  function goOn(before: Editing): void {
    const { alike } = entityNamed(kind());
    const same = Object.fromEntries(alike.map((field) => [field, before.values[field] ?? null]));
    editing.value = { id: null, values: { ...emptyRow(), ...same }, names: before.names };
    begun = JSON.stringify(editing.value.values);
    const next = formFields(kind(), fields?.()).find(({ name }) => !alike.includes(name));
    if (next) void nextTick(() => focus(next.name));
  }

  async function addAndGoOn(event: KeyboardEvent): Promise<void> {
    if (!isNew.value && !isFresh.value) return;
    event.stopPropagation();
    event.preventDefault();
    await settleTyped();
    if (isNew.value) await add(goOn);
    else if (editing.value) goOn(editing.value);
  }

  const key = (): string => JSON.stringify([kind(), given?.(), begins?.().values]);
  onMounted(() => {
    const kept = keptRows.get(key());
    keptRows.delete(key());
    if (kept && editing.value === null) editing.value = kept;
  });
  onBeforeUnmount(() => {
    const now = editing.value;
    if (!now || now.id || !started(now)) return;
    keptRows.set(key(), now);
    notifyDone(`${entityNamed(kind()).label}还没有添加，填的内容留在原处`);
  });

  /** The row that was binned goes with the button that did it: the focus goes to the row that stands next, else to what adds one. */
  async function bin(row: RecordRow, next?: string | null): Promise<void> {
    if (!(await writes.bin(row))) return;
    if (editing.value?.id === row.id) close();
    else if (next !== undefined) home?.(next)?.focus();
  }

  async function confirm(row: RecordRow): Promise<void> {
    await writes.confirm(row);
  }

  const isNew = computed(() => editing.value !== null && editing.value.id === null);
  const isFresh = computed(
    () => editing.value !== null && editing.value.id !== null && editing.value.id === fresh.value,
  );
  return {
    editing,
    leaving,
    busy: writes.busy,
    problems: writes.problems,
    isNew,
    isFresh,
    open,
    close,
    leave,
    save,
    refresh,
    add: () => add(),
    addAndGoOn,
    bin,
    confirm,
  };
}
