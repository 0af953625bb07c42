// The page of conflicts: what is open, what was decided here, filters, cursor, and the decisions themselves.
import { computed, ref, shallowRef, watch } from 'vue';
import type { ConflictItem } from '../../../contract/handoff.ts';
import { api } from '../../desk/client.ts';
import { useFetched } from '../../desk/fetching.ts';
import { notifyDone, notifyError, rememberAction } from '../../desk/notify.ts';
import { useSession } from '../../desk/session.ts';
import { formFields, type FormField } from '../../components/record-fields.ts';
import { choicesOf, otherTitle, type Choice } from './conflict-choices.ts';
import {
  conflictGroups,
  nextOpen,
  occurring,
  type ConflictLine,
  type Decided,
  type GroupId,
} from './conflict-groups.ts';

/** Lines of a group that are in the page at first, and how many more come at once. */
const STEP: Readonly<Record<GroupId, number>> = { must: 200, may: 100, waiting: 20 };
const MOST_AT_ONCE = 5000;

/** The field in which a value of one's own is written; null where only the sides may be chosen from. */
export function ownField(item: ConflictItem): FormField | null {
  const field = formFields(item.entity, [item.field])[0];
  return field && field.meta.kind !== 'flag' ? field : null;
}

/** State and actions of the page. */
export function useConflicts() {
  const session = useSession();
  const fetched = useFetched(() => api.handoff.conflicts({}));
  const office = computed(() => session.status?.office?.name ?? '');
  const items = computed(() => fetched.data.value?.items ?? []);
  const decided = shallowRef<readonly Decided[]>([]);
  const show = ref<string | null>('all');
  const village = ref('');
  const field = ref('');
  const limits = ref<Record<GroupId, number>>({ ...STEP });
  const cursorId = ref<string | null>(null);
  /** The line whose detail stands open, and whether its own value is being written. */
  const opened = ref<string | null>(null);
  const editing = ref(false);
  const skipped = shallowRef<ReadonlySet<string>>(new Set());
  const busy = ref(false);

  const kept = (item: ConflictItem): boolean =>
    (village.value === '' || item.villageName === village.value) &&
    (field.value === '' || item.fieldLabel === field.value);
  const groups = computed(() =>
    conflictGroups(
      items.value.filter(kept),
      decided.value.filter((one) => kept(one.item)),
      show.value === 'all',
    ),
  );
  const all = computed<ConflictLine[]>(() => groups.value.flatMap((group) => group.lines));
  const visible = computed(() =>
    groups.value.map((group) => ({ ...group, shown: group.lines.slice(0, limits.value[group.id]) })),
  );
  const lines = computed<ConflictLine[]>(() => visible.value.flatMap((group) => group.shown));
  const at = computed(() => lines.value.findIndex((line) => line.item.id === cursorId.value));
  const current = computed(() => lines.value[at.value] ?? null);
  const everything = computed(() => [...items.value, ...decided.value.map((one) => one.item)]);
  const villages = computed(() => occurring(everything.value, (item) => item.villageName));
  const fields = computed(() => occurring(everything.value, (item) => item.fieldLabel));
  const other = computed(() => otherTitle(everything.value, office.value));
  const ticked = computed(() =>
    all.value.filter(
      (line) => !line.decided && !line.item.waiting && line.item.level === 'may' && !skipped.value.has(line.item.id),
    ),
  );

  function point(id: string | null): void {
    cursorId.value = id;
    editing.value = false;
    const line = lines.value.find((one) => one.item.id === id);
    opened.value = line && !line.decided && !line.item.waiting && line.item.level === 'must' ? id : null;
  }
  watch(
    lines,
    (now, before) => {
      if (now.some((line) => line.item.id === cursorId.value)) return;
      // The line under the cursor is gone: the one that took its place.
      const was = (before ?? []).findIndex((line) => line.item.id === cursorId.value);
      point(now[Math.max(0, Math.min(was, now.length - 1))]?.item.id ?? null);
    },
    { immediate: true },
  );
  watch(
    () => session.revision,
    async () => {
      if (decided.value.length === 0) return;
      const actions = await api.history.actions({ limit: 200 }).catch(() => []);
      const undone = new Set(actions.filter((action) => action.undone).map((action) => action.id));
      decided.value = decided.value.map((one) => (undone.has(one.actionId) ? { ...one, undone: true } : one));
    },
  );

  function move(by: number): void {
    point(lines.value[Math.max(0, Math.min(lines.value.length - 1, at.value + by))]?.item.id ?? null);
  }

  function goOpen(): void {
    const from = all.value.findIndex((line) => line.item.id === cursorId.value);
    const next = nextOpen(all.value, from);
    const line = next === null ? null : all.value[next];
    if (!line) return;
    while (!lines.value.includes(line) && limits.value.must + limits.value.may < all.value.length + MOST_AT_ONCE) {
      more('must');
      more('may');
    }
    point(line.item.id);
  }

  function more(id: GroupId): void {
    limits.value = { ...limits.value, [id]: limits.value[id] + STEP[id] * 3 };
  }

  function choices(item: ConflictItem): Choice[] {
    const own = ownField(item);
    return choicesOf(item, office.value).filter((choice) => !choice.edit || own !== null);
  }

  async function write(
    given: {
      line: ConflictLine;
      dot: string | null;
      said: string;
      decision: { dot?: string | null; value?: string | number | null; reason?: string | null };
    }[],
  ): Promise<string | null> {
    if (busy.value || given.length === 0) return null;
    busy.value = true;
    try {
      let last: string | null = null;
      for (let from = 0; from < given.length; from += MOST_AT_ONCE) {
        const part = given.slice(from, from + MOST_AT_ONCE);
        const { actionId } = await api.handoff.decide({
          decisions: part.map((one) => ({ conflictId: one.line.item.id, ...one.decision })),
        });
        const ids = new Set(part.map((one) => one.line.item.id));
        decided.value = [
          ...decided.value.filter((one) => !ids.has(one.item.id)),
          ...part.map((one) => ({ item: one.line.item, actionId, dot: one.dot, said: one.said, undone: false })),
        ];
        last = actionId;
      }
      return last;
    } catch (error) {
      notifyError(error);
      return null;
    } finally {
      busy.value = false;
      session.bump();
    }
  }

  /** Decides one line; `value` when a value of one's own was written. The cursor goes to the next open one. */
  async function decide(
    line: ConflictLine,
    choice: Choice,
    reason: string,
    value?: string | number | null,
  ): Promise<void> {
    if (line.decided || line.item.waiting) return;
    if (choice.edit && value === undefined) {
      cursorId.value = line.item.id;
      opened.value = line.item.id;
      editing.value = true;
      return;
    }
    const decision = {
      ...(choice.edit ? { dot: null, value: value ?? null } : (choice.decision ?? {})),
      reason: reason.trim() || null,
    };
    const next = all.value[nextOpen(all.value, all.value.indexOf(line)) ?? -1]?.item.id ?? null;
    const actionId = await write([{ line, dot: choice.side?.dot ?? null, said: choice.label, decision }]);
    if (!actionId) return;
    rememberAction(actionId);
    if (next !== null && next !== line.item.id) point(next);
  }

  /** What is shown stands, for all ticked ones that may be looked at. */
  async function acceptAll(): Promise<void> {
    const given = ticked.value.map((line) => ({
      line,
      dot: line.item.sides.find((side) => side.shown)?.dot ?? null,
      said: '已认可',
      decision: { dot: null, reason: null },
    }));
    const actionId = await write(given);
    if (actionId) notifyDone(`已认可 ${given.length} 项`, actionId);
  }

  async function note(item: ConflictItem, assignee: string | null, comment: string | null): Promise<void> {
    try {
      await api.handoff.note({ conflictId: item.id, assignee: assignee || null, comment: comment || null });
      await fetched.again();
    } catch (error) {
      notifyError(error);
    }
  }

  function tick(id: string): void {
    const next = new Set(skipped.value);
    if (!next.delete(id)) next.add(id);
    skipped.value = next;
  }

  return {
    ...fetched,
    office,
    items,
    decided,
    show,
    village,
    field,
    villages,
    fields,
    visible,
    lines,
    all,
    at,
    current,
    cursorId,
    opened,
    editing,
    skipped,
    ticked,
    busy,
    other,
    point,
    move,
    goOpen,
    more,
    choices,
    decide,
    acceptAll,
    note,
    tick,
  };
}
